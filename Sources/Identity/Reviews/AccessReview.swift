package import AccessControl
package import Primitives

package enum AccessReviewTag {}
package typealias AccessReviewID = Identifier<AccessReviewTag>

/// An occasion at which an administrator looks through who holds what in an organization, and says of each assignment whether it stays. What was
/// decided, by whom and why, is kept.
package struct AccessReview: Sendable, Hashable {
  /// The longest name, in characters.
  package static let maximumName = 100
  /// How many roles one review may be narrowed to.
  package static let maximumRoles = 200
  /// How many assignments one review may be about; an organization with more reviews them role by role.
  package static let maximumItems = 100_000

  package let id: AccessReviewID
  package let organization: OrganizationID
  package let name: String
  /// The audit name of who opened it (`Actor.auditName`), and of who closed it.
  package let openedBy: String
  package let openedAt: Timestamp
  package var closedBy: String?
  package var closedAt: Timestamp?
  package var version: Int64

  package init(
    id: AccessReviewID, organization: OrganizationID, name: String, openedBy: String, openedAt: Timestamp,
    closedBy: String? = nil, closedAt: Timestamp? = nil, version: Int64 = 1
  ) {
    self.id = id
    self.organization = organization
    self.name = name
    self.openedBy = openedBy
    self.openedAt = openedAt
    self.closedBy = closedBy
    self.closedAt = closedAt
    self.version = version
  }

  package var auditName: String { "access-review:\(id.text)" }
}

/// One assignment as it was when a review was opened, and what was decided about it.
package struct ReviewedAssignment: Sendable, Hashable {
  /// What becomes of an assignment.
  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case keep
    case remove
  }

  package struct Decision: Sendable, Hashable {
    package let verdict: Verdict
    /// In the words of who decided; may be empty.
    package let reason: String
    package let decidedBy: String
    package let decidedAt: Timestamp

    package init(verdict: Verdict, reason: String, decidedBy: String, decidedAt: Timestamp) {
      self.verdict = verdict
      self.reason = reason
      self.decidedBy = decidedBy
      self.decidedAt = decidedAt
    }
  }

  package let review: AccessReviewID
  package let assignment: RoleAssignment
  /// When it was last used before the review was opened, to the hour; nil when nobody knows of any use.
  package let lastUsedAt: Timestamp?
  /// The last decision; nil before there is one.
  package let decision: Decision?
  /// Whether it is still there.
  package let isHeld: Bool

  package init(
    review: AccessReviewID, assignment: RoleAssignment, lastUsedAt: Timestamp?, decision: Decision?, isHeld: Bool
  ) {
    self.review = review
    self.assignment = assignment
    self.lastUsedAt = lastUsedAt
    self.decision = decision
    self.isHeld = isHeld
  }
}

/// How far a review is.
package struct ReviewProgress: Sendable, Hashable {
  package let items: Int
  package let kept: Int
  package let removed: Int
  /// Without a decision, and still held: what stands between the review and its end.
  package let open: Int

  package init(items: Int, kept: Int, removed: Int, open: Int) {
    self.items = items
    self.kept = kept
    self.removed = removed
    self.open = open
  }
}

/// Which assignments of an organization something is about.
package struct AssignmentFilter: Sendable, Hashable {
  /// Nil: of every role.
  package let roles: Set<RoleID>?
  /// Only what nobody used since then, and what was given before: something given yesterday is not yet unused.
  package let unusedSince: Timestamp?

  package init(roles: Set<RoleID>? = nil, unusedSince: Timestamp? = nil) {
    self.roles = roles
    self.unusedSince = unusedSince
  }
}
