internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Management.AccessReview: Described {
  static let message = Message(
    "AccessReview", "A review of who holds what in an organization, and how far it is.",
    [
      .required("id", .id), .required("organization", .id), .required("name", .text(1...400)),
      .required("opened_by", .line, "As the audit trail names actors."),
      .required("opened_at", .time, "It is about what was held then."), .optional("closed_by", .line),
      .optional("closed_at", .time), .required("items", .count, "How many assignments it is about."),
      .required("kept", .count, "Of how many it was decided that they stay."),
      .required("removed", .count, "Of how many it was decided that they go."),
      .required("open", .count, "How many are held and wait for a decision."), .required("version", .count),
    ])

  var countedVersion: Int64? { version }

  init(_ review: AccessReview, _ progress: ReviewProgress) {
    self.init(
      id: review.id.text, organization: review.organization.text, name: review.name, openedBy: review.openedBy,
      openedAt: review.openedAt.rfc3339, closedBy: review.closedBy, closedAt: review.closedAt?.rfc3339, items: progress.items,
      kept: progress.kept, removed: progress.removed, open: progress.open, version: review.version)
  }
}

extension Management.NewAccessReview: Described {
  static let message = Message(
    "NewAccessReview", "Opens a review of the assignments that an organization has now: of all, or of some.",
    [
      .required("name", .text(1...AccessReview.maximumName)),
      .optional("roles", .list(.id, 1...AccessReview.maximumRoles), "Only assignments of these roles."),
      .optional("unused_since", .time, "Only what was given before this moment and not used since."),
    ])

  var filter: AssignmentFilter {
    get throws(ManagementRefusal) {
      var moment: Timestamp?
      if let unusedSince {
        moment = Timestamp(rfc3339: unusedSince)
        if moment == nil { throw .notAccepted("unused_since", "malformed", "Expected a time as in RFC 3339.") }
      }
      return AssignmentFilter(roles: roles.map { Set($0.map { RoleID(trusted: $0) }) }, unusedSince: moment)
    }
  }
}

extension Management.ReviewedAssignment: Described {
  static let message = Message(
    "ReviewedAssignment", "An assignment as it was when a review was opened, and what was decided about it.",
    [
      .required("assignment", .message(Management.RoleAssignment.message)),
      .optional("last_used_at", .time, "To the hour; absent when nobody knows of any use before the review."),
      .required("is_held", .flag, "Whether it is still held."), .optional("verdict", .words(ReviewedAssignment.Verdict.self)),
      .optional("reason", .text(0...2_000)), .optional("decided_by", .line), .optional("decided_at", .time),
    ])

  init(_ item: (reviewed: ReviewedAssignment, seen: SeenAssignment)) {
    let reviewed = item.reviewed
    self.init(
      assignment: Management.RoleAssignment(item.seen), lastUsedAt: reviewed.lastUsedAt?.rfc3339,
      isHeld: reviewed.isHeld, verdict: reviewed.decision?.verdict.rawValue, reason: reviewed.decision?.reason,
      decidedBy: reviewed.decision?.decidedBy, decidedAt: reviewed.decision?.decidedAt.rfc3339)
  }
}

extension Management.AccessReviewDecisions: Described {
  private static let decision = Message(
    "AccessReviewDecision", "What becomes of one assignment.",
    [
      .required("assignment", .id), .required("verdict", .words(ReviewedAssignment.Verdict.self)),
      .optional("reason", .text(0...RoleAssignment.maximumReason)),
    ])

  static let message = Message(
    "AccessReviewDecisions", "Decides about assignments under review: all of it, or nothing.",
    [.required("decisions", .list(.message(decision), 1...DecideAccessReview.maximumItems))])

  var items: [DecideAccessReview.Item] {
    decisions.compactMap { decision in
      ReviewedAssignment.Verdict(rawValue: decision.verdict).map {
        DecideAccessReview.Item(
          assignment: RoleAssignmentID(trusted: decision.assignment), verdict: $0, reason: decision.reason ?? "")
      }
    }
  }
}

extension Management.UnusedAssignment: Described {
  static let message = Message(
    "UnusedAssignment", "An assignment that nobody used for a while.",
    [
      .required("assignment", .message(Management.RoleAssignment.message)),
      .optional("last_used_at", .time, "To the hour; absent when nobody knows of any use."),
    ])

  init(_ unused: (seen: SeenAssignment, lastUsedAt: Timestamp?)) {
    self.init(assignment: Management.RoleAssignment(unused.seen), lastUsedAt: unused.lastUsedAt?.rfc3339)
  }
}
