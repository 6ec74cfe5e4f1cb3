package import AccessControl
package import Primitives

/// An account's place in one organization: what holds roles there. The home organization and guests look alike.
package struct Membership: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable { case active, suspended }

  package let account: AccountID
  package let organization: OrganizationID
  package var state: State
  package let createdAt: Timestamp
  package var version: Int64

  package init(account: AccountID, organization: OrganizationID, state: State = .active, createdAt: Timestamp, version: Int64 = 1)
  {
    self.account = account
    self.organization = organization
    self.state = state
    self.createdAt = createdAt
    self.version = version
  }
}

/// Who holds a role.
package enum RoleHolder: Sendable, Hashable {
  /// A person, through their membership.
  case account(AccountID)
  /// An application acting for itself.
  case application(ApplicationID)
  /// Everybody who belongs to the group.
  case group(GroupID)
  case subject(RegisteredSubjectID)
}

/// One role held in one organization: for everything there or for one resource, for good or for a time.
package struct RoleAssignment: Sendable, Hashable {
  /// The longest reason, in characters.
  package static let maximumReason = 500

  package let id: RoleAssignmentID
  package let organization: OrganizationID
  package let holder: RoleHolder
  package let role: RoleID
  /// The resource for which it counts, and for everything that lies in it; nil: for everything in the organization. It need not be registered.
  package let scope: ResourceName?
  /// From when on it counts; nil: since it was given.
  package let startsAt: Timestamp?
  /// The first moment at which it does not count any more; nil: it ends when somebody takes it.
  package let endsAt: Timestamp?
  package let grantedBy: String
  package let createdAt: Timestamp
  /// Why, in the words of who gave it; may be empty.
  package let reason: String

  /// - Parameter grantedBy: the audit name of who gave it (`Actor.auditName`).
  package init(
    id: RoleAssignmentID, organization: OrganizationID, holder: RoleHolder, role: RoleID, scope: ResourceName? = nil,
    startsAt: Timestamp? = nil, endsAt: Timestamp? = nil, grantedBy: String, createdAt: Timestamp, reason: String = ""
  ) {
    self.id = id
    self.organization = organization
    self.holder = holder
    self.role = role
    self.scope = scope
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.grantedBy = grantedBy
    self.createdAt = createdAt
    self.reason = reason
  }

  /// Whether it counts for everything in the organization, at every moment until somebody takes it.
  package var isWhole: Bool { scope == nil && startsAt == nil && endsAt == nil }

  /// Whether it counts at a moment for everything in the organization: what Usher's own operations ask.
  package func counts(at moment: Timestamp) -> Bool {
    scope == nil && startsAt.map { $0 <= moment } ?? true && endsAt.map { moment < $0 } ?? true
  }
}
