internal import AccessControl
internal import Identity
internal import Primitives

extension SQLTransaction {
  /// The whole policy in a fixed number of statements, each read once from end to end.
  func wholePolicy(endedSince: Timestamp) throws -> PolicyFacts {
    var facts = PolicyFacts(revision: try policyRevision())
    try readPrincipals(into: &facts)
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
    facts.endOfTokens = try endOfTokens()
    return facts
  }

  /// Everybody who can hold something, with what they hold.
  func readPrincipals(into facts: inout PolicyFacts) throws {
    for organization in try rows(Organization.select, [], Organization.init) {
      facts.organizations[organization.id] = organization
    }
    let held = try everythingHeld()
    let groups = try everyPlace()
    facts.accounts = try everyAccount(held.accounts, groups.accounts)
    for application in try rows(Application.select, [], Application.init) {
      facts.applications[application.id] = PolicyFacts.ApplicationFacts(
        application: application, assignments: held.applications[application.id, default: [:]],
        groups: groups.applications[application.id, default: [:]])
    }
    _ = try rows("SELECT id, organization_id FROM groups") { row in
      let id: GroupID = try row.id(0)
      facts.groups[id] = PolicyFacts.GroupFacts(organization: try row.id(1), assignments: held.groups[id, default: []])
    }
    for subject in try rows(RegisteredSubject.select, [], RegisteredSubject.init) {
      facts.subjects[subject.id] = PolicyFacts.SubjectFacts(
        subject, assignments: held.subjects[subject.id, default: []], groups: groups.subjects[subject.id, default: []])
    }
  }

  private typealias HeldByOrganization = [OrganizationID: [PolicyFacts.AssignmentFacts]]

  /// What everybody holds, in the order of its ids. Groups and subjects belong to one organization each.
  private struct Held {
    var accounts: [AccountID: HeldByOrganization] = [:]
    var applications: [ApplicationID: HeldByOrganization] = [:]
    var groups: [GroupID: [PolicyFacts.AssignmentFacts]] = [:]
    var subjects: [RegisteredSubjectID: [PolicyFacts.AssignmentFacts]] = [:]

    mutating func add(_ facts: PolicyFacts.AssignmentFacts, of holder: RoleHolder, in organization: OrganizationID) {
      switch holder {
      case .account(let id): accounts[id, default: [:]][organization, default: []].insert(facts)
      case .application(let id): applications[id, default: [:]][organization, default: []].insert(facts)
      case .group(let id): groups[id, default: []].insert(facts)
      case .subject(let id): subjects[id, default: []].insert(facts)
      }
    }
  }

  private func everythingHeld() throws -> Held {
    var held = Held()
    for table in [RoleAssignment.whole, RoleAssignment.further] {
      _ = try rows(table) { row in
        held.add(
          PolicyFacts.AssignmentFacts(
            id: try row.id(0), role: try row.id(6), scope: try row.scope(7), from: try row.optionalTime(9),
            until: try row.optionalTime(10)),
          of: try RoleHolder(row, from: 2), in: try row.id(1))
      }
    }
    return held
  }

  private struct Places {
    var accounts: [AccountID: [OrganizationID: Set<GroupID>]] = [:]
    var applications: [ApplicationID: [OrganizationID: Set<GroupID>]] = [:]
    var subjects: [RegisteredSubjectID: Set<GroupID>] = [:]
  }

  private func everyPlace() throws -> Places {
    var places = Places()
    _ = try rows("SELECT group_id, organization_id, account_id, application_id, subject_id FROM group_members") { row in
      let group: GroupID = try row.id(0)
      let organization: OrganizationID = try row.id(1)
      switch try GroupMember(row, from: 2) {
      case .account(let id): places.accounts[id, default: [:]][organization, default: []].insert(group)
      case .application(let id): places.applications[id, default: [:]][organization, default: []].insert(group)
      case .subject(let id): places.subjects[id, default: []].insert(group)
      }
    }
    return places
  }

  private func everyAccount(
    _ held: [AccountID: HeldByOrganization], _ groups: [AccountID: [OrganizationID: Set<GroupID>]]
  ) throws -> [AccountID: PolicyFacts.AccountFacts?] {
    var memberships: [AccountID: [OrganizationID: PolicyFacts.MembershipFacts]] = [:]
    _ = try rows("SELECT account_id, organization_id, state FROM memberships") { row in
      let account: AccountID = try row.id(0)
      let organization: OrganizationID = try row.id(1)
      memberships[account, default: [:]][organization] = PolicyFacts.MembershipFacts(
        state: try row.state(2), assignments: held[account]?[organization] ?? [], groups: groups[account]?[organization] ?? [])
    }
    var accounts: [AccountID: PolicyFacts.AccountFacts?] = [:]
    _ = try rows("SELECT id, kind, home_id, state FROM accounts") { row in
      let id: AccountID = try row.id(0)
      accounts[id] = PolicyFacts.AccountFacts(
        kind: try row.accountKind(name: 1, home: 2), state: try row.state(3), memberships: memberships[id, default: [:]])
    }
    return accounts
  }

  func everyResource() throws -> [ResourceName: PolicyFacts.ResourceFacts?] {
    var resources: [ResourceName: PolicyFacts.ResourceFacts?] = [:]
    _ = try rows("SELECT type, id, organization_id, parent_type, parent_id, attributes FROM resources") { row in
      resources[ResourceName(type: try row.text(0), id: try row.text(1))] = PolicyFacts.ResourceFacts(
        organization: try row.id(2), parent: try row.parent(3), attributes: try row.object(5))
    }
    // After the registered ones, so that an agreement's own organization counts whatever was registered under its name.
    _ = try rows("SELECT id, organization_id FROM agreements") { row in
      let name = ResourceName.agreement(try row.id(0))
      resources[name] = PolicyFacts.ResourceFacts(
        organization: try row.id(1), attributes: (resources[name] ?? nil)?.attributes ?? [:])
    }
    _ = try rows("SELECT id, organization_id, agreement_id FROM purchasing_accounts") { row in
      let name = ResourceName.purchasingAccount(try row.id(0))
      resources[name] = PolicyFacts.ResourceFacts(
        organization: try row.id(1), parent: .agreement(try row.id(2)), attributes: (resources[name] ?? nil)?.attributes ?? [:])
    }
    return resources
  }
}

extension [PolicyFacts.AssignmentFacts] {
  /// In the order of ids, in which they mostly come.
  fileprivate mutating func insert(_ facts: PolicyFacts.AssignmentFacts) {
    if let last, facts.id < last.id {
      insert(facts, at: firstIndex { facts.id < $0.id } ?? endIndex)
    } else {
      append(facts)
    }
  }
}
