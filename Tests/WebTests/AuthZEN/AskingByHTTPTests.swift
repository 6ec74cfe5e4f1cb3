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

  private static let endpoints = ["evaluation", "evaluations", "search/subject", "search/resource", "search/action"]

  @Test(arguments: endpoints)
  func `the request id comes back with every refusal as well`(endpoint: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    let json = ("Content-Type", "application/json")
    let authorized = ("Authorization", "Bearer \(token)")
    func send(_ method: String, _ headers: [(String, String)], _ body: String) async throws -> HTTPReply {
      try await server.client.send(
        method, "/access/v1/\(endpoint)", headers: headers + [("X-Request-ID", "Theirs: (17)/é")],
        body: Array(body.utf8))
    }
    let long = String(repeating: " ", count: 140_000)
    for (status, reply) in [
      (400, try await send("POST", [json, authorized], "{}")), (400, try await send("POST", [authorized], "{}")),
      (401, try await send("POST", [json], "{}")), (405, try await send("PUT", [json, authorized], "{}")),
      (413, try await send("POST", [json, authorized], long)),
    ] {
      #expect(reply.status == status)
      #expect(reply.header("X-Request-ID") == "Theirs: (17)/é")
      #expect(try reply.json()["error_description"]?.stringValue?.isEmpty == false)
    }
    server.world.env.policy.confirm(isCurrent: false, until: nil)
    let unavailable = try await send("POST", [json, authorized], "{}")
    #expect(unavailable.status == 503)
    #expect(unavailable.header("X-Request-ID") == "Theirs: (17)/é")
  }

  @Test func `the log tells both names of a request`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await server.client.post("/access/v1/evaluation", json: "{}", headers: [("X-Request-ID", "theirs-1")])
    #expect(server.log.lines.contains { $0.contains("request_id=") && $0.contains("caller_request_id=theirs-1") })
  }

  @Test(arguments: ["text/plain", "application/xml", "application/json-seq", "application/json; charset=latin1", ""])
  func `a question of another type is a bad request`(type: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    for endpoint in Self.endpoints {
      let reply = try await server.client.send(
        "POST", "/access/v1/\(endpoint)", headers: [("Authorization", "Bearer \(token)"), ("Content-Type", type)],
        body: Array(Self.question.utf8))
      #expect(reply.status == 400)
      #expect(try reply.json()["error"] == "invalid_request")
    }
  }

  @Test(arguments: ["application/json", "Application/JSON; charset=UTF-8", #"application/json;charset="utf-8""#])
  func `the type may be spelled in every way that means it`(type: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    for endpoint in Self.endpoints {
      let reply = try await server.client.send(
        "POST", "/access/v1/\(endpoint)", headers: [("Authorization", "Bearer \(token)"), ("Content-Type", type)],
        body: Array(Self.question.utf8))
      #expect(reply.status == 200)
      #expect(reply.header("Content-Type") == "application/json")
    }
  }

  @Test func `only POST asks, and that is told`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for endpoint in Self.endpoints {
      for method in ["GET", "PUT", "DELETE"] {
        let reply = try await server.client.send(method, "/access/v1/\(endpoint)", headers: [], body: nil)
        #expect(reply.status == 405)
        #expect(reply.header("Allow") == "OPTIONS, POST")
      }
    }
  }

  @Test func `many questions are answered at once, and rest on one revision`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let contoso = try await server.world.organization()
    let ada = try await server.world.member(of: contoso, roles: [.accountViewer])
    let token = try await server.application("Orders").ownToken(scope: "usher:decide")
    let request: JSONObject = [
      "subject": .object(["type": "user", "id": .string(ada.id.text)]), "action": .object(["name": "view"]),
      "context": .object(["organization": .string(contoso.id.text)]),
      "evaluations": .array(["order", "key"].map { .object(["resource": .object(["type": .string($0), "id": "1"])]) }),
    ]
    let reply = try await server.client.post(
      "/access/v1/evaluations", json: request.text, headers: [("Authorization", "Bearer \(token)")])
    #expect(reply.status == 200)
    #expect(try reply.json()["evaluations"]?.arrayValue?.map { $0.objectValue?["decision"] } == [true, false])
    #expect(reply.header("Usher-Revision") == String(server.world.env.policy.revision))
    let unasked = try await server.client.post("/access/v1/evaluations", json: request.text)
    #expect(unasked.status == 401)
    #expect(unasked.header("WWW-Authenticate")?.hasPrefix("Bearer ") == true)
  }

  private static let question =
    #"{"subject":{"type":"user","id":"x"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#

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
    #expect(metadata["access_evaluations_endpoint"] == "https://usher.test/access/v1/evaluations")
    #expect(metadata["search_action_endpoint"] == "https://usher.test/access/v1/search/action")
  }

  @Test(.threat("AZN3")) func `who may is asked with a token for it, and found as of now`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let contoso = try await server.world.organization()
    let ada = try await server.world.member(of: contoso, roles: [.accountViewer])
    let application = try await server.application("Shop") { $0.owner = contoso.id }
    let search = #"{"subject":{"type":"user"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#
    func found(_ token: String) async throws -> HTTPReply {
      try await server.client.post("/access/v1/search/subject", json: search, headers: [("Authorization", "Bearer \(token)")])
    }
    #expect(try await found(try await application.ownToken(scope: "usher:manage")).status == 401)
    let token = try await application.ownToken(scope: "usher:decide")
    let reply = try await found(token)
    #expect(try reply.json()["results"] == [["type": "user", "id": .string(ada.id.text)]])
    #expect(reply.header("Usher-Revision") == String(server.world.env.policy.revision))
    let ben = try await server.world.member(of: contoso, "ben@contoso.test", roles: [.reportViewer])
    let ids = try await found(token).json()["results"]?.arrayValue?.compactMap { $0.objectValue?["id"]?.stringValue }
    #expect(ids.map(Set.init) == [ada.id.text, ben.id.text])
  }

  private func ask(_ server: RunningServer, _ question: String, _ token: String) async throws -> HTTPReply {
    try await server.client.post("/access/v1/evaluation", json: question, headers: [("Authorization", "Bearer \(token)")])
  }
}
