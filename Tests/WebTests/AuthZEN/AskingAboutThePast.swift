internal import AccessControl
internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@Suite struct AskingAboutThePast {
  /// Contoso, its administrator, Ben whose rights change, and an application that asks.
  private struct Asked {
    let server: RunningServer
    let contoso: Organization
    let ada: Account
    let ben: Account
    private let application: TestApplication

    var world: TestWorld { server.world }

    /// - Parameter roles: what the application holds at Contoso.
    init(roles: [RoleID] = [.accountAdministrator]) async throws {
      server = try await RunningServer.start(try await TestWorld.make())
      contoso = try await server.world.organization()
      ada = try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator], password: nil)
      ben = try await server.world.member(of: contoso, "ben@contoso.test", roles: [.accountViewer], password: nil)
      let contoso = contoso
      application = try await server.application("Console", roles: roles, in: contoso) { $0.owner = contoso.id }
    }

    /// A token of this moment: hours pass here.
    var token: String {
      get async throws { try await application.ownToken(scope: "usher:decide") }
    }

    func ask(
      _ action: String = "view", _ type: String = "order", resource: String = "1", at moment: JSON? = nil,
      reason: String = "code"
    ) async throws -> HTTPReply {
      var context = JSONObject()
      if let moment { context["at"] = moment }
      let body: JSONObject = [
        "subject": ["type": "user", "id": .string(ben.id.text)], "action": ["name": .string(action)],
        "resource": ["type": .string(type), "id": .string(resource)], "context": .object(context),
        "options": ["reason": .string(reason)],
      ]
      return try await server.client.post(
        "/access/v1/evaluation", json: body.text, headers: [("Authorization", "Bearer \(try await token)")])
    }

    func answer(
      _ action: String = "view", _ type: String = "order", resource: String = "1", at moment: Timestamp? = nil,
      reason: String = "code"
    ) async throws -> EvaluationResponse {
      let reply = try await ask(action, type, resource: resource, at: moment.map { .string($0.rfc3339) }, reason: reason)
      #expect(reply.status == 200)
      return try JSONDecoder().decode(EvaluationResponse.self, from: Data(reply.body))
    }
  }

  @Test func `a role that was taken allowed what it allowed then`() async throws {
    let test = try await Asked()
    // What is committed at one moment is written down one microsecond after the other.
    test.world.clock.advance(by: .seconds(1))
    let before = test.world.clock.now()
    test.world.clock.advance(by: .hours(1))
    let held = try await test.world.store.read { tx in try tx.roleAssignments(of: .account(test.ben.id)) }
    try await RemoveRole()(held[0].id, in: test.contoso.id, test.world.occasion(as: test.ada), env: test.world.env)
    #expect(try await !test.answer().decision)
    let then = try await test.answer(at: before, reason: "explained")
    #expect(then.decision)
    #expect(then.context?.roles == ["account-viewer"])
    #expect(then.context?.reasonAdmin?.at == before.rfc3339)
    // The assignment is told as it was, although nobody holds it any more.
    #expect(then.context?.reasonAdmin?.grants.map(\.grantedBy) == ["command:test"])
    #expect(try await !test.answer(at: test.world.clock.now()).decision)
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func `whatever changed, the answer for a moment is the one that was given then`(_ seed: UInt64) async throws {
    let test = try await Asked()
    var dice = Dice(seed)
    var given: [(moment: Timestamp, question: (action: String, type: String, resource: String), answer: EvaluationResponse)] = []
    let clerk = RoleID(trusted: "clerk")
    try await define(clerk, limit: 500, version: 1, test)
    for round in 0..<30 {
      test.world.clock.advance(by: .minutes(10))
      try await change(Int(dice.below(7)), clerk, round, test)
      test.world.clock.advance(by: .minutes(1))
      for question in [("view", "order", "1"), ("view", "key", "1"), ("view", "order", "big"), ("edit", "agreement", "1")] {
        let answer = try await test.answer(question.0, question.1, resource: question.2)
        given.append((test.world.clock.now(), question, answer))
      }
    }
    // Both answers were given.
    #expect(Set(given.map(\.answer.decision)).count == 2)
    test.world.clock.advance(by: .hours(1))
    for (moment, question, answer) in given {
      let again = try await test.answer(question.action, question.type, resource: question.resource, at: moment)
      #expect(again == answer, "\(question) at \(moment)")
    }
  }

  /// Defines, or defines anew, a role that views orders up to a limit.
  private func define(_ id: RoleID, limit: Int, version: Int64, _ test: Asked) async throws {
    let now = test.world.clock.now()
    let role = Role(
      id: id, wording: Wording(name: "Clerk"), permissions: .listed([]),
      conditions: [.orderView: try Condition("resource.properties.amount < \(limit)")], mayGrant: .nothing,
      organizationKinds: [.customer], origin: .portal)
    try await test.world.store.write { tx in
      let defined = DefinedRole(role: role, createdAt: now, definedAt: now, definedBy: "command:test", version: version)
      if version == 1 {
        try tx.seed(defined)
        try tx.insert(
          RegisteredResource(
            type: "order", id: "big", organization: test.contoso.id, attributes: ["amount": 1000], createdAt: now))
      } else {
        #expect(try tx.reseed(defined))
      }
    }
  }

  private func change(_ kind: Int, _ clerk: RoleID, _ round: Int, _ test: Asked) async throws {
    let (world, env) = (test.world, test.world.env)
    func occasion() -> Occasion { world.occasion(as: test.ada) }
    switch kind {
    case 0:
      _ = try await AssignRole()(.reportViewer, to: .account(test.ben.id), in: test.contoso.id, occasion(), env: env)
    case 1, 2:
      let held = try await world.store.read { tx in try tx.roleAssignments(of: .account(test.ben.id)) }
      if let first = held.first { try await RemoveRole()(first.id, in: test.contoso.id, occasion(), env: env) }
    case 3:
      let isActive = world.env.policy.state.activeRoles(of: test.ben.id, in: test.contoso.id, at: world.clock.now()) != nil
      if isActive {
        try await SuspendMembership()(test.ben.id, in: test.contoso.id, occasion(), env: env)
      } else {
        try await RestoreMembership()(test.ben.id, in: test.contoso.id, occasion(), env: env)
      }
    case 4:
      let current = try await world.store.read { tx in try tx.definedRole(clerk)?.version } ?? 1
      try await define(clerk, limit: round.isMultiple(of: 2) ? 2000 : 100, version: current + 1, test)
    case 5:
      let held = try await world.store.read { tx in try tx.roleAssignments(of: .account(test.ben.id)) }
      guard !held.contains(where: { $0.role == clerk }) else { return }
      let assignment = RoleAssignment(
        id: world.command.newID(), organization: test.contoso.id, holder: .account(test.ben.id), role: clerk,
        endsAt: world.clock.now() + .minutes(25), grantedBy: "command:test", createdAt: world.clock.now())
      try await world.store.write { tx in try tx.seed(assignment) }
    default:
      try await world.store.write { tx in
        guard var order = try tx.resource(type: "order", id: "big") else { return }
        order.attributes = ["amount": .integer(round.isMultiple(of: 2) ? 50 : 1500)]
        #expect(try tx.update(order))
      }
    }
  }

  @Test(.threat("AZN3"), arguments: [[], [RoleID.userAdministrator]])
  func `an application that may not see what happened learns nothing of the past`(roles: [RoleID]) async throws {
    let test = try await Asked(roles: roles)
    test.world.clock.advance(by: .seconds(1))
    let answer = try await test.answer(at: test.world.clock.now())
    #expect(!answer.decision)
    #expect(answer.context?.reason == "past_withheld")
    #expect(try await test.answer().decision)
  }

  @Test(.threat("AZN1")) func `a moment that is none, or not yet, or before anything is known, is told so`() async throws {
    let test = try await Asked()
    for moment: JSON in [
      "yesterday", 17, .string((test.world.clock.now() + .seconds(1)).rfc3339), "1999-01-01T00:00:00Z",
    ] {
      let reply = try await test.ask(at: moment)
      #expect(reply.status == 400)
      #expect(reply.text.contains("context.at"))
    }
  }

  @Test(.threat("AZN1")) func `a search is for now, and says so`() async throws {
    let test = try await Asked()
    let body: JSONObject = [
      "subject": ["type": "user"], "action": ["name": "view"], "resource": ["type": "order", "id": "1"],
      "context": ["at": .string(test.world.clock.now().rfc3339)],
    ]
    let reply = try await test.server.client.post(
      "/access/v1/search/subject", json: body.text, headers: [("Authorization", "Bearer \(try await test.token)")])
    #expect(reply.status == 400)
    #expect(reply.text.contains("context.at"))
  }

  @Test func `people ask about the past when they may see what happened`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .reportViewer)
    let helper = try await test.member("helper@contoso.test", .userAdministrator)
    // What is committed at one moment is written down one microsecond after the other.
    test.world.clock.advance(by: .seconds(1))
    let before = test.world.clock.now()
    test.world.clock.advance(by: .hours(1))
    let held = try await test.world.store.read { tx in try tx.roleAssignments(of: .account(dan.id)) }
    try await RemoveRole()(held[0].id, in: test.contoso.id, test.world.occasion(as: test.admin), env: test.world.env)
    func explain(_ actor: Account, at moment: String?) async throws -> ManagementWorld.Reply {
      var body: JSONObject = [
        "subject": ["type": "user", "id": .string(dan.id.text)], "action": ["name": "view"],
        "resource": ["type": "key", "id": "1"],
      ]
      if let moment { body["context"] = ["at": .string(moment)] }
      return try await test.call(
        "POST", "/organizations/\(test.contoso.id)/explanations", as: actor, body: .object(body))
    }
    #expect(try await explain(test.admin, at: nil)["decision"] == false)
    #expect(try await explain(test.admin, at: before.rfc3339)["decision"] == true)
    #expect(try await explain(helper, at: nil).status == 200)
    #expect(try await explain(helper, at: before.rfc3339).status == 403)
    #expect(try await explain(test.admin, at: "yesterday").status == 422)
  }
}
