internal import AccessControl
internal import Primitives

/// The policy as it grows commit by commit: puts the store's facts into the index, and makes of it the states that questions are answered from.
///
/// A value whose copies share what neither changes: a commit costs what it changed, however large the policy is.
struct PolicyMemory: Sendable {
  private let seed: any RandomSource
  private var index: PolicyIndex
  private var revision: Int64 = -1
  private var catalogs = Catalogs.builtIn
  private var organizations: [OrganizationID: Organization] = [:]
  private var applications: [ApplicationID: Application] = [:]
  private var byAudience: [String: ApplicationID] = [:]
  /// Under which names things that are told of by id alone stand in the index.
  private var groups: [GroupID: OrganizationID] = [:]
  private var subjects: [RegisteredSubjectID: SubjectName] = [:]
  private var resourceAttributes = NumberedValues<JSONObject>()
  private var subjectAttributes = NumberedValues<JSONObject>()
  private var conditions = ConditionNumbers()
  private var roleIDs = NumberedValues<RoleID>()

  /// - Parameter seed: of the hash of names, which nobody outside may know.
  init(seededBy seed: any RandomSource) {
    self.seed = seed
    index = PolicyIndex(seededBy: seed)
    take(from: nil, to: catalogs)
  }

  /// The policy as it is now, never to change.
  ///
  /// - Parameter uses: where what allows something is noted.
  func makeState(noting uses: RecentUses) -> PolicyState {
    PolicyState(
      revision: revision, view: index.makeView(), catalogs: catalogs, organizations: organizations, applications: applications,
      byAudience: byAudience, conditions: conditions, roleIDs: roleIDs, resourceAttributes: resourceAttributes,
      subjectAttributes: subjectAttributes, uses: uses)
  }

  /// Takes over the whole policy.
  mutating func replace(with facts: PolicyFacts) {
    self = PolicyMemory(seededBy: seed)
    index.beginLoading()
    apply(facts)
    index.endLoading()
  }

  /// Takes over what one commit changed.
  mutating func apply(_ changed: PolicyFacts) {
    revision = changed.revision
    // Permissions before roles, and organizations, groups and resources before what is held in, by and for them: what is only spoken of costs a second
    // look.
    if let new = changed.catalogs {
      take(from: catalogs, to: new)
      catalogs = new
    }
    for (id, organization) in changed.organizations { set(id, organization) }
    for (name, facts) in changed.resources { set(name, facts) }
    for (id, facts) in changed.groups { set(id, facts) }
    for (id, facts) in changed.subjects { set(id, facts) }
    for (id, facts) in changed.accounts { set(id, facts) }
    for (id, facts) in changed.applications { set(id, facts) }
  }

  // MARK: catalogs

  private mutating func take(from old: Catalogs?, to new: Catalogs) {
    let kinds = OrganizationKind.allCases
    let known = Set(old?.permissions.definitions.map(\.permission) ?? [])
    for permission in known where new.permissions.definition(of: permission) == nil {
      index.removePermission(permission.resourceType, permission.action)
    }
    for definition in new.permissions.definitions where old?.permissions.definition(of: definition.permission) != definition {
      let permission = definition.permission
      index.setPermission(
        permission.resourceType, permission.action, kinds: Set(definition.kinds.map(\.number)),
        includedIn: Set(kinds.filter { new.permissions.everything(in: $0).contains(permission) }.map(\.number)))
    }
    // A role may list a permission that is made only now.
    let hasNewPermissions = new.permissions.definitions.contains { !known.contains($0.permission) }
    for role in old?.roles.all.map(\.id) ?? [] where new.roles[role] == nil { index.removeRole(role.text) }
    for role in new.roles.all where hasNewPermissions || old?.roles[role.id] != role { set(role) }
  }

  private mutating func set(_ role: Role) {
    var granted: [(type: String, action: String)]?
    if case .listed(let listed) = role.effective { granted = listed.map { ($0.resourceType, $0.action) } }
    var conditional: [(type: String, action: String, condition: UInt32)] = []
    for (permission, grants) in role.conditionalGrants {
      for grant in grants {
        conditional.append((permission.resourceType, permission.action, conditions.number(of: grant.condition)))
      }
    }
    let number = index.setRole(
      role.id.text, owner: role.origin.owner?.text, kinds: Set(role.organizationKinds.map(\.number)), granted: granted,
      conditional: conditional)
    roleIDs[number] = role.id
  }

  // MARK: things and people

  private mutating func set(_ id: OrganizationID, _ organization: Organization?) {
    organizations[id] = organization
    if let organization {
      index.setOrganization(id.text, kind: organization.kind.number, isOpen: organization.state == .active)
    } else {
      index.removeOrganization(id.text)
    }
  }

  private mutating func set(_ name: ResourceName, _ facts: PolicyFacts.ResourceFacts?) {
    if let facts {
      let number = index.setResource(
        (name.type, name.id), in: facts.organization.text, below: facts.parent.map { ($0.type, $0.id) })
      resourceAttributes[number] = facts.attributes.members.isEmpty ? nil : facts.attributes
    } else if let number = index.removeResource((name.type, name.id)) {
      resourceAttributes[number] = nil
    }
  }

  private mutating func set(_ id: GroupID, _ facts: PolicyFacts.GroupFacts?) {
    guard let facts else {
      if let organization = groups.removeValue(forKey: id) {
        index.removePrincipal(type: IndexedPrincipal.groupType, id: id.text, of: organization.text)
      }
      return
    }
    groups[id] = facts.organization
    setPrincipal(
      IndexedPrincipal.groupType, id.text, of: facts.organization, isActive: true,
      [Place(organization: facts.organization, isActive: true, assignments: facts.assignments, groups: [])])
  }

  private mutating func set(_ id: RegisteredSubjectID, _ facts: PolicyFacts.SubjectFacts?) {
    guard let facts else {
      if let name = subjects.removeValue(forKey: id),
        let number = index.removePrincipal(type: name.type, id: name.name, of: name.organization.text)
      {
        subjectAttributes[number] = nil
      }
      return
    }
    subjects[id] = SubjectName(organization: facts.organization, type: facts.type, name: facts.name)
    let number = setPrincipal(
      facts.type, facts.name, of: facts.organization, isActive: facts.isActive,
      [Place(organization: facts.organization, isActive: true, assignments: facts.assignments, groups: facts.groups)])
    subjectAttributes[number] = facts.attributes.members.isEmpty ? nil : facts.attributes
  }

  private mutating func set(_ id: AccountID, _ facts: PolicyFacts.AccountFacts?) {
    guard let facts else {
      index.removePrincipal(type: PolicyState.accountType, id: id.text, of: nil)
      return
    }
    let home: OrganizationID? = if case .work(let home) = facts.kind { home } else { nil }
    setPrincipal(
      PolicyState.accountType, id.text, home: home, isActive: facts.state == .active,
      facts.memberships.map { organization, membership in
        Place(
          organization: organization, isActive: membership.state == .active, assignments: membership.assignments,
          groups: membership.groups)
      })
  }

  private mutating func set(_ id: ApplicationID, _ facts: PolicyFacts.ApplicationFacts?) {
    for audience in applications[id]?.audiences ?? [] where byAudience[audience] == id { byAudience[audience] = nil }
    applications[id] = facts?.application
    guard let facts else {
      index.removePrincipal(type: PolicyState.applicationType, id: id.text, of: nil)
      return
    }
    for audience in facts.application.audiences { byAudience[audience] = id }
    setPrincipal(
      PolicyState.applicationType, id.text, isActive: facts.application.state == .active,
      Set(facts.assignments.keys).union(facts.groups.keys).map { organization in
        Place(
          organization: organization, isActive: true, assignments: facts.assignments[organization, default: []],
          groups: facts.groups[organization, default: []])
      })
  }

  private struct Place {
    let organization: OrganizationID
    let isActive: Bool
    let assignments: [PolicyFacts.AssignmentFacts]
    let groups: Set<GroupID>
  }

  @discardableResult
  private mutating func setPrincipal(
    _ type: String, _ id: String, of organization: OrganizationID? = nil, home: OrganizationID? = nil, isActive: Bool,
    _ places: [Place]
  ) -> UInt32 {
    var assignments: [IndexedPrincipal.Assignment] = []
    var groups: [(organization: String, id: String)] = []
    for place in places {
      for assignment in place.assignments {
        assignments.append(
          IndexedPrincipal.Assignment(
            role: assignment.role.text, organization: place.organization.text,
            scope: assignment.scope.map { ($0.type, $0.id) }, from: assignment.from?.microseconds,
            until: assignment.until?.microseconds))
      }
      // In an order of theirs, so that all instances ask conditions in the same one.
      for group in place.groups.sorted() { groups.append((place.organization.text, group.text)) }
    }
    return index.setPrincipal(
      IndexedPrincipal(
        type: type, id: id, organization: organization?.text, home: home?.text, isActive: isActive,
        memberships: places.map { .init(organization: $0.organization.text, isActive: $0.isActive) }, groups: groups,
        assignments: assignments))
  }
}

/// Conditions by number, each text once.
struct ConditionNumbers: Sendable {
  private(set) var all: [Condition] = []
  private var numbers: [Condition: UInt32] = [:]

  subscript(_ condition: Condition) -> UInt32? { numbers[condition] }

  mutating func number(of condition: Condition) -> UInt32 {
    if let number = numbers[condition] { return number }
    let number = UInt32(all.count)
    all.append(condition)
    numbers[condition] = number
    return number
  }
}

extension OrganizationKind {
  /// How the index names it.
  var number: Int {
    switch self {
    case .portal: 0
    case .customer: 1
    case .partner: 2
    }
  }
}
