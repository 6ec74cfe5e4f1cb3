internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct EndpointsOfApplications {
  @Test(
    .threat("HTP3"),
    arguments: [
      nil, "text/plain", "application/json", "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded; charset=utf-16",
    ])
  func `a form endpoint reads forms and nothing else`(type: String?) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for path in ["/oauth/token", "/oauth/introspect", "/oauth/revoke", "/sign-in"] {
      let headers = type.map { [("Content-Type", $0)] } ?? []
      #expect(try await server.client.send("POST", path, headers: headers, body: Array("a=b".utf8)).status == 415)
    }
  }

  @Test(.threat("HTP4")) func `a parameter that stands there twice is refused`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let application = try await server.application("Shop")
    let reply = try await application.call(
      "/oauth/token", [("grant_type", "client_credentials"), ("grant_type", "client_credentials")])
    #expect(reply.status == 400)
    #expect(try reply.json()["error"] == "invalid_request")
  }

  @Test(.threat("COD5"), arguments: ["", "\u{0}", "' OR 1=1 --", "😀", String(repeating: "x", count: 100_000)])
  func `a nonsense code is a refusal, and the log keeps nothing of it`(code: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let application = try await server.application("Shop")
    let reply = try await application.redeem(code)
    #expect(reply.status == 400)
    #expect(code.isEmpty || server.log.lines.allSatisfy { !$0.contains(code) })
  }

  @Test(.rule("RFC 6749 §5.1")) func `an answer with tokens is kept by nobody`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let application = try await server.application("Shop")
    let reply = try await application.call("/oauth/token", [("grant_type", "client_credentials"), ("scope", "usher:decide")])
    #expect(reply.status == 200)
    #expect(reply.header("Cache-Control") == "no-store")
    #expect(reply.header("Pragma") == "no-cache")
    #expect(reply.header("Content-Type") == "application/json")
  }

  @Test(.rule("RFC 6749 §5.2"), .threat("CLI1")) func `a wrong secret is 401 with a challenge`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let known = try await server.application("Shop")
    let wrong = TestApplication(known.registered, secret: SecretToken(presented: "wrong"), client: server.client)
    let reply = try await wrong.call("/oauth/token", [("grant_type", "client_credentials")])
    #expect(reply.status == 401)
    #expect(reply.header("WWW-Authenticate")?.hasPrefix("Basic ") == true)
    #expect(try reply.json()["error"] == "invalid_client")
  }

  @Test(.rule("OpenID Connect Core §5.3"), .threat("INT3"))
  func `userinfo tells what the scope covers, and takes a token from the header alone`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let ada = try await server.world.member(of: try await server.world.organization(), roles: [.accountViewer])
    let application = try await server.application("Shop")
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    func token(_ scope: String) async throws -> String {
      let back = try await browser.open(application.authorizationPath(scope: scope))
      let code = try #require(application.returned(back.nextAddress)?.first("code"))
      return try #require(try await application.redeem(code).json()["access_token"]?.stringValue)
    }
    let narrow = try await token("openid")
    let info = try await server.client.get("/oauth/userinfo", headers: [("Authorization", "Bearer \(narrow)")])
    #expect(try info.json() == ["sub": .string(ada.id.text)])
    let wide = try await token("openid email")
    let more = try await server.client.get("/oauth/userinfo", headers: [("Authorization", "Bearer \(wide)")])
    #expect(try more.json()["email"] == "ada@contoso.test")
    let inQuery = try await server.client.get("/oauth/userinfo?access_token=\(narrow)")
    #expect(inQuery.status == 400)
    let none = try await server.client.get("/oauth/userinfo")
    #expect(none.status == 401)
    #expect(none.header("WWW-Authenticate") == #"Bearer realm="usher""#)
  }

  @Test(.rule("RFC 8414 §3"), .threat("KEY2"))
  func `metadata and keys are published, and kept no longer than a new key is announced`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
      let metadata = try await server.client.get(path).json()
      #expect(metadata["issuer"] == "https://usher.test")
      #expect(metadata["token_endpoint"] == "https://usher.test/oauth/token")
      #expect(metadata["authorization_response_iss_parameter_supported"] == true)
    }
    let keys = try await server.client.get("/oauth/jwks")
    #expect(keys.header("Cache-Control") == "public, max-age=600")
    #expect(keys.header("Content-Type") == "application/jwk-set+json")
    let published = try keys.json()["keys"]?.arrayValue ?? []
    #expect(!published.isEmpty)
    #expect(published.allSatisfy { $0.objectValue?["d"] == nil })
  }

  @Test(.threat("KEY2")) func `without a key that opens no set is published, so that nobody keeps an empty one`() async throws {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let now = world.clock.now()
    try await world.store.write { tx in
      for key in try tx.signingKeys() { try tx.retireSigningKey(key.id, at: now, publishedUntil: now) }
      try tx.insert(world.keyOfAnotherRoot())
    }
    let none = try await server.client.get("/oauth/jwks")
    #expect(none.status == 503)
    #expect(none.header("Cache-Control") == "no-store")
    #expect(none.header("Retry-After") == "5")
    #expect(try none.json()["error"] == "temporarily_unavailable")
    _ = try await RotateSigningKeys()(world.command, env: world.env)
    let again = try await server.client.get("/oauth/jwks")
    #expect(again.status == 200)
    #expect(try again.json()["keys"]?.arrayValue?.count == 2)
  }

  @Test(.threat("KEY2"))
  func `a set that lacks a key which does not open is kept by nobody, until that key is published no more`()
    async throws
  {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let foreign = try world.keyOfAnotherRoot()
    try await world.store.write { tx in try tx.insert(foreign) }
    let partial = try await server.client.get("/oauth/jwks")
    #expect(partial.status == 200)
    #expect(try partial.json()["keys"]?.arrayValue?.count == 2)
    #expect(partial.header("Cache-Control") == "no-store")
    let end = world.clock.now() + .minutes(1)
    try await world.store.write { tx in try tx.retireSigningKey(foreign.id, at: end, publishedUntil: end) }
    #expect(try await server.client.get("/oauth/jwks").header("Cache-Control") == "no-store")
    world.clock.advance(by: .minutes(1))
    #expect(try await server.client.get("/oauth/jwks").header("Cache-Control") == "public, max-age=600")
  }

  @Test(.rule("RFC 7009 §2")) func `a revoked refresh token ends its access tokens too`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization(), roles: [.accountViewer])
    let application = try await server.application("Shop")
    let browser = server.browser()
    let back = try await browser.signIn("ada@contoso.test", at: application.authorizationPath())
    let tokens = try await application.redeem(try #require(application.returned(back.nextAddress)?.first("code"))).json()
    let access = try #require(tokens["access_token"]?.stringValue)
    #expect(try await application.introspect(access)["active"] == true)
    let revoked = try await application.call("/oauth/revoke", [("token", tokens["refresh_token"]?.stringValue ?? "")])
    #expect(revoked.status == 200)
    #expect(revoked.body.isEmpty)
    #expect(try await application.introspect(access) == ["active": false])
  }

  @Test(.rule("RFC 7591 §3")) func `registering needs an initial access token and strict JSON`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    #expect(try await server.client.post("/oauth/register", json: "{}").status == 401)
    let reply = try await server.client.post(
      "/oauth/register", json: #"{"client_name":"a","client_name":"b"}"#, headers: [("Authorization", "Bearer x")])
    #expect(reply.status == 400)
    #expect(try reply.json()["error"] == "invalid_client_metadata")
  }
}
