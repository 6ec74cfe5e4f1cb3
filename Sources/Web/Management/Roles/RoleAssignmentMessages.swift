internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Management.RoleAssignment: Described {
  static let message = Message(
    "RoleAssignment",
    "One role held in one organization by a person, by an application that acts for itself, by a group or by a registered subject.",
    [
      .required("id", .id), .required("organization", .id), .required("role", .id), .optional("account", .id),
      .optional("application", .id, "The `client_id` of the application that holds it."),
      .optional("group", .id, "The group that holds it for everybody who belongs to it."),
      .optional("subject", .message(Management.SubjectName.message), "The registered subject that holds it."),
      .optional(
        "scope", .message(Management.ResourceName.message),
        "The resource for which it counts, with everything that lies in it; absent when it counts for everything."),
      .optional("starts_at", .time, "From when on it counts; absent when it always did."),
      .optional("ends_at", .time, "The first moment at which it does not count any more."),
      .optional("reason", .text(1...RoleAssignment.maximumReason), "Why it was given."),
      .required("granted_by", .line, "As the audit trail names actors."), .required("created_at", .time),
    ])

  init(_ seen: SeenAssignment) { self.init(seen.assignment, heldBy: seen.holder) }

  fileprivate init(_ assignment: RoleAssignment, heldBy holder: PrincipalName?) {
    self.init(
      id: assignment.id.text, organization: assignment.organization.text, role: assignment.role.text,
      scope: assignment.scope.map { Management.ResourceName($0) }, startsAt: assignment.startsAt?.rfc3339,
      endsAt: assignment.endsAt?.rfc3339, reason: assignment.reason.isEmpty ? nil : assignment.reason,
      grantedBy: assignment.grantedBy, createdAt: assignment.createdAt.rfc3339)
    switch holder {
    case .account(let id): account = id.text
    case .application(let id): application = id.text
    case .group(let id): group = id.text
    case .subject(let type, let name): subject = Management.SubjectName(type: type, id: name)
    case nil: break
    }
  }
}

extension Management.PastRoleAssignment: Described {
  static let message = Message(
    "PastRoleAssignment", "A role assignment that ended, and how. Its holder and its role need not be there any more.",
    [
      .required("assignment", .message(Management.RoleAssignment.message), "As it was."),
      .optional("holder_name", .line, "What the group or application that held it was called then."),
      .required(
        "ended_at", .time, "When it was taken, or its holder deleted; it may have counted no longer than until `ends_at`."),
      .optional("ended_by", .line, "As the audit trail names actors."),
    ])

  init(_ past: PastRoleAssignment) {
    self.init(
      assignment: Management.RoleAssignment(past.assignment, heldBy: past.holder), holderName: past.label,
      endedAt: past.endedAt.rfc3339, endedBy: past.endedBy)
  }
}

extension Management.NewRoleAssignment: Described {
  static let message = Message(
    "NewRoleAssignment", "Gives a role. Exactly one of `account`, `application`, `group` and `subject` says to whom.",
    [
      .required("role", .id, "It must be one the caller may grant."), .optional("account", .id, "A member of the organization."),
      .optional("application", .id, "The `client_id` of an application of the organization or of the portal."),
      .optional("group", .id, "A group of the organization."),
      .optional("subject", .message(Management.SubjectName.message), "A registered subject of the organization."),
    ] + Management.AssignmentTerms.members)

  var holder: PrincipalName {
    get throws(ManagementRefusal) {
      switch (account, application, group, subject) {
      case (let id?, nil, nil, nil): return .account(AccountID(trusted: id))
      case (nil, let id?, nil, nil): return .application(ApplicationID(trusted: id))
      case (nil, nil, let id?, nil): return .group(GroupID(trusted: id))
      case (nil, nil, nil, let subject?): return .subject(type: subject.type, name: subject.id)
      default: throw .notAccepted("account", "exactly_one", "Exactly one of account, application, group and subject.")
      }
    }
  }

  var terms: Management.AssignmentTerms {
    Management.AssignmentTerms(scope: scope, startsAt: startsAt, endsAt: endsAt, reason: reason)
  }
}

extension Management.AssignmentTerms: Described {
  static let message = Message("AssignmentTerms", "For what and for how long a role is to count, and why.", members)

  fileprivate static let members: [Message.Member] = [
    .optional(
      "scope", .message(Management.ResourceName.message),
      "Counts only for this resource, which need not be registered, and for everything that lies in it."),
    .optional("starts_at", .text(20...35, .dateTime), "Counts from then on; at once when absent."),
    .optional("ends_at", .text(20...35, .dateTime), "Counts until then, exclusively; until it is taken when absent."),
    .optional("reason", .text(0...RoleAssignment.maximumReason), "Why, for whoever reviews it later."),
  ]

  func read() throws(ManagementRefusal) -> AssignmentTerms {
    AssignmentTerms(
      scope: scope?.name, startsAt: try Self.time(startsAt, "starts_at"), endsAt: try Self.time(endsAt, "ends_at"),
      reason: reason ?? "")
  }

  private static func time(_ text: String?, _ member: String) throws(ManagementRefusal) -> Timestamp? {
    guard let text else { return nil }
    guard let time = Timestamp(rfc3339: text) else {
      let detail = "Expected a time as in RFC 3339."
      throw ManagementRefusal(
        .malformed, detail, [Problem.Field(pointer: "/\(member)", code: "malformed", detail: detail)])
    }
    return time
  }
}
