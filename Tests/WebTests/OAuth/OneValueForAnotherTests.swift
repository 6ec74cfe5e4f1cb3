internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

/// What is signed or secret for one purpose, shown through HTTP where another is expected.
@Suite(.rule("RFC 8725 §3.11"), .rule("RFC 8725 §3.12")) struct OneValueForAnother {
  @Test(.threat("JWT1"), arguments: ["jwk", "jku", "x5u", "x5c"])
  func `a token that brings its own key is 401, and nobody asks the address in it`(name: String) async throws {
    let (server, claims) = try await serverAndClaims()
    let listener = try await RunningServer.start(try await TestWorld.make())
    #expect(try await listener.client.get("/seen").status == 404)
    #expect(listener.log.lines.contains { $0.contains("status=404") })
    let before = listener.log.lines.count
    let key = try SigningKey.generate(.es256, id: "mine")
    var header: JSONObject = ["alg": "ES256", "typ": "at+jwt", "kid": "mine"]
    header[name] = name == "jwk" ? .object(key.verificationKey.jwk) : .string("http://127.0.0.1:\(listener.port)/keys")
    let input = Base64URL.encode(header.encoded()) + "." + Base64URL.encode(claims.encoded())
    let token = input + "." + Base64URL.encode(try key.sign(Array(input.utf8)))
    #expect(try await status(of: token, server) == 401)
    #expect(listener.log.lines.count == before)
  }

  @Test(.threat("JWT2", "JWT3", "JWT5")) func `a token of ours that is not for now, for here or by us is 401`() async throws {
    let (server, claims) = try await serverAndClaims()
    let now = server.world.clock.now().seconds
    #expect(try await status(of: try sign(claims, "at+jwt", server), server) == 200)
    let changes: [(String, JSON?)] = [
      ("exp", .integer(now - 31)), ("exp", nil), ("nbf", .integer(now + 31)), ("iat", .integer(now + 31)),
      ("aud", "https://usher.test/access/v1"), ("aud", "https://usher.test/api/v1/"), ("aud", "https://USHER.test/api/v1"),
      ("iss", "https://usher.test/"), ("iss", "https://Usher.test"), ("iss", "http://usher.test"),
      ("iss", ["https://usher.test"]), ("iss", "https://other.test"),
    ]
    for (name, value) in changes {
      var changed = claims
      changed[name] = value
      #expect(try await status(of: try sign(changed, "at+jwt", server), server) == 401, "\(name): \(value?.text ?? "missing")")
    }
    for type in ["JWT", "logout+jwt", "usher-session+jwt"] {
      #expect(try await status(of: try sign(claims, type, server), server) == 401, "\(type)")
    }
  }

  @Test(.threat("JWT7")) func `links, cookies, codes and tokens open only what they are for`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let contoso = try await world.organization()
    try await world.member(of: contoso, roles: [.accountViewer])
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "bob@contoso.test"), name: PersonName(storedFirst: "Bob", last: "Ross"), language: .english,
        country: nil, roles: [.accountViewer]), to: contoso.id, world.command, env: world.env)
    let link = try await world.newestLink(to: "bob@contoso.test").reveal()
    let application = try await server.application("Shop")
    let browser = server.browser()
    func code() async throws -> String {
      let back = try await browser.open(application.authorizationPath())
      return try #require(application.returned(back.nextAddress)?.first("code"))
    }
    let asked = try await browser.open(application.authorizationPath([("prompt", "login")]))
    let step = try #require(FormFields(parsing: asked.form(to: "/sign-in")?.value("continue") ?? "")?.first("sign_in_after"))
    try await browser.signIn("ada@contoso.test")
    let tokens = try await application.redeem(try await code()).json()
    func token(_ name: String) throws -> String { try #require(tokens[name]?.stringValue) }
    let (access, identity, refresh) = (try token("access_token"), try token("id_token"), try token("refresh_token"))
    let cookie = try #require(browser.cookie("__Host-usher_session"))
    let all = [link, step, try await code(), cookie, access, identity, refresh]

    for value in all where value != access {
      #expect(try await server.client.get("/oauth/userinfo", headers: [("Authorization", "Bearer \(value)")]).status == 401)
      #expect(try await application.introspect(value)["active"]?.boolValue == (value == refresh))
    }
    for value in all where value != cookie {
      let other = server.browser()
      other.set(cookie: "__Host-usher_session", value)
      #expect(try await other.open("/dashboard").address == "/sign-in")
    }
    for value in all where value != link {
      #expect(try await server.browser().open("/invitation/\(value)").status == 410)
      #expect(try await server.browser().open("/confirm/\(value)").status == 410)
    }
    for value in [link, step, cookie, access, identity, refresh] {
      let reply = try await application.redeem(value)
      #expect(reply.status == 400)
      #expect(try reply.json()["error"] == "invalid_grant")
    }
    for value in [link, step, cookie, access, identity, try await code()] {
      #expect(try await application.refresh(value).json()["error"] == "invalid_grant")
    }
    // Every one is still good for its own.
    #expect(try await server.client.get("/oauth/userinfo", headers: [("Authorization", "Bearer \(access)")]).status == 200)
    #expect(try await browser.open("/dashboard").address == "/dashboard")
    #expect(try await server.browser().open("/invitation/\(link)").status == 200)
    #expect(try await application.refresh(refresh).status == 200)
  }

  // MARK: steps

  /// A server, and the claims of a token with which an application lists organizations there.
  private func serverAndClaims() async throws -> (RunningServer, JSONObject) {
    let server = try await RunningServer.start(try await TestWorld.make())
    let token = try await server.application("Office", roles: [.operator]).ownToken(scope: "usher:manage")
    return (server, try claims(of: token))
  }

  /// Signs with the key the server signs with.
  private func sign(_ claims: JSONObject, _ type: String, _ server: RunningServer) throws -> String {
    let key = try #require(server.world.env.keys.signingKey(.es256, at: server.world.clock.now()))
    return try JWS.sign(payload: claims.encoded(), type: type, with: key)
  }

  private func status(of token: String, _ server: RunningServer) async throws -> Int {
    try await server.client.get("/api/v1/organizations", headers: [("Authorization", "Bearer \(token)")]).status
  }
}
