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

/// Who holds a role: a person through their membership, or an application acting for itself.
package enum RoleHolder: Sendable, Hashable {
  case account(AccountID)
  case application(ApplicationID)
}

/// One role held in one organization.
package struct RoleAssignment: Sendable, Hashable {
  package let id: RoleAssignmentID
  package let organization: OrganizationID
  package let holder: RoleHolder
  package let role: RoleID
  package let grantedBy: String
  package let createdAt: Timestamp

  /// - Parameter grantedBy: the audit name of who gave it (`Actor.auditName`).
  package init(
    id: RoleAssignmentID, organization: OrganizationID, holder: RoleHolder, role: RoleID, grantedBy: String, createdAt: Timestamp
  ) {
    self.id = id
    self.organization = organization
    self.holder = holder
    self.role = role
    self.grantedBy = grantedBy
    self.createdAt = createdAt
  }
}
