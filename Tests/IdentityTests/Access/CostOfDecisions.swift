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
  /// What the same roles give under the same conditions.
  static let others = (0..<14).map { Permission("document", "other-\($0)") }
  /// Under a condition that is never met and costs nearly half of what a decision may spend.
  static let costly = (0..<3).map { RoleID(trusted: "costly-\($0)") }
  /// Under one that is always met and costs nearly nothing.
  static let cheap = RoleID(trusted: "cheap")
  /// Under none.
  static let plain = RoleID(trusted: "plain")

  let policy: PolicySnapshot

  /// - Parameters:
  ///   - held: what each person holds, in the order in which it is looked at.
  ///   - apart: roles of which no two are to be used together.
  init(_ held: [String: [(RoleID, ResourceName?)]], apart: Set<RoleID> = []) throws {
    policy = PolicySnapshot(
      keys: KeyRing(root: RootKey.make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness())
    var facts = PolicyFacts(
      revision: 1,
      organizations: [Self.contoso: Organization(id: Self.contoso, kind: .customer, name: "Contoso", createdAt: Self.now)],
      catalogs: try Self.catalogs(apart: apart))
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

  init(_ held: [String: [RoleID]], apart: Set<RoleID> = []) throws {
    try self.init(held.mapValues { $0.map { ($0, nil) } }, apart: apart)
  }

  private static func catalogs(apart: Set<RoleID>) throws -> Catalogs {
    func role(_ id: RoleID, _ condition: String?) throws -> Role {
      Role(
        id: id, wording: Wording(name: id.text), permissions: .listed(condition == nil ? [read] : []),
        conditions: try condition.map { text in
          let condition = try Condition(text)
          return Dictionary(uniqueKeysWithValues: ([read] + others).map { ($0, condition) })
        } ?? [:], mayGrant: .nothing, organizationKinds: [.customer], origin: .portal)
    }
    let never = try costly.enumerated().map { try role($1, "context.many.exists(n, n == \($0 + 2))") }
    return Catalogs(
      roles: RoleCatalog(adding: never + [try role(cheap, "true"), try role(plain, nil)]),
      permissions: PermissionCatalog(adding: ([read] + others).map { PermissionDefinition($0, "", kinds: [.customer]) }),
      exclusions: apart.isEmpty
        ? []
        : [
          RoleExclusion(
            id: RoleExclusionID(trusted: "apart"), name: "Apart", kind: .dynamic, roles: apart, cardinality: 2, origin: .portal,
            organizationKinds: [.customer])
        ])
  }

  static let context: JSONObject = ["many": .array(Array(repeating: 1, count: 19_000))]
  static let asker = Application(
    id: ApplicationID(trusted: "asker"), name: "Documents", authentication: .basic, grantTypes: [], scopes: [], owner: contoso,
    createdAt: now)

  /// - Parameter active: the roles that the question says are active; nil when it says nothing.
  static func context(active: [RoleID]?) -> JSONObject {
    var context = context
    if let active { context["active_roles"] = .array(active.map { .string($0.text) }) }
    return context
  }

  func decide(_ person: String, naming: DecideAccess.Naming = .everyRole, active: [RoleID]? = nil) throws -> Decision {
    try DecideAccess(naming: naming)(
      AccessRequest(
        subject: .init(type: "user", id: person), action: .init(name: "read"), resource: .init(type: "document", id: "1"),
        context: Self.context(active: active)),
      askedBy: Self.asker, knowing: policy.state, at: Self.now)
  }

  func isAllowed(_ person: String, naming: DecideAccess.Naming = .everyRole, active: [RoleID]? = nil) throws -> Bool {
    try decide(person, naming: naming, active: active).allowed
  }

  /// Who may read the document.
  func search(after: SearchAccess.Position? = nil, active: [RoleID]? = nil) throws -> SearchAccess.Found {
    try SearchAccess()(
      AccessSearch(
        .subjects(.init(type: "user"), action: .init(name: "read"), resource: .init(type: "document", id: "1")),
        context: Self.context(active: active)),
      after: after, limit: 100, askedBy: Self.asker, knowing: policy.state, at: Self.now)
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
    #expect(try world.search().names.sorted() == names)
  }

  @Test(.threat("ROL8"), arguments: [DecideAccess.Naming.oneRole, .everyRole])
  func `conditions of roles that do not count spend nothing of what those that count may spend`(
    naming: DecideAccess.Naming
  ) throws {
    let held = ["ada": World.costly + [World.cheap]]
    // Others are said to be active, or the costly ones are not to be used together.
    #expect(try World(held).isAllowed("ada", naming: naming, active: [World.cheap]))
    #expect(try World(held).search(active: [World.cheap]).names == ["ada"])
    let apart = try World(held, apart: Set(World.costly))
    #expect(try apart.isAllowed("ada", naming: naming))
    #expect(try apart.search().names == ["ada"])
    // What counts spends as ever.
    #expect(try !apart.isAllowed("ada", naming: naming, active: World.costly.prefix(1) + [World.plain]))
    #expect(try !World(held).isAllowed("ada", naming: naming, active: World.costly + [World.cheap]))
  }

  @Test(.threat("ROL8")) func `that roles left out would allow it is told as far as the steps suffice`() throws {
    let apart: Set = [World.cheap, World.costly[0]]
    let held = ["ada": [World.costly[0], World.cheap], "ben": World.costly + [World.cheap]]
    let world = try World(held, apart: apart)
    #expect(try world.decide("ada").reason == .activeRolesRequired)
    // The roles that count spent all but a few, and another that does not count the rest.
    #expect(try world.decide("ben").reason == .noRoleGrantsPermission)
  }

  @Test(arguments: [false, true])
  func `a page of a search ends before whom it could not decide with all steps, and the next goes on`(
    isRestricted: Bool
  ) throws {
    let names = (0..<25).map { "person-\($0)" }
    let held = [World.costly[0], World.costly[1], World.cheap]
    let world = try World(Dictionary(uniqueKeysWithValues: names.map { ($0, held) }))
    var (found, pages, after): ([String], [Int], SearchAccess.Position?) = ([], [], nil)
    repeat {
      let page = try world.search(after: after, active: isRestricted ? held : nil)
      found += page.names
      pages.append(page.names.count)
      after = page.next
    } while after != nil
    #expect(found.sorted() == names.sorted())
    // Each takes nearly all that a decision may take.
    #expect(pages == [10, 10, 5])
  }

  @Test func `a search for actions ends and goes on in the same way`() throws {
    let world = try World(["ada": [World.costly[0], World.costly[1], World.cheap]])
    var (found, pages, after): ([String], Int, SearchAccess.Position?) = ([], 0, nil)
    repeat {
      let page = try SearchAccess()(
        AccessSearch(
          .actions(subject: .init(type: "user", id: "ada"), resource: .init(type: "document", id: "1")), context: World.context),
        after: after, limit: 100, askedBy: World.asker, knowing: world.policy.state, at: World.now)
      found += page.names
      pages += 1
      after = page.next
    } while after != nil
    #expect(found == (World.others + [World.read]).map(\.action).sorted())
    #expect(pages == 2)
  }
}
