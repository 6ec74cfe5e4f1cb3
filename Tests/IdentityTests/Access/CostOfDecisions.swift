import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// Roles that give one permission under conditions of known cost, and people who hold some of them.
private struct CostlyPolicy {
  static let now = Timestamp(seconds: 1_800_000_000)
  static let contoso = OrganizationID(trusted: "contoso")
  static let read = Permission("document", "read")
  /// Under a condition that is never met and costs nearly half of what a decision may spend.
  static let costly = (0..<3).map { RoleID(trusted: "costly-\($0)") }
  /// Under one that is always met and costs nearly nothing.
  static let cheap = RoleID(trusted: "cheap")
  /// Under none.
  static let plain = RoleID(trusted: "plain")

  let policy: PolicySnapshot

  /// - Parameter held: what each person holds, in the order in which it is looked at.
  init(_ held: [String: [(RoleID, ResourceName?)]]) throws {
    policy = PolicySnapshot(
      keys: KeyRing(root: RootKey.make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness())
    var facts = PolicyFacts(
      revision: 1,
      organizations: [Self.contoso: Organization(id: Self.contoso, kind: .customer, name: "Contoso", createdAt: Self.now)],
      catalogs: try Self.catalogs())
    for (person, roles) in held {
      let assignments = roles.enumerated().map { number, role in
        PolicyFacts.AssignmentFacts(id: RoleAssignmentID(trusted: "\(number)"), role: role.0, scope: role.1)
      }
      facts.accounts[AccountID(trusted: person)] = PolicyFacts.AccountFacts(
        kind: .work(home: Self.contoso), state: .active,
        memberships: [Self.contoso: PolicyFacts.MembershipFacts(state: .active, assignments: assignments)])
    }
    policy.replace(with: facts)
  }

  init(_ held: [String: [RoleID]]) throws { try self.init(held.mapValues { $0.map { ($0, nil) } }) }

  private static func catalogs() throws -> Catalogs {
    func role(_ id: RoleID, _ condition: String?) throws -> Role {
      Role(
        id: id, wording: Wording(name: id.text), permissions: .listed(condition == nil ? [read] : []),
        conditions: try condition.map { [read: try Condition($0)] } ?? [:], mayGrant: .nothing, organizationKinds: [.customer],
        origin: .portal)
    }
    let never = try costly.enumerated().map { try role($1, "context.many.exists(n, n == \($0 + 2))") }
    return Catalogs(
      roles: RoleCatalog(adding: never + [try role(cheap, "true"), try role(plain, nil)]),
      permissions: PermissionCatalog(adding: [PermissionDefinition(read, "", kinds: [.customer])]))
  }

  static let context: JSONObject = ["many": .array(Array(repeating: 1, count: 19_000))]
  static let asker = Application(
    id: ApplicationID(trusted: "asker"), name: "Documents", authentication: .basic, grantTypes: [], scopes: [], owner: contoso,
    createdAt: now)

  func isAllowed(_ person: String, naming: DecideAccess.Naming = .everyRole) throws -> Bool {
    try DecideAccess(naming: naming)(
      AccessRequest(
        subject: .init(type: "user", id: person), action: .init(name: "read"), resource: .init(type: "document", id: "1"),
        context: Self.context),
      askedBy: Self.asker, knowing: policy.state, at: Self.now
    ).allowed
  }
}

@Suite(.threat("CEL1")) struct CostOfDecisions {
  private typealias World = CostlyPolicy

  @Test(arguments: [DecideAccess.Naming.oneRole, .everyRole])
  func `once the steps of a decision are spent no condition is met any more`(naming: DecideAccess.Naming) throws {
    let world = try World([
      "two": World.costly.prefix(2) + [World.cheap], "three": World.costly + [World.cheap], "first": [World.cheap] + World.costly,
    ])
    #expect(try world.isAllowed("two", naming: naming))
    #expect(try !world.isAllowed("three", naming: naming))
    #expect(try world.isAllowed("first", naming: naming))
    // The next decision has steps of its own.
    #expect(try world.isAllowed("two", naming: naming))
  }

  @Test func `what is given without a condition counts whatever the conditions cost`() throws {
    #expect(try World(["ada": World.costly + [World.plain]]).isAllowed("ada"))
  }

  @Test func `a condition to which several assignments lead is asked once`() throws {
    let roles = Array(repeating: World.costly[0], count: 5) + [World.costly[1], World.cheap]
    #expect(try World(["ada": roles.map { ($0, ResourceName(type: "document", id: "1")) }]).isAllowed("ada"))
  }

  @Test func `every candidate of a search has the steps of a decision`() throws {
    let names = (0..<5).map { "person-\($0)" }
    var held = Dictionary(uniqueKeysWithValues: names.map { ($0, [World.costly[0], World.costly[1], World.cheap]) })
    held["three"] = World.costly + [World.cheap]
    let world = try World(held)
    let found = try SearchAccess()(
      AccessSearch(
        .subjects(.init(type: "user"), action: .init(name: "read"), resource: .init(type: "document", id: "1")),
        context: World.context),
      after: nil, limit: 100, askedBy: World.asker, knowing: world.policy.state, at: World.now)
    #expect(found.names.sorted() == names)
  }
}
