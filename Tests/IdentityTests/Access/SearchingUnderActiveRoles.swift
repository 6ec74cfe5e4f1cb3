import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// A policy of one organization, made at random: roles that inherit from each other and give what they give under conditions, some of which are not to be
/// used together; people, terminals and groups that hold them for everything or for a part of a tree of documents.
struct RandomPolicy {
  typealias Assignment = PolicyFacts.AssignmentFacts

  static let now = Timestamp(seconds: 1_800_000_000)
  static let organization = OrganizationID(trusted: "contoso")
  static let permissions = ["read", "write", "print", "burn"].map { Permission("document", $0) }
  static let roles = (0..<6).map { RoleID(trusted: "role-\($0)") }
  static let people = (0..<8).map { "person-\($0)" }
  static let terminals = (0..<4).map { "terminal-\($0)" }
  static let documents = (0..<14).map { "document-\($0)" }
  static let groups = (0..<3).map { GroupID(trusted: "group-\($0)") }
  static let asker = Application(
    id: ApplicationID(trusted: "asker"), name: "Documents", authentication: .basic, grantTypes: [], scopes: [],
    owner: organization, createdAt: now)

  let policy: PolicySnapshot
  private(set) var dice: Dice

  init(_ seed: UInt64) throws {
    dice = Dice(seed)
    policy = PolicySnapshot(
      keys: KeyRing(root: RootKey.make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness())
    var facts = PolicyFacts(
      revision: 1,
      organizations: [
        Self.organization: Organization(id: Self.organization, kind: .customer, name: "Contoso", createdAt: Self.now)
      ], catalogs: try catalogs())
    for (number, document) in Self.documents.enumerated() where !dice.happens(oneIn: 5) {
      let parent = number > 0 && !dice.happens(oneIn: 3) ? Self.name(Self.documents[dice.below(number)]) : nil
      facts.resources[Self.name(document)] = PolicyFacts.ResourceFacts(
        organization: Self.organization, parent: parent, attributes: ["size": .integer(Int64(dice.below(4)))])
    }
    for group in Self.groups {
      facts.groups[group] = PolicyFacts.GroupFacts(organization: Self.organization, assignments: assignments())
    }
    for person in Self.people {
      let membership = PolicyFacts.MembershipFacts(
        state: dice.happens(oneIn: 8) ? .suspended : .active, assignments: assignments(), groups: someGroups())
      facts.accounts[AccountID(trusted: person)] = PolicyFacts.AccountFacts(
        kind: .work(home: Self.organization), state: .active, memberships: [Self.organization: membership])
    }
    for terminal in Self.terminals {
      facts.subjects[RegisteredSubjectID(trusted: terminal)] = PolicyFacts.SubjectFacts(
        organization: Self.organization, type: "terminal", name: terminal, isActive: !dice.happens(oneIn: 8),
        attributes: ["floor": .integer(Int64(dice.below(3)))], assignments: assignments(), groups: someGroups())
    }
    policy.replace(with: facts)
    policy.confirm(isCurrent: true, until: nil)
  }

  private mutating func catalogs() throws -> Catalogs {
    let conditions = [
      "resource.properties.size < 2", "subject.properties.floor == 1", "subject.id != 'person-1'",
      "resource.properties.missing == 1", "action.name in ['read', 'write']",
    ]
    var roles: [Role] = []
    for (number, id) in Self.roles.enumerated() {
      var (always, conditional): (Set<Permission>, [Permission: Condition]) = ([], [:])
      for permission in Self.permissions where dice.happens(oneIn: 2) {
        if dice.happens(oneIn: 2) {
          always.insert(permission)
        } else {
          conditional[permission] = try Condition(conditions[dice.below(conditions.count)])
        }
      }
      let parents = number > 0 && dice.happens(oneIn: 2) ? [Self.roles[dice.below(number)]] : []
      roles.append(
        Role(
          id: id, wording: Wording(name: id.text), permissions: .listed(always), conditions: conditional, parents: Set(parents),
          mayGrant: .nothing, organizationKinds: [.customer], origin: .portal))
    }
    let exclusions = (0..<dice.below(3)).map { number in
      let members = (0..<3).map { _ in Self.roles[dice.below(Self.roles.count)] }
      return RoleExclusion(
        id: RoleExclusionID(trusted: "exclusion-\(number)"), name: "Apart", kind: .dynamic, roles: Set(members), cardinality: 2,
        origin: .portal, organizationKinds: [.customer])
    }
    return Catalogs(
      roles: RoleCatalog(adding: roles),
      permissions: PermissionCatalog(adding: Self.permissions.map { PermissionDefinition($0, "", kinds: [.customer]) }),
      exclusions: exclusions)
  }

  private mutating func assignments() -> [Assignment] {
    (0..<dice.below(4)).map { number in
      let scope = dice.happens(oneIn: 2) ? Self.name(Self.documents[dice.below(Self.documents.count)]) : nil
      return Assignment(
        id: RoleAssignmentID(trusted: "\(dice.word())-\(number)"), role: Self.roles[dice.below(Self.roles.count)], scope: scope,
        until: dice.happens(oneIn: 6) ? Self.now : nil)
    }
  }

  private mutating func someGroups() -> Set<GroupID> { Set(Self.groups.filter { _ in dice.happens(oneIn: 3) }) }

  static func name(_ document: String) -> ResourceName { ResourceName(type: "document", id: document) }

  /// What a question may say is active: nothing, or some roles.
  mutating func context() -> JSONObject {
    guard !dice.happens(oneIn: 3) else { return [:] }
    return ["active_roles": .array(Self.roles.filter { _ in dice.happens(oneIn: 2) }.map { .string($0.text) })]
  }

  // MARK: asking

  func isAllowed(_ search: AccessSearch, about name: String) throws -> Bool {
    try DecideAccess(naming: .oneRole)(
      search.request(about: name), askedBy: Self.asker, knowing: policy.state, at: Self.now
    ).allowed
  }

  /// All pages of a search; nobody comes twice.
  func found(_ search: AccessSearch, byPagesOf limit: Int) throws -> [String] {
    var (names, after): ([String], SearchAccess.Position?) = ([], nil)
    repeat {
      let page = try SearchAccess()(
        search, after: after, limit: limit, askedBy: Self.asker, knowing: policy.state, at: Self.now)
      #expect(page.names.count <= limit)
      names += page.names
      after = page.next
    } while after != nil
    #expect(Set(names).count == names.count)
    return names
  }

  /// Whether a resource is registered: what is not is found only by a role that names it.
  func isRegistered(_ document: String) -> Bool {
    policy.state.number(of: Self.name(document)).flatMap { policy.state.organization(ofResource: $0) } != nil
  }
}

@Suite(.rule("Authorization API 1.0 §8"), .threat("ROL8")) struct SearchingUnderActiveRoles {
  private static let seeds = 0..<40 as Range<UInt64>

  @Test(arguments: seeds)
  func `whoever is found would be allowed by a question of their own with the same active roles, and nobody else`(
    seed: UInt64
  ) throws {
    var world = try RandomPolicy(seed)
    for permission in RandomPolicy.permissions {
      for (type, all) in [("user", RandomPolicy.people), ("terminal", RandomPolicy.terminals)] {
        for document in RandomPolicy.documents.prefix(6) {
          let search = AccessSearch(
            .subjects(
              .init(type: type), action: .init(name: permission.action), resource: .init(type: "document", id: document)),
            context: world.context())
          let allowed = try all.filter { try world.isAllowed(search, about: $0) }
          #expect(try world.found(search, byPagesOf: 3).sorted() == allowed, "\(permission) \(document) \(search.context)")
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `so is what somebody may do it to, as far as it is registered`(seed: UInt64) throws {
    var world = try RandomPolicy(seed)
    for permission in RandomPolicy.permissions {
      for person in RandomPolicy.people {
        let search = AccessSearch(
          .resources(
            .init(type: "document"), subject: .init(type: "user", id: person), action: .init(name: permission.action)),
          context: world.context())
        let found = try world.found(search, byPagesOf: 3)
        let allowed = try RandomPolicy.documents.filter { try world.isAllowed(search, about: $0) }
        #expect(found.allSatisfy(allowed.contains), "\(person) \(permission) \(search.context)")
        #expect(allowed.filter(world.isRegistered).allSatisfy(found.contains), "\(person) \(permission) \(search.context)")
      }
    }
  }

  @Test(arguments: seeds) func `so is what somebody may do`(seed: UInt64) throws {
    var world = try RandomPolicy(seed)
    for document in RandomPolicy.documents {
      for person in RandomPolicy.people {
        let search = AccessSearch(
          .actions(subject: .init(type: "user", id: person), resource: .init(type: "document", id: document)),
          context: world.context())
        let actions = RandomPolicy.permissions.map(\.action)
        let allowed = try actions.filter { try world.isAllowed(search, about: $0) }.sorted()
        #expect(try world.found(search, byPagesOf: 2) == allowed, "\(person) \(document) \(search.context)")
      }
    }
  }

  @Test func `to search is to use nothing`() throws {
    var found = 0
    for seed in Self.seeds {
      var world = try RandomPolicy(seed)
      for permission in RandomPolicy.permissions {
        let search = AccessSearch(
          .subjects(
            .init(type: "user"), action: .init(name: permission.action), resource: .init(type: "document", id: "document-0")),
          context: world.context())
        found += try world.found(search, byPagesOf: 10).count
      }
      #expect(world.policy.uses.take(atMost: 1).isEmpty)
    }
    #expect(found > 0)
  }
}
