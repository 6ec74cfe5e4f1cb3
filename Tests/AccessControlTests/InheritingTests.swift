import AccessControl
import Primitives
import TestKit
import Testing

@Suite(.rule("ANSI INCITS 359: a role has the permissions of those it inherits from")) struct Inheriting {
  static func role(
    _ id: String, _ permissions: PermissionSet = .listed([]), if conditions: [Permission: Condition] = [:],
    parents: [String] = [], mayGrant: GrantRule = .nothing, kinds: Set<OrganizationKind> = [.customer],
    origin: Role.Origin = .portal
  ) -> Role {
    Role(
      id: RoleID(trusted: id), wording: Wording(name: id), permissions: permissions, conditions: conditions,
      parents: Set(parents.map { RoleID(trusted: $0) }), mayGrant: mayGrant, organizationKinds: kinds, origin: origin)
  }

  /// What a role comes to where a customer holds it.
  static func effective(_ id: String, _ roles: Role...) throws -> Set<Permission> {
    try #require(RoleCatalog(adding: roles)[RoleID(trusted: id)]).effective.permissions(in: .customer, of: World.permissions)
  }

  @Test func `a role permits what its parents and their parents permit, and says by which way`() throws {
    let catalog = RoleCatalog(adding: [
      Self.role("buyer", .listed([.orderView]), parents: ["reader"]),
      Self.role("reader", .listed([.reportView]), parents: ["base"]),
      Self.role("base", .listed([.licenseView, .orderView])),
    ])
    let buyer = try #require(catalog[RoleID(trusted: "buyer")])
    #expect(buyer.effective == .listed([.orderView, .reportView, .licenseView]))
    #expect(buyer.permissions == .listed([.orderView]))
    func way(_ permission: Permission) -> [String]? {
      buyer.way(of: permission, in: .customer, of: World.permissions)?.map(\.text)
    }
    #expect(way(.orderView) == [])
    #expect(way(.reportView) == ["reader"])
    #expect(way(.licenseView) == ["reader", "base"])
    #expect(way(.keyView) == nil)
    for permission in [Permission.orderView, .reportView, .licenseView] {
      #expect(Engine.decide(permission, World.facts(.active([buyer]))).allowed)
    }
    #expect(!Engine.decide(.keyView, World.facts(.active([buyer]))).allowed)
  }

  @Test func `of two ways the shorter one is named`() throws {
    let catalog = RoleCatalog(adding: [
      Self.role("top", parents: ["a-long", "short"]), Self.role("a-long", parents: ["base"]),
      Self.role("short", .listed([.orderView])), Self.role("base", .listed([.orderView])),
    ])
    #expect(catalog[RoleID(trusted: "top")]?.inherited == [.orderView: [RoleID(trusted: "short")]])
  }

  @Test func `a built-in role can be inherited from, and what its holder may hand out is not`() throws {
    let catalog = RoleCatalog(adding: [Self.role("deputy", parents: ["user-administrator"])])
    let deputy = try #require(catalog[RoleID(trusted: "deputy")])
    #expect(deputy.effective == .listed([.userView, .userManage, .userInvite, .roleView, .roleAssign]))
    let actor = Authority(
      subject: .active, holdings: [.init(organization: World.contoso, membership: .active([deputy]))], catalog: World.permissions)
    #expect(actor.decide(.roleAssign, at: .init(World.contoso)).allowed)
    #expect(actor.grantable(catalog.roles(heldIn: World.contoso), by: .assignment, at: .init(World.contoso)).isEmpty)
  }

  @Test(.threat("ROL1")) func `a parent that is missing, has everything, or cannot be held wherever the role can gives nothing`()
    throws
  {
    #expect(try Self.effective("a", Self.role("a", parents: ["gone"])).isEmpty)
    #expect(try Self.effective("a", Self.role("a", parents: ["account-administrator"])).isEmpty)
    #expect(try Self.effective("a", Self.role("a", parents: ["b"]), Self.role("b", .everything)).isEmpty)
    #expect(
      try Self.effective(
        "a", Self.role("a", parents: ["b"], kinds: [.customer, .partner]), Self.role("b", .listed([.userView]))
      ).isEmpty)
    let fabrikams = Self.role("b", .listed([.userView]), origin: .organization(World.fabrikam.id))
    let contosos = Self.role("a", parents: ["b"], origin: .organization(World.contoso.id))
    #expect(try Self.effective("a", contosos, fabrikams).isEmpty)
    #expect(try Self.effective("a", Self.role("a", parents: ["b"]), fabrikams).isEmpty)
  }

  @Test func `a circle gives what its members list, and ends`() throws {
    let circle = [
      Self.role("a", .listed([.orderView]), parents: ["b"]), Self.role("b", .listed([.keyView]), parents: ["c"]),
      Self.role("c", .listed([.reportView]), parents: ["a", "c"]),
    ]
    for role in RoleCatalog(adding: circle).defined {
      #expect(role.effective == .listed([.orderView, .keyView, .reportView]))
    }
  }

  @Test func `a permission comes down eight steps and not nine`() throws {
    let chain = (0...9).map { step in
      Self.role("r\(step)", step == 9 ? .listed([.orderView]) : .listed([]), parents: step == 9 ? [] : ["r\(step + 1)"])
    }
    let catalog = RoleCatalog(adding: chain)
    #expect(catalog[RoleID(trusted: "r1")]?.inherited[.orderView]?.count == RoleInheritance.maximumDepth)
    #expect(catalog[RoleID(trusted: "r0")]?.inherited[.orderView] == nil)
    #expect(catalog.flaw(ofParentsOf: chain[1]) == .tooDeep)
    #expect(RoleCatalog(adding: Array(chain[1...])).flaw(ofParentsOf: chain[1]) == nil)
    // A role further down counts too: nobody may push it out of reach.
    let short = RoleCatalog(adding: Array(chain[0...7]) + [Self.role("r8")])
    #expect(short.flaw(ofParentsOf: Self.role("r8")) == nil)
    #expect(short.with(chain[9]).flaw(ofParentsOf: chain[8]) == .tooDeep)
  }

  @Test func `what a role has under conditions comes from it and its parents, the nearest first, unless one gives it always`()
    throws
  {
    let (small, own) = (
      try Condition("resource.properties.amount < 100"), try Condition("resource.properties.owner == subject.id")
    )
    let catalog = RoleCatalog(adding: [
      Self.role("buyer", if: [.orderView: small, .keyView: small], parents: ["reader", "keeper"]),
      Self.role("reader", if: [.orderView: own, .reportView: small], parents: ["base"]),
      Self.role("base", if: [.orderView: small, .licenseView: own]), Self.role("keeper", .listed([.keyView])),
    ])
    let buyer = try #require(catalog[RoleID(trusted: "buyer")])
    func grants(_ permission: Permission) -> [ConditionalGrant] {
      buyer.conditionalGrants(of: permission, in: .customer, of: World.permissions)
    }
    func way(_ roles: String...) -> [RoleID] { roles.map { RoleID(trusted: $0) } }
    #expect(
      grants(.orderView) == [ConditionalGrant(condition: small), ConditionalGrant(condition: own, way: way("reader"))])
    #expect(grants(.reportView) == [ConditionalGrant(condition: small, way: way("reader"))])
    #expect(grants(.licenseView) == [ConditionalGrant(condition: own, way: way("reader", "base"))])
    // Always is more than sometimes.
    #expect(grants(.keyView).isEmpty)
    #expect(buyer.effective == .listed([.keyView]))
    #expect(buyer.possible == [.keyView, .orderView, .reportView, .licenseView])
    // Where nobody knows the circumstances it gives nothing, and in a kind of organization that has no orders neither.
    #expect(!Engine.decide(.orderView, World.facts(.active([buyer]))).allowed)
    #expect(buyer.conditionalGrants(of: .orderView, in: .partner, of: World.permissions).isEmpty)
    #expect(Set(catalog.listing(.orderView).map(\.id.text)).isSuperset(of: ["base", "buyer", "reader"]))
  }

  @Test func `what a role gives always it does not give under a condition`() throws {
    let condition = try Condition("false")
    #expect(Self.role("a", .listed([.orderView]), if: [.orderView: condition]).conditions.isEmpty)
    #expect(Self.role("a", .everything, if: [.orderView: condition]).conditions.isEmpty)
    #expect(Self.role("a", if: [.orderView: condition]).conditionalGrants == [.orderView: [.init(condition: condition)]])
  }

  @Test func `what roles inherit is what a naive closure says, in a thousand random hierarchies`() throws {
    let permissions: [Permission] = [.agreementView, .orderView, .keyView, .licenseView, .reportView, .softwareDownload]
    let conditions = [try Condition("subject.id == 'a'"), try Condition("resource.id == 'b'")]
    for seed in 0..<1_000 {
      var bytes = CountedRandomness(seed: UInt64(seed)).bytes(600)[...]
      func next(_ bound: Int) -> Int { Int(bytes.popFirst() ?? 0) % bound }
      let count = 2 + next(9)
      let roles = (0..<count).map { index in
        Self.role(
          "r\(index)",
          next(12) == 0 ? .everything : .listed(Set((0..<next(3)).map { _ in permissions[next(permissions.count)] })),
          if: Dictionary((0..<next(3)).map { _ in (permissions[next(permissions.count)], conditions[next(2)]) }) { first, _ in
            first
          },
          parents: (0..<next(4)).map { _ in "r\(next(count + 1))" }, kinds: next(6) == 0 ? [.customer, .partner] : [.customer],
          origin: [.portal, .organization(World.contoso.id), .organization(World.fabrikam.id)][next(3)])
      }
      let catalog = RoleCatalog(adding: roles)
      for role in roles {
        let resolved = try #require(catalog[role.id])
        let family = Self.family(of: role, roles)
        #expect(resolved.effective == Self.always(family), "seed \(seed), \(role.id)")
        #expect(Self.conditional(resolved) == Self.conditional(family), "seed \(seed), \(role.id)")
        for (permission, way) in resolved.inherited {
          #expect(way.count <= RoleInheritance.maximumDepth)
          #expect(
            way.last.flatMap { catalog[$0] }?.permissions.contains(permission, in: .customer, of: World.permissions) == true)
          #expect(Self.leads(way, from: role.id, in: catalog), "seed \(seed)")
        }
        for (permission, grant) in resolved.conditionalGrants.flatMap({ (permission, grants) in grants.map { (permission, $0) } })
        {
          #expect((catalog[grant.way.last ?? role.id]?.conditions[permission]) == grant.condition)
          #expect(Self.leads(grant.way, from: role.id, in: catalog), "seed \(seed)")
        }
      }
    }
  }

  private static func leads(_ way: [RoleID], from role: RoleID, in catalog: RoleCatalog) -> Bool {
    zip([role] + way, way).allSatisfy { catalog[$0]?.parents.contains($1) == true }
  }

  /// The definition, read aloud: as long as something new comes in, look at everybody's parents again. Ten roles stay within the depth.
  private static func family(of role: Role, _ all: [Role]) -> [Role] {
    guard case .listed = role.permissions else { return [role] }
    var levels: [RoleID: Int] = [role.id: 0]
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for child in all {
        guard let level = levels[child.id], level < RoleInheritance.maximumDepth else { continue }
        for parent in all where child.parents.contains(parent.id) {
          guard case .listed = parent.permissions, child.organizationKinds.isSubset(of: parent.organizationKinds),
            parent.origin == .portal || parent.origin == child.origin, level + 1 < levels[parent.id] ?? .max
          else { continue }
          levels[parent.id] = level + 1
          hasChanged = true
        }
      }
    }
    return all.filter { levels[$0.id] != nil }
  }

  private static func always(_ family: [Role]) -> PermissionSet {
    var all: Set<Permission> = []
    for role in family {
      guard case .listed(let permissions) = role.permissions else { return .everything }
      all.formUnion(permissions)
    }
    return .listed(all)
  }

  private static func conditional(_ role: Role) -> [Permission: Set<Condition>] {
    role.conditionalGrants.mapValues { Set($0.map(\.condition)) }
  }

  private static func conditional(_ family: [Role]) -> [Permission: Set<Condition>] {
    guard case .listed(let always) = always(family) else { return [:] }
    var all: [Permission: Set<Condition>] = [:]
    for (permission, condition) in family.flatMap(\.conditions) where !always.contains(permission) {
      all[permission, default: []].insert(condition)
    }
    return all
  }
}

@Suite struct DescribingRoles {
  @Test func `the words are those of the reader's language, of its family, or the untranslated ones`() {
    let wording = Wording(
      name: "Buyer", description: "Buys.",
      translations: ["de": .init(name: "Einkauf"), "de-ch": .init(name: "Iikauf"), "ru": .init(name: "Закупщик")])
    #expect(wording.text(in: "de-CH").name == "Iikauf")
    #expect(wording.text(in: "de-AT").name == "Einkauf")
    #expect(wording.text(in: "ru").name == "Закупщик")
    #expect(wording.text(in: "fr") == .init(name: "Buyer", description: "Buys."))
    #expect(wording.text(in: "").name == "Buyer")
  }
}
