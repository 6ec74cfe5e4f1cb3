package import AccessControl
internal import Primitives

/// Opens a review of the assignments that an organization has now.
package struct OpenAccessReview: Sendable {
  package enum Refusal: Error, Sendable {
    case nameRefused
    /// There is nothing to review.
    case empty
    /// More than one review may be about.
    case tooMany
  }

  private let maximumItems: Int

  /// - Parameter maximumItems: how many assignments one review may be about.
  package init(maximumItems: Int = AccessReview.maximumItems) { self.maximumItems = maximumItems }

  /// Needs `role:assign` in the organization.
  ///
  /// - Throws: `Refusal`, `AccessDenied`.
  package func callAsFunction(
    named name: String, about filter: AssignmentFilter, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> (review: AccessReview, progress: ReviewProgress) {
    try await env.write(occasion) { tx in
      _ = try tx.permit(.roleAssign, in: organization, occasion)
      guard let name = DisplayText.cleaned(name, limit: AccessReview.maximumName) else { throw Refusal.nameRefused }
      let review = AccessReview(
        id: occasion.newID(), organization: organization, name: name, openedBy: occasion.actor.auditName,
        openedAt: occasion.now)
      let items = try tx.insert(review, about: filter)
      guard items > 0 else { throw Refusal.empty }
      guard items <= maximumItems else { throw Refusal.tooMany }
      try tx.record(
        .accessReviewOpened, on: review.auditName, in: organization, occasion, details: ["items": .integer(Int64(items))])
      return (review, try tx.progress(of: review.id))
    }
  }
}

/// Says of assignments under review whether they stay. What is to go is gone at once.
package struct DecideAccessReview: Sendable {
  package struct Item: Sendable {
    package let assignment: RoleAssignmentID
    package let verdict: ReviewedAssignment.Verdict
    package let reason: String

    package init(assignment: RoleAssignmentID, verdict: ReviewedAssignment.Verdict, reason: String) {
      self.assignment = assignment
      self.verdict = verdict
      self.reason = reason
    }
  }

  package enum Refusal: Error, Sendable {
    case unknown
    case closed
    /// The review is not about this assignment.
    case assignmentUnknown(RoleAssignmentID)
    /// It was taken meanwhile: there is nothing to keep.
    case gone(RoleAssignmentID)
    case reasonRefused
  }

  /// How many assignments may be decided about at once.
  package static let maximumItems = 1_000

  package init() {}

  /// Needs `role:assign` in the organization, and for what is to go the right to take it. All of it happens or nothing.
  ///
  /// - Throws: `Refusal`, `AccessDenied`, `LastAdministrator`.
  package func callAsFunction(
    _ items: [Item], in id: AccessReviewID, of organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> (review: AccessReview, progress: ReviewProgress) {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleAssign, in: organization, occasion)
      let review = try tx.openReview(id, in: organization)
      for item in items { try tx.decide(item, in: review, under: permit, occasion) }
      return (review, try tx.progress(of: id))
    }
  }
}

/// Ends a review. From then on it is a record.
package struct CloseAccessReview: Sendable {
  package enum Refusal: Error, Sendable {
    /// So many assignments are held and wait for a decision.
    case undecided(Int)
    case changedMeanwhile
  }

  package init() {}

  /// Needs `role:assign` in the organization.
  ///
  /// - Throws: `Refusal`, `DecideAccessReview.Refusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: AccessReviewID, of organization: OrganizationID, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> (review: AccessReview, progress: ReviewProgress) {
    try await env.write(occasion) { tx in
      _ = try tx.permit(.roleAssign, in: organization, occasion)
      var review = try tx.openReview(id, in: organization)
      if let version, version != review.version { throw Refusal.changedMeanwhile }
      let progress = try tx.progress(of: id)
      guard progress.open == 0 else { throw Refusal.undecided(progress.open) }
      review.closedBy = occasion.actor.auditName
      review.closedAt = occasion.now
      guard try tx.update(review) else { throw Refusal.changedMeanwhile }
      review.version += 1
      try tx.record(
        .accessReviewClosed, on: review.auditName, in: organization, occasion,
        details: ["kept": .integer(Int64(progress.kept)), "removed": .integer(Int64(progress.removed))])
      return (review, progress)
    }
  }
}

extension Transaction {
  fileprivate func openReview(_ id: AccessReviewID, in organization: OrganizationID) throws -> AccessReview {
    guard let review = try accessReview(id), review.organization == organization else {
      throw DecideAccessReview.Refusal.unknown
    }
    guard review.closedAt == nil else { throw DecideAccessReview.Refusal.closed }
    return review
  }

  fileprivate func decide(
    _ item: DecideAccessReview.Item, in review: AccessReview, under permit: Permit, _ occasion: Occasion
  ) throws {
    let reason = item.reason.isEmpty ? "" : DisplayText.cleaned(item.reason, limit: RoleAssignment.maximumReason)
    guard let reason else { throw DecideAccessReview.Refusal.reasonRefused }
    guard let reviewed = try reviewedAssignment(item.assignment, of: review.id) else {
      throw DecideAccessReview.Refusal.assignmentUnknown(item.assignment)
    }
    guard reviewed.isHeld, let assignment = try roleAssignment(item.assignment) else {
      throw DecideAccessReview.Refusal.gone(item.assignment)
    }
    try decide(
      ReviewedAssignment.Decision(
        verdict: item.verdict, reason: reason, decidedBy: occasion.actor.auditName, decidedAt: occasion.now),
      about: item.assignment, of: review.id)
    try record(
      .accessReviewDecided, on: review.auditName, in: review.organization, occasion,
      details: ["assignment": .string(item.assignment.text), "verdict": .string(item.verdict.rawValue)])
    if item.verdict == .remove { _ = try take(assignment, under: permit, occasion) }
  }
}
