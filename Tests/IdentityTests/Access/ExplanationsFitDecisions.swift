import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// Explanations of random policies with conditions, some of them costly, roles that are not to be used together, and active roles.
@Suite(.threat("ROL8", "CEL1")) struct ExplanationsFitDecisions {
  private static let order = Permission("order", "view")
  private static let regions = [ResourceName(type: "region", id: "north"), ResourceName(type: "region", id: "south")]
  private static let conditions = [
    "resource.properties.amount < 3", "subject.id != 'nobody'", "context.missing == 1", "context.many.exists(n, n == 2)",
    "context.many.exists(n, n == 3)", "context.many.exists(n, n == 4)", "'blue' in context.colours",
  ]

  private struct World {
    let world: TestWorld
    let contoso: Organization
    let admin: Account
    let ben: Account
    let asker: Application
    var roles: [RoleID] = []
    var dice: Dice

    init(_ seed: UInt64) async throws {
      dice = Dice(seed)
      world = try await TestWorld.make()
      contoso = try await world.organization()
      admin = try await world.member(of: contoso, roles: [.accountAdministrator], password: nil)
      ben = try await world.member(of: contoso, "ben@contoso.test", password: nil)
      asker = Application(
        id: ApplicationID(trusted: "asker"), name: "Orders", authentication: .basic, grantTypes: [], scopes: [],
        owner: contoso.id, createdAt: world.clock.now())
      try await fill()
    }

    private mutating func fill() async throws {
      let now = world.clock.now()
      var defined: [Role] = []
      for number in 0..<6 {
        let isPlain = dice.happens(oneIn: 4)
        let condition = try Condition(conditions[dice.below(conditions.count)])
        let parents = number > 0 && dice.happens(oneIn: 2) ? [roles[dice.below(number)]] : []
        let role = Role(
          id: RoleID(trusted: "role-\(number)"), wording: Wording(name: "Role"), permissions: .listed(isPlain ? [order] : []),
          conditions: isPlain || dice.happens(oneIn: 5) ? [:] : [order: condition], parents: Set(parents), mayGrant: .nothing,
          organizationKinds: [.customer], origin: .portal)
        defined.append(role)
        roles.append(role.id)
      }
      let exclusions = (0..<dice.below(3)).map { _ in
        RoleExclusion(
          id: world.command.newID(), name: "Apart", kind: .dynamic, roles: [roles[dice.below(3)], roles[3 + dice.below(3)]],
          cardinality: 2, origin: .portal, organizationKinds: [.customer])
      }
      let group = Group(id: world.command.newID(), organization: contoso.id, name: "Sales", createdAt: now)
      var given: [RoleAssignment] = []
      for role in roles where !dice.happens(oneIn: 4) {
        given.append(
          RoleAssignment(
            id: world.command.newID(), organization: contoso.id,
            holder: dice.happens(oneIn: 3) ? .group(group.id) : .account(ben.id), role: role,
            scope: dice.happens(oneIn: 3) ? regions[dice.below(2)] : nil,
            endsAt: dice.happens(oneIn: 6) ? now + .seconds(1) : nil, grantedBy: "command:test", createdAt: now))
      }
      let membership = GroupMembership(
        group: group.id, organization: contoso.id, member: .account(ben.id), addedBy: "command:test", addedAt: now)
      let (contoso, assignments, everyRole) = (contoso, given, defined)
      try await world.store.write { tx in
        for role in everyRole {
          try tx.seed(DefinedRole(role: role, createdAt: now, definedAt: now, definedBy: "command:test"))
        }
        for exclusion in exclusions {
          try tx.seed(DefinedExclusion(exclusion: exclusion, createdAt: now, definedAt: now, definedBy: "command:test"))
        }
        try tx.insert(group)
        for assignment in assignments { try tx.seed(assignment) }
        _ = try tx.seed(membership)
        for (number, region) in regions.enumerated() {
          try tx.insert(
            RegisteredResource(
              type: "order", id: "\(number)", organization: contoso.id, parent: region,
              attributes: ["amount": .integer(Int64(number * 5))], createdAt: now))
        }
      }
      world.clock.advance(by: .seconds(1))
    }

    mutating func request() -> AccessRequest {
      var context: JSONObject = ["colours": dice.happens(oneIn: 2) ? ["blue"] : []]
      context["many"] = .array(Array(repeating: 1, count: dice.happens(oneIn: 2) ? 19_000 : 3))
      if dice.happens(oneIn: 2) { context["active_roles"] = list(roles.filter { _ in dice.happens(oneIn: 2) }) }
      return AccessRequest(
        subject: .init(type: "user", id: ben.id.text), action: .init(name: order.action),
        resource: .init(type: order.resourceType, id: "\(dice.below(3))"), context: context)
    }

    func list(_ roles: [RoleID]) -> JSON { .array(roles.map { .string($0.text) }) }

    func explain(_ request: AccessRequest) async throws -> Explanation {
      try await ExplainDecision()(request, in: contoso.id, world.occasion(as: admin), env: world.env)
    }

    func decide(_ request: AccessRequest) throws -> Decision {
      try DecideAccess()(
        request, askedBy: asker, knowing: try #require(world.env.policy.currentState), at: world.clock.now())
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `an explanation says what the decision says, and names no obstacle for what is met`(seed: UInt64) async throws {
    var world = try await World(seed)
    for _ in 0..<12 {
      let request = world.request()
      let explanation = try await world.explain(request)
      #expect(try world.decide(request) == explanation.decision)
      #expect(explanation.decision.allowed == explanation.held.contains { $0.obstacle == nil })
      for held in explanation.held { try check(held, of: explanation, request, world) }
    }
  }

  private func check(
    _ held: Explanation.Held, of explanation: Explanation, _ request: AccessRequest, _ world: World
  ) throws {
    let state = world.world.env.policy.state
    let input = state.input(
      for: request, subject: nil, resource: state.number(of: ResourceName(type: "order", id: request.resource.id ?? "")),
      at: explanation.moment)
    let outcomes = held.conditions.map { $0.condition.evaluate(input) }
    switch held.obstacle {
    case nil: #expect(held.conditions.isEmpty || outcomes.last == .met)
    case .conditionNotMet: #expect(!outcomes.isEmpty && !outcomes.contains(.met))
    case .conditionsTooCostly: #expect(held.conditions.contains { $0.outcome == .failed(.decisionTooCostly) })
    case .roleNotActive:
      // Whoever says that it is active is allowed, unless they say so of too many.
      let active = request.context["active_roles"]?.arrayValue ?? []
      var context = request.context
      context["active_roles"] = .array(active + [.string(held.role.id.text)])
      #expect(!active.contains(.string(held.role.id.text)))
      let decision = try world.decide(
        AccessRequest(subject: request.subject, action: request.action, resource: request.resource, context: context))
      #expect(decision.allowed || decision.reason == .rolesExcludeEachOther)
    case .rolesExcludeEachOther: #expect(explanation.decision.reason == .rolesExcludeEachOther)
    case .otherResource, .notYetValid, .noLongerValid: #expect(held.conditions.isEmpty)
    case .cannotAct: Issue.record("Ben can act.")
    }
  }
}
