internal import AccessControl
internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@Suite(.rule("Authorization API 1.0 §5.5.1")) struct ReasonsForAdministrators {
  private struct Asked {
    let server: RunningServer
    let contoso: Organization
    let ben: Account
    let token: String

    /// - Parameter roles: what the application that asks holds at Contoso.
    init(roles: [RoleID]) async throws {
      server = try await RunningServer.start(try await TestWorld.make())
      contoso = try await server.world.organization()
      ben = try await server.world.member(of: contoso, "ben@contoso.test", roles: [.accountViewer], password: nil)
      let contoso = contoso
      token = try await server.application("Console", roles: roles, in: contoso) { $0.owner = contoso.id }
        .ownToken(scope: "usher:decide")
    }

    func ask(_ endpoint: String, _ members: JSONObject, reason: String = "explained") async throws -> HTTPReply {
      var body = members
      body["subject"] = ["type": "user", "id": .string(ben.id.text)]
      body["options"] = ["reason": .string(reason), "evaluations_semantic": "deny_on_first_deny"]
      return try await server.client.post(
        "/access/v1/\(endpoint)", json: body.text, headers: [("Authorization", "Bearer \(token)")])
    }

    func one(_ type: String = "order", reason: String = "explained") async throws -> EvaluationResponse {
      let reply = try await ask("evaluation", ["action": ["name": "view"], "resource": Self.resource(type)], reason: reason)
      #expect(reply.status == 200)
      #expect(reply.header("Usher-Revision") == String(server.world.env.policy.revision))
      return try JSONDecoder().decode(EvaluationResponse.self, from: Data(reply.body))
    }

    static func resource(_ type: String) -> JSON { ["type": .string(type), "id": "1"] }
  }

  @Test func `an application that may see who holds what hears why`() async throws {
    let test = try await Asked(roles: [.userAdministrator])
    let answer = try await test.one()
    #expect(answer.decision)
    #expect(answer.context?.reason == "permission_granted" && answer.context?.roles == ["account-viewer"])
    let why = try #require(answer.context?.reasonAdmin)
    #expect(why.permission == "order:view" && why.at == test.server.world.clock.now().rfc3339)
    #expect(why.grants.map(\.role) == ["account-viewer"])
    #expect(why.grants.map(\.holder) == [.init(type: "account", id: test.ben.id.text)])
    #expect(why.grants.map(\.grantedBy) == ["command:test"])
    let denied = try await test.one("key")
    #expect(denied.decision == false)
    #expect(denied.context?.reasonAdmin?.missing.map(\.role) == ["account-administrator", "account-manager", "report-viewer"])
  }

  @Test(.threat("AZN3"), arguments: [[], [RoleID.reportViewer]])
  func `one that may not hears what it heard before, decided alike`(roles: [RoleID]) async throws {
    let test = try await Asked(roles: roles)
    let full = try await test.one(reason: "full")
    #expect(full.context?.reasonUser?["en"]?.isEmpty == false)
    #expect(try await test.one() == full)
  }

  @Test func `nobody who did not ask hears it`() async throws {
    let test = try await Asked(roles: [.userAdministrator])
    for reason in ["code", "full"] { #expect(try await test.one(reason: reason).context?.reasonAdmin == nil) }
  }

  @Test func `many questions are explained each, as far as they are decided`() async throws {
    let test = try await Asked(roles: [.userAdministrator])
    let items = ["order", "report", "agreement-x", "license"].map { type -> JSON in ["resource": Asked.resource(type)] }
    let reply = try await test.ask("evaluations", ["action": ["name": "view"], "evaluations": .array(items)])
    let answers = try JSONDecoder().decode(EvaluationsResponse.self, from: Data(reply.body)).evaluations
    #expect(answers.map(\.decision) == [true, true, false])
    #expect(answers.map { $0.context?.reasonAdmin?.permission } == ["order:view", "report:view", nil])
    let flawed = try await test.ask("evaluations", ["action": ["name": "view"], "evaluations": [[:]]])
    #expect(
      try flawed.json()["evaluations"]?.arrayValue?.first?.objectValue?["context"]?.objectValue?["reason"] == "invalid_request")
    #expect(try await test.ask("evaluation", ["action": ["name": "view"]]).status == 400)
  }

  @Test(.threat("AZN2")) func `without the database nothing is explained, and nothing allowed`() async throws {
    let test = try await Asked(roles: [.userAdministrator])
    test.server.world.env.policy.confirm(isCurrent: false, until: nil)
    #expect(try await test.ask("evaluation", ["action": ["name": "view"], "resource": Asked.resource("order")]).status == 503)
  }
}

@Suite(.rule("MISSION: why")) struct ExplainingByTheManagementAPI {
  private static func question(_ person: Account, _ type: String = "order") -> JSON {
    [
      "subject": ["type": "user", "id": .string(person.id.text)], "action": ["name": "view"],
      "resource": ["type": .string(type), "id": "1"],
    ]
  }

  @Test func `an administrator asks why, and is told in words and in full`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .accountViewer)
    let path = "/organizations/\(test.contoso.id)/explanations"
    let reply = try await test.call("POST", path, as: test.admin, body: Self.question(dan))
    #expect(reply.status == 200)
    #expect(reply["decision"] == true && reply["reason"] == "permission_granted")
    #expect(reply["reason_user", "ru"]?.stringValue?.isEmpty == false)
    #expect(reply["reason_admin", "grants", "0", "role"] == "account-viewer")
    let denied = try await test.call("POST", path, as: test.admin, body: Self.question(dan, "key"))
    #expect(denied["decision"] == false && denied["reason"] == "no_role_grants_permission")
    #expect(denied["reason_admin", "people", "0"]?.stringValue == test.admin.id.text)
  }

  @Test func `what people are told is in the words of the operator`() async throws {
    let test = try await ManagementWorld(appearance: [
      "en.json": #"{"decision": {"noRoleGrantsPermission": "Ask Olga."}}"#
    ])
    let dan = try await test.member("dan@contoso.test", .accountViewer)
    let reply = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/explanations", as: test.admin, body: Self.question(dan, "key"))
    #expect(reply["reason_user", "en"] == "Ask Olga.")
  }

  @Test(.threat("AZN3")) func `nobody else is told, and nobody about another organization`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .accountViewer)
    let path = "/organizations/\(test.contoso.id)/explanations"
    #expect(try await test.call("POST", path, as: dan, body: Self.question(dan)).status == 403)
    #expect(try await test.call("POST", path, as: test.adminOfFabrikam, body: Self.question(dan)).status == 403)
    #expect(try await test.call("POST", path, as: test.operatorOfPortal, body: Self.question(dan)).status == 200)
    let elsewhere: JSON = ["subject": ["type": "user"], "action": ["name": "view"]]
    #expect(try await test.call("POST", path, as: test.admin, body: elsewhere).status == 400)
  }
}
