package import AccessControl
package import Identity
package import Primitives

/// Who is signed in in this browser, with what the decision about an authorization request depends on.
package struct SignedInPerson: Sendable {
  package let account: AccountID
  package let kind: Account.KindName
  package let authenticatedAt: Timestamp
  package let home: OrganizationID?
  /// Where the person can act now: account, membership and organization are all active.
  package let organizations: Set<OrganizationID>

  package init(
    account: AccountID, kind: Account.KindName, authenticatedAt: Timestamp, home: OrganizationID?,
    organizations: Set<OrganizationID>
  ) {
    self.account = account
    self.kind = kind
    self.authenticatedAt = authenticatedAt
    self.home = home
    self.organizations = organizations
  }

  /// - Returns: nil when the account cannot act any more.
  init?(_ session: Session, _ policy: PolicySnapshot) {
    let state = policy.state
    guard let standing = state.standing(of: session.account), standing.isActive else { return nil }
    let home: OrganizationID? = if case .work(let home) = standing.kind { home } else { nil }
    self.init(
      account: session.account, kind: standing.kind.name, authenticatedAt: session.authenticatedAt, home: home,
      organizations: state.organizations(of: session.account))
  }
}
