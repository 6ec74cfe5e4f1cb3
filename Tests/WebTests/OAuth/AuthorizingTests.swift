internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.rule("RFC 6749 §4.1")) struct AuthorizingByBrowser {
  @Test(.threat("WEB1")) func `a sign-in inside an authorization request is answered by a page of ours that carries on`()
    async throws
  {
    let (server, application) = try await service()
    let browser = server.browser()
    let answer = try await browser.signIn("ada@contoso.test", at: application.authorizationPath(), following: false)
    #expect(answer.status == 200)
    #expect(answer.reply.header("Location") == nil)
    let next = try #require(answer.nextAddress)
    #expect(next.hasPrefix("/oauth/authorize?"))
    #expect(answer.links.contains(next))
    #expect(!answer.html.contains("<script"))
    let back = try await browser.open(next, following: false)
    #expect(back.status == 302)
    #expect(application.returned(back.nextAddress)?.first("code") != nil)
    #expect(back.reply.header("Cache-Control") == "no-store")
  }

  @Test(
    .threat("RED1"),
    arguments: [
      "https://shop.test/back/x", "https://shop.test/back?a", "https://shop.test/back#f", "https://shop.test/Back",
      "https://shop.test/bac",
      "https://shop.test:444/back", "http://shop.test/back", "https://evil.test/back", "//shop.test/back", "",
    ])
  func `another address than the registered one gets a page and no redirect`(address: String) async throws {
    let (server, application) = try await service()
    let path = application.authorizationPath([("redirect_uri", address)])
    let page = try await server.browser().open(path, following: false)
    if address.isEmpty {
      // Left out, with exactly one registered: that one is meant.
      #expect(page.status == 200)
    } else {
      #expect(page.status == 400)
      #expect(page.nextAddress == nil)
      // Nothing of the request is repeated, not even in a link of ours.
      #expect(!page.html.contains("evil.test"))
    }
  }

  @Test(.threat("COD6", "RED4"), .rule("RFC 9700 §4.11.2"))
  func `an application nobody trusts gets a page that ends here, and its answer only by a link`() async throws {
    let (server, _) = try await service()
    let untrusted = try await server.application("Evil") { $0.isTrusted = false }
    let browser = server.browser()
    for changes in [[], [("prompt", "none")], [("scope", nil)]] as [[(name: String, value: String?)]] {
      let page = try await browser.open(untrusted.authorizationPath(changes), following: false)
      #expect(page.status == 403)
      #expect(page.nextAddress == nil)
      #expect(page.text.contains("evil.test"))
      let link = try #require(page.links.first { $0.hasPrefix("https://evil.test/") })
      let answer = try #require(untrusted.returned(link))
      #expect(answer.first("error") == "access_denied")
      #expect(answer.first("state") == "state-1")
      #expect(answer.first("iss") == server.world.env.settings.publicAddress)
    }
    // Signing in on the way there leads to the same page.
    let carried = try await browser.signIn(
      "ada@contoso.test", at: "/sign-in?continue=\(FormFields([("", untrusted.authorizationPath())]).encoded.dropFirst())")
    #expect(carried.status == 403)
    #expect(try await server.world.audit(.grantCreated).isEmpty)
  }

  @Test(.threat("COD7", "SES5")) func `the step of one browser is worth nothing in another`() async throws {
    let (server, application) = try await service()
    let path = application.authorizationPath([("prompt", "login")])
    // A new sign-in is asked for, although somebody is signed in.
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let asked = try await browser.open(path)
    let step = try #require(asked.form(to: "/sign-in")?.value("continue"))
    #expect(step.contains("sign_in_after="))
    // Somebody else signed in later than that opens the stolen step: they are asked anew.
    server.world.clock.advance(by: .minutes(1))
    let thief = server.browser()
    try await thief.signIn("ada@contoso.test")
    let stolen = try await thief.open(step, following: false)
    #expect(stolen.status == 200)
    #expect(stolen.form(to: "/sign-in") != nil)
    // In its own browser the new sign-in satisfies it.
    let done = try await browser.submit(
      try #require(asked.form(to: "/sign-in")),
      [("email", "ada@contoso.test"), ("password", TestWorld.password), ("kind", "work")])
    #expect(application.returned(done.nextAddress)?.first("code") != nil)
  }

  @Test func `a form to the authorization endpoint becomes the address it could have been`() async throws {
    let (server, application) = try await service()
    let query = String(application.authorizationPath().dropFirst("/oauth/authorize?".count))
    let reply = try await server.client.post("/oauth/authorize", form: FormFields(parsing: query)?.pairs ?? [])
    #expect(reply.status == 303)
    #expect(reply.header("Location") == application.authorizationPath())
  }

  @Test func `a sign-in page in an authorization request can be read in another language`() async throws {
    let (server, application) = try await service()
    let browser = server.browser()
    let page = try await browser.open(application.authorizationPath())
    let russian = try #require(page.links.first { $0.hasSuffix("language=ru") })
    let switched = try await browser.open(russian)
    #expect(switched.language == "ru")
    let answer = try await browser.submit(
      try #require(switched.form(to: "/sign-in")),
      [("email", "ada@contoso.test"), ("password", TestWorld.password), ("kind", "work")])
    #expect(application.returned(answer.nextAddress)?.first("code") != nil)
  }

  @Test(
    .rule("OpenID Connect Core §3.1.2.1"),
    arguments: [("ru", "ru"), ("ru-RU en", "ru"), ("de fr ru en", "ru"), ("en ru", "en"), ("de fr", "en"), ("- r u", "en")])
  func `the sign-in page speaks the first language the application wishes for that it can`(wish: String, language: String)
    async throws
  {
    let (server, application) = try await service()
    let path = application.authorizationPath([("ui_locales", wish), ("login_hint", "ada@contoso.test")])
    let browser = server.browser()
    let page = try await browser.open(path)
    #expect(page.language == language)
    let form = try #require(page.form(to: "/sign-in"))
    #expect(form.value("email") == "ada@contoso.test")
    let wrong = try await browser.submit(form, [("password", "not the password at all"), ("kind", "work")])
    #expect(wrong.status == 422 && wrong.language == language)
    // Whoever chose a language here is spoken to in that one.
    let other = server.browser()
    _ = try await other.open("/sign-in?language=\(language == "ru" ? "en" : "ru")")
    #expect(try await other.open(path).language != language)
  }

  @Test(.threat("WEB3"), arguments: ["https://evil.test", "null"])
  func `scripts of other sites read nothing that needs credentials`(origin: String) async throws {
    let (server, application) = try await service()
    for (method, path) in [
      ("GET", "/dashboard"), ("GET", application.authorizationPath()), ("POST", "/oauth/token"), ("GET", "/oauth/userinfo"),
      ("POST", "/oauth/introspect"), ("POST", "/access/v1/evaluation"), ("GET", "/api/v1/organizations"),
      ("OPTIONS", "/oauth/token"),
    ] {
      let reply = try await server.client.send(
        method, path, headers: [("Origin", origin), ("Access-Control-Request-Method", "POST")])
      #expect(reply.header("Access-Control-Allow-Origin") == nil)
      #expect(reply.header("Access-Control-Allow-Credentials") == nil)
    }
    for path in ["/oauth/jwks", "/.well-known/openid-configuration"] {
      let reply = try await server.client.get(path, headers: [("Origin", origin)])
      #expect(reply.header("Access-Control-Allow-Origin") == "*")
      #expect(reply.header("Access-Control-Allow-Credentials") == nil)
    }
  }

  private func service() async throws -> (RunningServer, TestApplication) {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization(), roles: [.accountViewer])
    return (server, try await server.application("Shop"))
  }
}
