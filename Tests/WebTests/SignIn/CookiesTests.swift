internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.rule("RFC 6265bis §4.1.3")) struct CookiesOfTheServer {
  @Test(.threat("SES1")) func `every cookie is for this host alone, for TLS alone, and out of reach of scripts`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let browser = server.browser()
    let first = try await browser.open("/sign-in")
    let signedIn = try await browser.signIn("ada@contoso.test", following: false)
    let language = try #require(try await browser.open("/profile").form(to: "/profile/language"))
    let told = try await browser.submit(language, [("language", "ru")], following: false)
    let lines = [first, signedIn, told].flatMap { $0.reply.all("Set-Cookie") }
    #expect(
      Set(lines.compactMap { $0.split(separator: "=").first }) == [
        "__Host-usher_browser", "__Host-usher_session", "__Host-usher_device", "__Host-usher_flash",
      ])
    for line in lines {
      let attributes = Set(line.split(separator: ";").dropFirst().map { $0.drop { $0 == " " } })
      #expect(attributes.isSuperset(of: ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]))
      #expect(!line.contains("Domain"))
      #expect(line.utf8.count < 4096)
    }
  }

  @Test(.threat("SES1", "LNK7")) func `the store knows the session's secret only by its digest`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let token = try #require(browser.cookie("__Host-usher_session"))
    let claims = try JWS.verify(token, type: "usher-session+jwt", key: { server.world.env.keys.retainedKey($0) })
    let secret = try #require(claims["jti"]?.stringValue)
    #expect(secret.utf8.count == 43)
    let stored = try await server.world.store.read { tx in try tx.session(SecretToken(presented: secret).digest) }
    #expect(stored?.secret.text.contains(secret) == false)
    #expect(server.log.lines.allSatisfy { !$0.contains(secret) })
  }

  @Test(.threat("SES7")) func `two cookies of one name count as none`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let cookies = browser.cookieHeader
    let session = "__Host-usher_session=\(browser.cookie("__Host-usher_session") ?? "")"
    #expect(try await server.client.get("/dashboard", headers: [("Cookie", cookies)]).status == 200)
    for doubled in ["\(cookies); \(session)", "\(cookies); __Host-usher_session=other", "__Host-usher_session=; \(cookies)"] {
      let reply = try await server.client.get("/dashboard", headers: [("Cookie", doubled)])
      #expect(reply.status == 303)
      #expect(reply.header("Location") == "/sign-in")
    }
  }

  @Test func `over plain http on loopback the names have no prefix, as there it could not be kept`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make(publicAddress: "http://127.0.0.1:8080"))
    try await server.world.member(of: try await server.world.organization())
    let browser = server.browser()
    #expect(try await browser.signIn("ada@contoso.test").address == "/dashboard")
    #expect(browser.cookie("usher_session") != nil)
    #expect(browser.cookie("__Host-usher_session") == nil)
  }

  @Test(.threat("SES4"))
  func `a browser left alone for eight hours, or signed in twelve hours ago, is asked to sign in a second later`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    server.world.clock.advance(by: .hours(8))
    #expect(try await browser.open("/dashboard").address == "/dashboard")
    server.world.clock.advance(by: .hours(4))
    #expect(try await browser.open("/dashboard").address == "/dashboard")
    server.world.clock.advance(by: .seconds(1))
    #expect(try await browser.open("/dashboard").address == "/sign-in")
    try await browser.signIn("ada@contoso.test")
    server.world.clock.advance(by: .hours(8) + .seconds(1))
    #expect(try await browser.open("/dashboard").address == "/sign-in")
  }

  @Test(.threat("SES3"), arguments: ["password", "suspension", "administrator"])
  func `a session is dead on the very next request after`(_ what: String) async throws {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso)
    try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator])
    let (one, other) = (server.browser(), server.browser())
    let started = try await one.signIn("ada@contoso.test")
    #expect(started.address == "/dashboard")
    switch what {
    case "password":
      try await other.signIn("ada@contoso.test")
      let form = try #require(try await other.open("/profile").form(to: "/profile/password"))
      _ = try await other.submit(
        form,
        [
          ("current_password", TestWorld.password), ("password", TestWorld.otherPassword),
          ("password_again", TestWorld.otherPassword),
        ])
    case "suspension":
      try await other.signIn("admin@contoso.test")
      let page = try await other.open("/users/\(ada.id)")
      _ = try await other.submit(try #require(page.form(to: "/users/\(ada.id)/suspend")))
    default:
      _ = try await EndMemberSessions()(of: ada.id, nil, in: contoso.id, world.command, env: world.env)
    }
    #expect(try await one.open("/dashboard").address == "/sign-in")
  }

  @Test(.threat("SES3")) func `a session is dead on the very next request after signing out, and after it was ended elsewhere`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let one = server.browser()
    let other = server.browser()
    try await one.signIn("ada@contoso.test")
    try await other.signIn("ada@contoso.test")
    let kept = one.cookieHeader
    let profile = try await other.open("/profile")
    let end = try #require(profile.forms.first { $0.action == "/profile/sessions" })
    #expect(try await other.submit(end).address == "/profile")
    #expect(try await one.open("/dashboard").address == "/sign-in")
    #expect(try await server.client.get("/dashboard", headers: [("Cookie", kept)]).status == 303)
    let cookies = other.cookieHeader
    try await other.signOut()
    #expect(try await server.client.get("/dashboard", headers: [("Cookie", cookies)]).status == 303)
  }
}
