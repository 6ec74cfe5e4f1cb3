import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// Ben at Contoso, whose roles an administrator wants to understand; a role that buys with a limit, one that inherits it, and a group.
private struct Explained {
  static let order = Permission("order", "view")
  static let clerk = RoleID(trusted: "clerk")
  static let chief = RoleID(trusted: "chief")
  static let region = ResourceName(type: "region", id: "north")

  let world: TestWorld
  let contoso: Organization
  let ada: Account
  let ben: Account
  let sales: Group

  init() async throws {
    world = try await TestWorld.make()
    contoso = try await world.organization()
    ada = try await world.member(of: contoso, roles: [.accountAdministrator], password: nil)
    ben = try await world.member(of: contoso, "ben@contoso.test", password: nil, first: "Ben")
    let now = world.clock.now()
    sales = Group(id: world.command.newID(), organization: contoso.id, name: "Sales", createdAt: now)
    let clerk = Role(
      id: Self.clerk, wording: Wording(name: "Clerk"), permissions: .listed([]),
      conditions: [Self.order: try Condition("resource.properties.amount < 1000.0")], mayGrant: .nothing,
      organizationKinds: [.customer], origin: .portal)
    let chief = Role(
      id: Self.chief, wording: Wording(name: "Chief"), permissions: .listed([]), parents: [.reportViewer], mayGrant: .nothing,
      organizationKinds: [.customer], origin: .portal)
    let (contoso, sales) = (contoso, sales)
    try await world.store.write { tx in
      for role in [clerk, chief] {
        try tx.seed(DefinedRole(role: role, createdAt: now, definedAt: now, definedBy: "command:test"))
      }
      try tx.insert(sales)
      try tx.insert(
        RegisteredResource(
          type: "order", id: "1", organization: contoso.id, parent: Self.region, attributes: ["amount": 1500.0], createdAt: now))
    }
  }

  @discardableResult
  func give(
    _ role: RoleID, to holder: RoleHolder? = nil, scope: ResourceName? = nil, from: Timestamp? = nil, until: Timestamp? = nil,
    why: String = ""
  ) async throws -> RoleAssignment {
    let assignment = RoleAssignment(
      id: world.command.newID(), organization: contoso.id, holder: holder ?? .account(ben.id), role: role, scope: scope,
      startsAt: from, endsAt: until, grantedBy: "command:test", createdAt: world.clock.now(), reason: why)
    try await world.store.write { tx in try tx.seed(assignment) }
    return assignment
  }

  /// Roles that give the permission under these conditions, by names that say their order.
  func define(_ conditions: [String], parents: Set<RoleID> = [], named name: String = "role") async throws -> [RoleID] {
    let now = world.clock.now()
    let roles = try conditions.enumerated().map { number, condition in
      Role(
        id: RoleID(trusted: "\(name)-\(100 + number)"), wording: Wording(name: condition), permissions: .listed([]),
        conditions: [Self.order: try Condition(condition)], parents: parents, mayGrant: .nothing, organizationKinds: [.customer],
        origin: .portal)
    }
    try await world.store.write { tx in
      for role in roles { try tx.seed(DefinedRole(role: role, createdAt: now, definedAt: now, definedBy: "command:test")) }
    }
    return roles.map(\.id)
  }

  /// Says that of these roles no two are to be used together.
  func exclude(_ roles: Set<RoleID>) async throws {
    let now = world.clock.now()
    let exclusion = RoleExclusion(
      id: world.command.newID(), name: "Apart", kind: .dynamic, roles: roles, cardinality: 2, origin: .portal,
      organizationKinds: [.customer])
    try await world.store.write { tx in
      try tx.seed(DefinedExclusion(exclusion: exclusion, createdAt: now, definedAt: now, definedBy: "command:test"))
    }
  }

  func join() async throws {
    let membership = GroupMembership(
      group: sales.id, organization: contoso.id, member: .account(ben.id), addedBy: "command:test", addedAt: world.clock.now())
    _ = try await world.store.write { tx in try tx.seed(membership) }
  }

  func explain(
    _ permission: Permission = order, resource: String = "1", properties: JSONObject = [:], of subject: String? = nil,
    as actor: Account? = nil, in organization: Organization? = nil, context: JSONObject = [:]
  ) async throws -> Explanation {
    try await ExplainDecision()(
      AccessRequest(
        subject: .init(type: "user", id: subject ?? ben.id.text), action: .init(name: permission.action),
        resource: .init(type: permission.resourceType, id: resource, properties: properties), context: context),
      in: (organization ?? contoso).id, world.occasion(as: actor ?? ada), env: world.env)
  }
}

@Suite(.rule("Authorization API 1.0 §5.5.1")) struct ExplainingDecisions {
  @Test func `what allows is named: the assignment, who gave it, when and why`() async throws {
    let test = try await Explained()
    let given = try await test.give(.reportViewer, why: "Covers for Ada")
    let explanation = try await test.explain()
    #expect(explanation.decision.allowed)
    #expect(explanation.permission == Explained.order)
    #expect(explanation.moment == test.world.clock.now())
    #expect(explanation.held.map(\.assignment) == [given])
    #expect(explanation.held.allSatisfy { $0.obstacle == nil && $0.way.isEmpty && $0.conditions.isEmpty && $0.group == nil })
    #expect(explanation.missing.isEmpty && explanation.people.isEmpty)
  }

  @Test func `a role that comes by a group and by inheritance says by which`() async throws {
    let test = try await Explained()
    try await test.give(Explained.chief, to: .group(test.sales.id))
    #expect(try await !test.explain().decision.allowed)
    try await test.join()
    let explanation = try await test.explain()
    #expect(explanation.decision.allowed)
    #expect(explanation.held.map(\.group) == [test.sales])
    #expect(explanation.held.map(\.way) == [[.reportViewer]])
  }

  @Test func `a condition is told with what it looked at, what is stored and what the question says`() async throws {
    let test = try await Explained()
    try await test.give(Explained.clerk)
    let denied = try await test.explain()
    #expect(!denied.decision.allowed)
    #expect(denied.held.map(\.obstacle) == [.conditionNotMet])
    let asked = try #require(denied.held.first?.conditions.first)
    #expect(asked.condition.text == "resource.properties.amount < 1000.0" && asked.outcome == .notMet)
    #expect(asked.values.map(\.path) == ["resource.properties.amount"] && asked.values.map { $0.value?.intValue } == [1500])
    let allowed = try await test.explain(properties: ["amount": 10.0])
    #expect(allowed.decision.allowed)
    #expect(allowed.held.map(\.obstacle) == [nil])
    #expect(allowed.held.first?.conditions.map(\.outcome) == [.met])
    let failed = try await test.explain(resource: "unregistered")
    #expect(!failed.decision.allowed)
    #expect(failed.held.map(\.obstacle) == [.conditionNotMet])
  }

  @Test func `a denial names the nearest misses first, each with what stands against it`() async throws {
    let test = try await Explained()
    let now = test.world.clock.now()
    let past = try await test.give(.accountViewer, from: now - .hours(2), until: now)
    let future = try await test.give(.accountManager, from: now + .seconds(1))
    let elsewhere = try await test.give(.reportViewer, scope: ResourceName(type: "region", id: "south"))
    let limited = try await test.give(Explained.clerk)
    let explanation = try await test.explain()
    #expect(!explanation.decision.allowed)
    #expect(explanation.held.map(\.facts.id) == [limited, elsewhere, future, past].map(\.id))
    #expect(explanation.held.map(\.obstacle) == [.conditionNotMet, .otherResource, .notYetValid, .noLongerValid])
    // What it lies in counts, from then on until then.
    let near = try await test.give(.reportViewer, scope: Explained.region, from: now, until: now + .seconds(1))
    #expect(try await test.explain().held.first?.assignment == near)
    #expect(try await test.explain().decision.allowed)
    test.world.clock.advance(by: .seconds(1))
    #expect(try await test.explain().held.first?.assignment == future)
  }

  @Test func `for want of a role it is told which would do, and who may give it`() async throws {
    let test = try await Explained()
    let explanation = try await test.explain()
    #expect(explanation.held.isEmpty)
    let roles = explanation.missing.map(\.role.id)
    #expect(roles == [.accountAdministrator, .accountManager, .accountViewer, Explained.chief, .reportViewer, Explained.clerk])
    #expect(explanation.missing.map(\.isConditional) == [false, false, false, false, false, true])
    let viewer = try #require(explanation.missing.first { $0.role.id == .accountViewer })
    #expect(viewer.mayBeGivenBy == [.accountAdministrator, .userAdministrator])
    #expect(explanation.people == [test.ada.id])
  }

  @Test(.threat("ROL8"))
  func `a role that would do and is not active is the nearest miss, and one that is active beside another it excludes`()
    async throws
  {
    let test = try await Explained()
    try await test.exclude([.reportViewer, .accountManager])
    let viewer = try await test.give(.reportViewer)
    try await test.give(.accountManager)
    let clerk = try await test.give(Explained.clerk)
    func explain(_ active: RoleID...) async throws -> Explanation {
      try await test.explain(context: ["active_roles": .array(active.map { .string($0.text) })])
    }
    let unnamed = try await test.explain()
    #expect(unnamed.decision.reason == .activeRolesRequired)
    #expect(unnamed.held.map(\.obstacle) == [.roleNotActive, .roleNotActive, .conditionNotMet])
    let one = try await explain(.reportViewer)
    #expect(one.decision.allowed)
    #expect(one.held.map(\.obstacle) == [nil, .roleNotActive, .conditionNotMet])
    #expect(one.held.first?.assignment == viewer)
    let both = try await explain(.reportViewer, .accountManager)
    #expect(both.decision.reason == .rolesExcludeEachOther)
    #expect(both.held.map(\.obstacle) == [.rolesExcludeEachOther, .rolesExcludeEachOther, .conditionNotMet])
    // What stands against it besides is told first.
    let none = try await explain()
    #expect(none.decision.reason == .noRoleGrantsPermission)
    #expect(none.held.last?.assignment == clerk && none.held.last?.obstacle == .conditionNotMet)
  }

  @Test func `of somebody who cannot act nothing counts, and what would is named`() async throws {
    let test = try await Explained()
    try await test.give(.reportViewer)
    let (contoso, ben) = (test.contoso, test.ben)
    try await test.world.store.write { tx in
      var membership = try #require(try tx.membership(ben.id, in: contoso.id))
      membership.state = .suspended
      _ = try tx.update(membership)
    }
    let explanation = try await test.explain()
    #expect(explanation.decision.reason == .membershipSuspended)
    #expect(explanation.held.map(\.obstacle) == [.cannotAct])
  }

  @Test func `a condition that is met counts however many were asked before it`() async throws {
    let test = try await Explained()
    let never = (0..<24).map { "resource.properties.amount == \($0 + 1)" }
    for role in try await test.define(never + ["resource.properties.amount == 1500"]) { try await test.give(role) }
    let explanation = try await test.explain()
    #expect(explanation.decision.allowed)
    #expect(explanation.held.count == Explanation.maximum && explanation.heldBesides == 5)
    #expect(explanation.held.map(\.obstacle) == [nil] + Array(repeating: .conditionNotMet, count: 19))
    #expect(explanation.held.flatMap(\.conditions).count == Explanation.maximum)
    #expect(explanation.held.allSatisfy { $0.conditions.first?.values.map(\.path) == ["resource.properties.amount"] })
  }

  @Test func `of many conditions of one role the first are told, and the one that is met`() async throws {
    let test = try await Explained()
    let never = (0..<24).map { "resource.properties.amount == \($0 + 1)" }
    let parents = try await test.define(never + ["resource.properties.amount == 1500"], named: "parent")
    let heir = try await test.define(["resource.properties.amount == 0"], parents: Set(parents), named: "heir")
    try await test.give(heir[0])
    let held = try #require(try await test.explain().held.first)
    #expect(held.obstacle == nil && held.way == [parents[24]])
    #expect(held.conditions.map(\.outcome) == Array(repeating: .notMet, count: Explanation.maximum - 1) + [.met])
    #expect(held.conditionsBesides == 6)
  }

  @Test(.threat("CEL1")) func `what a decision had no steps left for is named`() async throws {
    let test = try await Explained()
    for role in try await test.define((2...5).map { "context.many.exists(n, n == \($0))" }) { try await test.give(role) }
    let explanation = try await test.explain(context: ["many": .array(Array(repeating: 1, count: 19_000))])
    #expect(!explanation.decision.allowed)
    #expect(explanation.held.map(\.obstacle) == [.conditionNotMet, .conditionNotMet, .conditionsTooCostly, .conditionsTooCostly])
    #expect(explanation.held.map { $0.conditions.first?.values.isEmpty } == [false, false, true, true])
  }

  @Test(.threat("CEL1"))
  func `many explained at once have the steps of one request, those to tell what was looked at among them`()
    async throws
  {
    let test = try await Explained()
    for role in try await test.define((2...3).map { "context.many.exists(n, n == \($0))" } + ["true"]) {
      try await test.give(role)
      // So that they are asked in this order.
      test.world.clock.advance(by: .seconds(1))
    }
    let asker = try await test.world.application(
      Application(
        id: ApplicationID(trusted: "asker"), name: "Orders", authentication: .basic, grantTypes: [], scopes: [],
        owner: test.contoso.id, createdAt: test.world.clock.now()), roles: [.accountAdministrator], in: test.contoso)
    let request = AccessRequest(
      subject: .init(type: "user", id: test.ben.id.text), action: .init(name: Explained.order.action),
      resource: .init(type: Explained.order.resourceType, id: "1"),
      context: ["many": .array(Array(repeating: 1, count: 19_000))])
    let explanations = try await ExplainDecision()(askedBy: asker, at: test.world.clock.now(), env: test.world.env) { decisions in
      try (0..<8).map { _ in try decisions.decide(request).explanation }
    }
    .compactMap(\.self)
    let allowed = explanations.prefix { $0.decision.allowed }
    // Each is asked once to be decided and once to be told.
    #expect(explanations.count == 8 && allowed.count == 5)
    for explanation in explanations.dropFirst(6) {
      #expect(explanation.decision.reason == .requestTooCostly)
      #expect(explanation.held.allSatisfy { $0.obstacle == .conditionsTooCostly && $0.conditions[0].values.isEmpty })
    }
    for explanation in explanations {
      #expect(explanation.decision.allowed == explanation.held.contains { $0.obstacle == nil })
    }
  }

  @Test func `to ask why is to use nothing`() async throws {
    let test = try await Explained()
    try await test.give(.reportViewer)
    #expect(try await test.explain().decision.allowed)
    let uses = test.world.env.policy.uses.take(atMost: 100)
    #expect(uses.allSatisfy { $0.holder != .account(test.ben.id) })
  }

  @Test func `so many are told and no more, and how many there are besides`() async throws {
    let test = try await Explained()
    for number in 0..<Explanation.maximum + 3 {
      try await test.give(.reportViewer, scope: ResourceName(type: "region", id: "r\(number)"))
    }
    let explanation = try await test.explain()
    #expect(explanation.held.count == Explanation.maximum && explanation.heldBesides == 3)
  }

  @Test(.threat("AZN3")) func `who may not see who holds what is told nothing, and nobody of people elsewhere`() async throws {
    let test = try await Explained()
    let fabrikam = try await test.world.organization(name: "Fabrikam")
    let fay = try await test.world.member(of: fabrikam, "fay@fabrikam.test", roles: [.accountAdministrator], password: nil)
    await #expect(throws: AccessDenied.self) { try await test.explain(as: test.ben) }
    await #expect(throws: AccessDenied.self) { try await test.explain(as: fay) }
    let stranger = try await test.explain(of: fay.id.text)
    let nobody = try await test.explain(of: "nobody")
    for explanation in [stranger, nobody] {
      #expect(explanation.decision.reason.codeForApplications == "not_a_member")
      #expect(explanation.held.isEmpty && explanation.missing.isEmpty && explanation.people.isEmpty)
    }
    let now = test.world.clock.now()
    try await test.world.store.write { tx in
      try tx.insert(RegisteredResource(type: "order", id: "of-fabrikam", organization: fabrikam.id, createdAt: now))
    }
    try await test.give(.reportViewer)
    let withheld = try await test.explain(resource: "of-fabrikam")
    #expect(!withheld.decision.allowed && withheld.held.isEmpty && withheld.missing.isEmpty)
  }

  @Test func `an explanation always fits its decision, and the decision is that of memory`() async throws {
    let test = try await Explained()
    try await test.join()
    var dice = Dice(7)
    let roles: [RoleID] = [.reportViewer, .agreementAdministrator, Explained.clerk, Explained.chief]
    let scopes: [ResourceName?] = [
      nil, Explained.region, ResourceName(type: "order", id: "1"), ResourceName(type: "order", id: "2"),
    ]
    let asker = Application(
      id: ApplicationID(trusted: "asker"), name: "Orders", authentication: .basic, grantTypes: [], scopes: [],
      owner: test.contoso.id, createdAt: test.world.clock.now())
    for _ in 0..<25 {
      let now = test.world.clock.now()
      let given = RoleAssignment(
        id: test.world.command.newID(), organization: test.contoso.id,
        holder: dice.happens(oneIn: 2) ? .group(test.sales.id) : .account(test.ben.id), role: roles[dice.below(roles.count)],
        scope: scopes[dice.below(scopes.count)], startsAt: dice.happens(oneIn: 3) ? now + .seconds(1) : nil,
        endsAt: dice.happens(oneIn: 3) ? now + .seconds(2) : nil, grantedBy: "command:test", createdAt: now)
      try? await test.world.store.write { tx in try tx.seed(given) }
      for resource in ["1", "2", "3"] {
        let explanation = try await test.explain(resource: resource)
        #expect(explanation.decision.allowed == explanation.held.contains { $0.obstacle == nil })
        let request = AccessRequest(
          subject: .init(type: "user", id: test.ben.id.text), action: .init(name: "view"),
          resource: .init(type: "order", id: resource))
        let state = try #require(test.world.env.policy.currentState)
        let decision = try DecideAccess()(request, askedBy: asker, knowing: state, at: test.world.clock.now())
        #expect(decision == explanation.decision)
      }
      test.world.clock.advance(by: .seconds(1))
    }
  }
}
