internal import AccessControl
internal import Identity
internal import Primitives

extension SQLTransaction {
  /// The whole policy in a fixed number of statements, each read once from end to end.
  func wholePolicy(endedSince: Timestamp) throws -> PolicyFacts {
    var facts = PolicyFacts(revision: try policyRevision())
    for organization in try rows(Organization.select, [], Organization.init) {
      facts.organizations[organization.id] = organization
    }
    let roles = try rolesByHolder()
    facts.accounts = try everyAccount(roles.accounts)
    for application in try rows(Application.select, [], Application.init) {
      facts.applications[application.id] = PolicyFacts.ApplicationFacts(
        application: application, roles: roles.applications[application.id, default: [:]])
    }
    facts.resources = try everyResource()
    let ended = try rows(
      "SELECT id, ended_at FROM grants WHERE ended_at IS NOT NULL AND ended_at >= $1", [.time(endedSince)]
    ) { row in (try row.id(0) as GrantID, try row.time(1)) }
    facts.endedGrants = Dictionary(ended) { first, _ in first }
    let revoked = try rows("SELECT token_id, expires_at FROM revoked_tokens WHERE expires_at >= $1", [.time(endedSince)]) { row in
      (try row.text(0), try row.time(1))
    }
    facts.revokedTokens = Dictionary(revoked) { _, last in last }
    facts.signingKeys = try signingKeys()
    facts.catalogs = try catalogs()
    facts.oldestToken = try oldestToken()
    return facts
  }

  private typealias RolesByOrganization = [OrganizationID: Set<RoleID>]

  private func rolesByHolder() throws -> (
    accounts: [AccountID: RolesByOrganization], applications: [ApplicationID: RolesByOrganization]
  ) {
    var accounts: [AccountID: RolesByOrganization] = [:]
    var applications: [ApplicationID: RolesByOrganization] = [:]
    _ = try rows("SELECT account_id, application_id, organization_id, role_id FROM role_assignments") { row in
      let organization: OrganizationID = try row.id(2)
      let role: RoleID = try row.id(3)
      if let account: AccountID = try row.optionalID(0) {
        accounts[account, default: [:]][organization, default: []].insert(role)
      } else {
        applications[try row.id(1), default: [:]][organization, default: []].insert(role)
      }
    }
    return (accounts, applications)
  }

  private func everyAccount(_ roles: [AccountID: RolesByOrganization]) throws -> [AccountID: PolicyFacts.AccountFacts?] {
    var memberships: [AccountID: [OrganizationID: PolicyFacts.MembershipFacts]] = [:]
    _ = try rows("SELECT account_id, organization_id, state FROM memberships") { row in
      let account: AccountID = try row.id(0)
      let organization: OrganizationID = try row.id(1)
      memberships[account, default: [:]][organization] = PolicyFacts.MembershipFacts(
        state: try row.state(2), roles: roles[account]?[organization] ?? [])
    }
    var accounts: [AccountID: PolicyFacts.AccountFacts?] = [:]
    _ = try rows("SELECT id, kind, home_id, state FROM accounts") { row in
      let id: AccountID = try row.id(0)
      accounts[id] = PolicyFacts.AccountFacts(
        kind: try row.accountKind(name: 1, home: 2), state: try row.state(3), memberships: memberships[id, default: [:]])
    }
    return accounts
  }

  private func everyResource() throws -> [ResourceName: OrganizationID?] {
    var resources: [ResourceName: OrganizationID?] = [:]
    _ = try rows("SELECT type, id, organization_id FROM resources") { row in
      resources[ResourceName(type: try row.text(0), id: try row.text(1))] = try row.id(2) as OrganizationID
    }
    // After the registered ones, so that an agreement's own organization counts whatever was registered under its name.
    _ = try rows("SELECT id, organization_id FROM agreements") { row in
      resources[.agreement(try row.id(0))] = try row.id(1) as OrganizationID
    }
    _ = try rows("SELECT id, organization_id FROM purchasing_accounts") { row in
      resources[.purchasingAccount(try row.id(0))] = try row.id(1) as OrganizationID
    }
    return resources
  }
}
