internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct SigningInByPage {
  @Test(.threat("PWD1")) func `every failure shows a stranger the same page`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test")
    try await server.world.member(of: contoso, "sso@contoso.test", password: nil)
    let suspended = try await server.world.member(of: contoso, "eve@contoso.test")
    try await server.world.store.write { tx in
      var changed = suspended
      changed.state = .suspended
      _ = try tx.update(changed)
    }
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "invited@contoso.test"), name: PersonName(storedFirst: "Ivy", last: "Novak"),
        language: .english, country: nil, roles: [.accountViewer]), to: contoso.id, server.world.command, env: server.world.env)
    var seen: Set<String> = []
    for name in ["nobody", "ada", "sso", "eve", "invited"] {
      let email = "\(name)@contoso.test"
      let page = try await server.browser().signIn(email, password: "a wrong password of some length")
      #expect(page.status == 422)
      #expect(!page.html.contains("a wrong password"))
      #expect(page.form(to: "/sign-in")?.value("email") == email)
      seen.insert(page.text)
    }
    #expect(seen.count == 1)
    // Only the right password is told the reason.
    let told = try await server.browser().signIn("eve@contoso.test")
    #expect(told.status == 403)
    #expect(!seen.contains(told.text))
  }

  @Test(.threat("PWD3")) func `after five wrong passwords one waits, and is told for how long`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso)
    for _ in 0..<5 {
      #expect(try await server.browser().signIn("ada@contoso.test", password: "a wrong password of some length").status == 422)
    }
    let page = try await server.browser().signIn("ada@contoso.test")
    #expect(page.status == 429)
    #expect(page.reply.header("Retry-After").flatMap { Int($0) }.map { $0 > 0 } == true)
  }

  @Test(.threat("PWD1", "PWD3")) func `an account that waits looks like an address nobody has that waits`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso)
    var seen: Set<[String]> = []
    for email in ["ada@contoso.test", "nobody@contoso.test"] {
      for _ in 0..<5 { try await server.browser().signIn(email, password: "a wrong password of some length") }
      let page = try await server.browser().signIn(email)
      #expect(page.status == 429)
      seen.insert([page.text, page.reply.header("Retry-After") ?? ""] + page.reply.headers.map(\.name).sorted())
    }
    #expect(seen.count == 1)
  }

  @Test(.threat("PWD4")) func `a browser that signed in before gets in while strangers keep the account waiting`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso)
    let own = server.browser()
    try await own.signIn("ada@contoso.test")
    try await own.signOut()
    for _ in 0..<6 { try await server.browser().signIn("ada@contoso.test", password: "a wrong password of some length") }
    #expect(try await server.browser().signIn("ada@contoso.test").status == 429)
    #expect(try await own.signIn("ada@contoso.test").address == "/dashboard")
  }

  @Test(.threat("PWD5")) func `one network that tries many names is slowed down, and cannot pretend to be others`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso)
    let limit = server.world.env.settings.throttle.freeFailuresPerAddress
    let page = try await server.browser().open("/sign-in")
    let csrf = try #require(page.form(to: "/sign-in")?.value("csrf"))
    let cookies = page.reply.all("Set-Cookie").compactMap { $0.split(separator: ";").first.map(String.init) }.joined(
      separator: "; ")
    func attempt(_ name: String, from address: String) async throws -> Int {
      try await server.client.post(
        "/sign-in", form: [("csrf", csrf), ("kind", "work"), ("email", name), ("password", "a wrong password of some length")],
        headers: [("Cookie", cookies), ("X-Forwarded-For", address)]
      ).status
    }
    for number in 0..<limit { #expect(try await attempt("user\(number)@contoso.test", from: "198.51.100.\(number)") == 422) }
    #expect(try await attempt("another@contoso.test", from: "203.0.113.200") == 429)
  }

  @Test func `a successful sign-in leads on, and the page is not shown to somebody signed in`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, roles: [.accountAdministrator])
    let browser = server.browser()
    let asked = try await browser.open("/users")
    #expect(asked.address == "/sign-in?continue=%2Fusers")
    #expect(try await browser.signIn("ada@contoso.test", at: asked.address).address == "/users")
    #expect(try await browser.open("/sign-in").address == "/dashboard")
  }

  @Test(
    .threat("RED3"),
    arguments: ["https://evil.test", "//evil.test", "/\\evil.test", "/%09/evil.test", "javascript:alert(1)", "/\t/evil.test"])
  func `a continue address that is not ours leads to the start page`(address: String) async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso)
    let browser = server.browser()
    let page = try await browser.open("/sign-in?\(FormFields([(name: "continue", value: address)]).encoded)")
    let form = try #require(page.form(to: "/sign-in"))
    #expect(form.value("continue") == "/dashboard")
    // Also when somebody changes the hidden field.
    let reply = try await browser.submit(
      form, [("email", "ada@contoso.test"), ("password", TestWorld.password), ("kind", "work"), ("continue", address)],
      following: false)
    #expect(reply.status == 303)
    #expect(reply.nextAddress == "/dashboard")
  }

  @Test func `the kind of account is preselected by the last choice in this browser, never by what exists`() async throws {
    let (server, _) = try await serverAndOrganization()
    _ = try await server.world.personalAccount("king@private.test")
    let browser = server.browser()
    func preselected() async throws -> String? {
      try await browser.open("/sign-in").tags("input").first { $0["type"] == "radio" && $0["checked"] != nil }?["value"]
    }
    #expect(try await preselected() == "work")
    #expect(try await browser.signIn("king@private.test", kind: "personal").address == "/dashboard")
    try await browser.signOut()
    #expect(try await preselected() == "personal")
  }

  @Test func `what was typed is kept and escaped, except the password`() async throws {
    let (server, _) = try await serverAndOrganization()
    let page = try await server.browser().signIn("\"><script>alert(1)</script>", password: "secret words in a row")
    #expect(!page.html.contains("<script"))
    #expect(!page.html.contains("secret words"))
    #expect(page.form(to: "/sign-in")?.value("email") == "\"><script>alert(1)</script>")
  }

  @Test(.threat("LOG2")) func `what a browser calls itself is kept as one short line without hidden signs`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    let ada = try await server.world.member(of: contoso)
    let browser = server.browser()
    browser.send(header: "User-Agent", "Browser \u{202E}gnp.exe\u{2066} " + String(repeating: "x", count: 2_000))
    try await browser.signIn("ada@contoso.test")
    let sessions = try await server.world.store.read { tx in try tx.openSessions(of: ada.id) }
    let kept = try #require(sessions.first).userAgent
    #expect(kept.hasPrefix(#"Browser \u{202e}gnp.exe\u{2066} x"#) && kept.count <= 240)
    #expect(try await !browser.open("/profile").html.unicodeScalars.contains("\u{202E}"))
  }

  @Test func `a page speaks the language asked for, and remembers it`() async throws {
    let (server, _) = try await serverAndOrganization()
    let browser = server.browser()
    browser.send(header: "Accept-Language", "ru-RU,ru;q=0.9,en;q=0.5")
    #expect(try await browser.open("/sign-in").language == "ru")
    #expect(try await browser.open("/sign-in?language=en").language == "en")
    #expect(try await browser.open("/sign-in").language == "en")
  }

  private func serverAndOrganization() async throws -> (RunningServer, Organization) {
    let server = try await RunningServer.start(try await TestWorld.make())
    return (server, try await server.world.organization())
  }
}
