internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.rule("Authorization API 1.0 §10")) struct AskingByHTTP {
  @Test(.threat("AZN3")) func `a question needs a token for this endpoint with the scope for it`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let application = try await server.application("Shop")
    let question = #"{"subject":{"type":"user","id":"x"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#
    let none = try await server.client.post("/access/v1/evaluation", json: question)
    #expect(none.status == 401)
    #expect(none.header("WWW-Authenticate")?.hasPrefix("Bearer ") == true)
    let other = try await application.ownToken(scope: "usher:manage")
    #expect(try await ask(server, question, other).status == 401)
    let token = try await application.ownToken(scope: "usher:decide")
    let answer = try await ask(server, question, token)
    #expect(answer.status == 200)
    #expect(try answer.json()["decision"] == false)
    // The scope is the whole of it: who is not registered for it gets no token, and no role is asked for.
    let unregistered = try await server.application("Games") { $0.scopes = ["usher:manage"] }
    let refused = try await unregistered.call(
      "/oauth/token", [("grant_type", "client_credentials"), ("scope", "usher:decide")])
    #expect(try refused.json()["error"] == "invalid_scope")
    #expect(try await ask(server, question, try await unregistered.ownToken(scope: "usher:manage")).status == 401)
  }

  @Test(.threat("AZN3")) func `an organization's application asks only there, and learns nothing about people elsewhere`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    let contoso = try await server.world.organization()
    let fabrikam = try await server.world.organization(name: "Fabrikam")
    let ada = try await server.world.member(of: contoso, roles: [.accountViewer])
    let fay = try await server.world.member(of: fabrikam, "fay@fabrikam.test", roles: [.accountViewer])
    let own = try await server.application("Contoso Orders") { $0.owner = contoso.id }
    let wide = try await server.application("Orders") { $0.decidesIn = [contoso.id] }
    for application in [own, wide] {
      let token = try await application.ownToken(scope: "usher:decide")
      func may(_ person: String, _ organization: String?) async throws -> JSONObject {
        try await application.mayThey(person, "view", "order", organization: organization, token: token)
      }
      #expect(try await may(ada.id.text, contoso.id.text)["decision"] == true)
      #expect(try await may(ada.id.text, nil)["decision"]?.boolValue == (application.id == own.id))
      let elsewhere = try await may(fay.id.text, fabrikam.id.text)
      #expect(elsewhere == ["decision": false, "context": ["reason": "application_not_admitted"]])
      #expect(try await may("nobody", fabrikam.id.text) == elsewhere)
      #expect(try await may(fay.id.text, "nowhere") == elsewhere)
      #expect(try await may(fay.id.text, contoso.id.text) == (try await may("nobody", contoso.id.text)))
    }
  }

  @Test func `the caller's request id comes back, and without one ours is there`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    let question = #"{"subject":{"type":"user","id":"x"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#
    let theirs = try await server.client.post(
      "/access/v1/evaluation", json: question, headers: [("Authorization", "Bearer \(token)"), ("X-Request-ID", "theirs-1")])
    #expect(theirs.header("X-Request-ID") == "theirs-1")
    #expect(try await ask(server, question, token).header("X-Request-ID")?.isEmpty == false)
  }

  @Test(
    .threat("AZN1", "HTP4"),
    arguments: [
      "", "[]", "{}", #"{"subject":"x","action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#,
      #"{"subject":{"type":"user","id":1},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#,
      #"{"subject":{"type":"user","id":"x"},"subject":{"type":"user","id":"y"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#,
    ])
  func `a question that is none is 400 and says what is wrong with it`(body: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    let reply = try await ask(server, body, token)
    #expect(reply.status == 400)
    #expect(try reply.json()["error_description"]?.stringValue?.isEmpty == false)
  }

  @Test(.threat("AZN2")) func `what cannot be confirmed is answered by nobody`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    server.world.env.policy.confirm(isCurrent: false, until: nil)
    let question = #"{"subject":{"type":"user","id":"x"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#
    #expect(try await ask(server, question, token).status == 503)
  }

  @Test func `the decision point says where it is`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let metadata = try await server.client.get("/.well-known/authzen-configuration").json()
    #expect(metadata["access_evaluation_endpoint"] == "https://usher.test/access/v1/evaluation")
  }

  private func ask(_ server: RunningServer, _ question: String, _ token: String) async throws -> HTTPReply {
    try await server.client.post("/access/v1/evaluation", json: question, headers: [("Authorization", "Bearer \(token)")])
  }
}
