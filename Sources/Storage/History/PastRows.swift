package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction: HistoryStore {
  package func pastFacts(
    of subject: PastSubject, in organization: OrganizationID?, about resource: ResourceName?, at moment: Timestamp
  ) throws -> PastFacts {
    guard let beginning = try beginningOfHistory(), beginning <= moment else {
      return .beginAt(try beginningOfHistory() ?? moment)
    }
    var facts = PolicyFacts(revision: 0, catalogs: try catalogs(at: moment))
    if let resource { facts.resources = try pastResources(from: resource, at: moment) }
    let owner = resource.flatMap { facts.resources[$0] ?? nil }?.organization
    let places = Set([organization, owner].compactMap(\.self))
    for id in places {
      facts.organizations.updateValue(
        try historicFacts(of: .organization(id), at: moment).map { try Organization(id, historic: $0) }, forKey: id)
    }
    var groups: Set<GroupID> = []
    switch subject {
    case .account(let id):
      let found = try historicFacts(of: .account(id), at: moment).map { try PolicyFacts.AccountFacts(historic: $0) }
      facts.accounts.updateValue(found, forKey: id)
      for place in places { groups.formUnion(found?.memberships[place]?.groups ?? []) }
    case .application(let id):
      let found = try historicFacts(of: .application(id), at: moment).map { try PolicyFacts.ApplicationFacts(id, historic: $0) }
      facts.applications.updateValue(found, forKey: id)
      for place in places { groups.formUnion(found?.groups[place] ?? []) }
    case .registered(let type, let name):
      for place in places {
        let name = SubjectName(organization: place, type: type, name: name)
        guard let found = try historicFacts(of: .subject(name), at: moment) else { continue }
        let subject = try PolicyFacts.SubjectFacts(name, historic: found)
        facts.subjects.updateValue(subject, forKey: try found.id("id"))
        groups.formUnion(subject.groups)
      }
    }
    for id in groups {
      facts.groups.updateValue(
        try historicFacts(of: .group(id), at: moment).map { try PolicyFacts.GroupFacts(historic: $0) }, forKey: id)
    }
    return .known(facts)
  }

  /// A resource and what it lay in, as far as a decision goes up.
  private func pastResources(from first: ResourceName, at moment: Timestamp) throws -> [ResourceName: PolicyFacts.ResourceFacts?]
  {
    var chain: [ResourceName: PolicyFacts.ResourceFacts?] = [:]
    var next: ResourceName? = first
    while let name = next, chain[name] == nil, chain.count <= PolicyView.deepestResource {
      let facts = try historicFacts(of: .resource(name), at: moment).map { try PolicyFacts.ResourceFacts(historic: $0) }
      chain.updateValue(facts, forKey: name)
      next = facts?.parent
    }
    return chain
  }

  package func pastRoleAssignment(_ id: RoleAssignmentID) throws -> PastRoleAssignment? {
    try row("\(PastRoleAssignment.select) WHERE id = $1", [.id(id)], PastRoleAssignment.init)
  }

  package func pastRoleAssignments(
    in organization: OrganizationID, heldBy holder: PrincipalName?, role: RoleID?, _ request: PageRequest
  ) throws -> Page<PastRoleAssignment> {
    try page(
      request, PastRoleAssignment.select,
      narrowedBy: [Narrowing("organization_id", .id(organization)), Narrowing("role_id", .id(role))]
        + (holder.map(PastRoleAssignment.narrowings) ?? []),
      cursor: \.assignment.id.text, PastRoleAssignment.init)
  }
}

extension PastRoleAssignment {
  fileprivate static let select = """
    SELECT id, organization_id, account_id, application_id, group_id, subject_id, role_id, scope_type, scope_id, starts_at, ends_at,
      reason, granted_by, created_at, ended_at, ended_by, subject_type, holder_name
    FROM past_role_assignments
    """

  fileprivate init(_ row: any SQLRow) throws {
    let assignment = try RoleAssignment(row)
    let name = try row.optionalText(17)
    let holder: PrincipalName? =
      switch assignment.holder {
      case .account(let id): .account(id)
      case .application(let id): .application(id)
      case .group(let id): .group(id)
      case .subject: if let type = try row.optionalText(16), let name { .subject(type: type, name: name) } else { nil }
      }
    self.init(
      assignment: assignment, holder: holder, label: try row.optionalText(16) == nil ? name : nil, endedAt: try row.time(14),
      endedBy: try row.optionalText(15))
  }

  /// Whoever held it need not be there any more, so they are found by what was written down.
  fileprivate static func narrowings(_ holder: PrincipalName) -> [Narrowing?] {
    switch holder {
    case .account(let id): [Narrowing("account_id", .id(id))]
    case .application(let id): [Narrowing("application_id", .id(id))]
    case .group(let id): [Narrowing("group_id", .id(id))]
    case .subject(let type, let name): [Narrowing("subject_type", .text(type)), Narrowing("holder_name", .text(name))]
    }
  }
}
