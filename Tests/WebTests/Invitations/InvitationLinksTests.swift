internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct InvitationLinks {
  @Test(.threat("LNK10")) func `opening a link, as mail scanners do, uses nothing up`() async throws {
    let (server, link) = try await invited()
    for _ in 0..<3 {
      #expect(try await server.client.send("HEAD", link).status == 200)
      #expect(try await server.client.get(link).status == 200)
    }
    #expect(try await finish(server.browser(), link).address == "/dashboard")
  }

  @Test(.threat("LNK1")) func `of two browsers that open a link one finishes, and the page after tells no name`() async throws {
    let (server, link) = try await invited()
    let (first, second) = (server.browser(), server.browser())
    let form = try #require(try await second.open(link).form())
    #expect(try await finish(first, link).address == "/dashboard")
    let late = try await second.submit(form, passwords)
    #expect(late.status == 410)
    let again = try await server.browser().open(link)
    #expect(again.status == 410)
    for page in [late, again] {
      #expect(!page.text.contains("Ada") && !page.text.contains("contoso") && !page.text.contains("Contoso"))
    }
    #expect(try await server.world.audit(.accountCreated).count == 1)
  }

  @Test(.threat("LNK2")) func `a link works to the last second of sixty days, and not after`() async throws {
    let (server, link) = try await invited()
    server.world.clock.advance(by: .days(60) - .seconds(1))
    let browser = server.browser()
    let form = try #require(try await browser.open(link).form())
    server.world.clock.advance(by: .seconds(2))
    #expect(try await server.browser().open(link).status == 410)
    // Opened in time, sent too late.
    #expect(try await browser.submit(form, passwords).status == 410)
    #expect(try await server.world.audit(.invitationAccepted).isEmpty)
    let (another, last) = try await invited()
    another.world.clock.advance(by: .days(60) - .seconds(1))
    #expect(try await finish(another.browser(), last).address == "/dashboard")
  }

  @Test func `a link that was never sent looks like one that has expired`() async throws {
    let (server, link) = try await invited()
    let unknown = try await server.browser().open("/invitation/\(String(repeating: "A", count: 43))")
    server.world.clock.advance(by: .days(61))
    let expired = try await server.browser().open(link)
    #expect(unknown.status == 410)
    #expect(unknown.text == expired.text)
  }

  @Test(.threat("LNK3")) func `a link sent again makes the earlier one worthless`() async throws {
    let (server, link) = try await invited()
    let id = try #require(
      try await server.world.store.read { tx in
        try tx.invitations(organization: nil, state: .pending, PageRequest()).items.first
      })
    // A moment passes between two letters, so that they have an order.
    server.world.clock.advance(by: .seconds(1))
    _ = try await ResendInvitation()(id.id, in: id.organization, server.world.command, env: server.world.env)
    let newer = "/invitation/\(try await server.world.newestLink(to: "ada@contoso.test").reveal())"
    #expect(newer != link)
    #expect(try await server.browser().open(link).status == 410)
    #expect(try await finish(server.browser(), newer).address == "/dashboard")
  }

  @Test(.threat("LNK5")) func `somebody else's browser is asked to sign out, and nobody is added silently`() async throws {
    let (server, link) = try await invited()
    try await server.world.member(of: try await server.world.organization(name: "Fabrikam"), "yves@fabrikam.test", first: "Yves")
    let browser = server.browser()
    try await browser.signIn("yves@fabrikam.test")
    let page = try await browser.open(link)
    #expect(page.status == 403)
    #expect(page.text.contains("Yves"))
    let leave = try #require(page.forms.first { $0.value("continue") != nil })
    let direct = try await browser.post(
      link, passwords + [("csrf", leave.value("csrf") ?? "")], following: false)
    #expect(direct.status == 303)
    #expect(try await server.world.audit(.invitationAccepted).isEmpty)
    // Signing out leads back to the link, which now lets the right person in.
    let back = try await browser.submit(leave)
    #expect(back.address == link)
    #expect(try await browser.submit(try #require(back.form()), passwords).address == "/dashboard")
  }

  @Test(.threat("LNK14")) func `the page of a link loads nothing from outside and lets the secret into no later address`()
    async throws
  {
    let (server, link) = try await invited()
    let secret = String(link.dropFirst("/invitation/".count))
    let browser = server.browser()
    let page = try await browser.open(link)
    #expect(page.reply.header("Referrer-Policy") == "no-referrer")
    #expect(page.reply.header("Cache-Control") == "no-store")
    let loaded = (page.tags("link") + page.tags("img") + page.tags("script") + page.tags("iframe")).flatMap {
      [$0["href"], $0["src"]]
    }
    #expect(loaded.compactMap { $0 }.allSatisfy { $0.hasPrefix("/") && !$0.hasPrefix("//") && !$0.contains(secret) })
    // Links may lead to this page in another language, and nowhere else with the secret.
    #expect(page.links.allSatisfy { !$0.contains(secret) || $0.hasPrefix(link + "?language=") })
    let done = try await browser.submit(try #require(page.form()), passwords, following: false)
    #expect(done.nextAddress == "/dashboard")
    #expect(server.log.lines.allSatisfy { !$0.contains(secret) })
  }

  @Test(.threat("LNK14")) func `a known person signs in on the page of the link itself, and accepts there`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let fabrikam = try await world.organization(name: "Fabrikam")
    try await world.member(of: fabrikam, "ada@contoso.test")
    let contoso = try await world.organization()
    let link = try await invite(world, contoso)
    let browser = server.browser()
    let page = try await browser.open(link)
    let form = try #require(page.form(to: "/sign-in"))
    #expect(form.value("continue") == link)
    let wrong = try await browser.submit(form, [("email", "ada@contoso.test"), ("password", "wrong wrong wrong wrong")])
    #expect(wrong.links.allSatisfy { !$0.contains("continue=") || !$0.contains(String(link.dropFirst(12))) })
    let accept = try await browser.submit(
      try #require(wrong.form(to: "/sign-in")), [("email", "ada@contoso.test"), ("password", TestWorld.password)])
    #expect(accept.address == link)
    let done = try await browser.submit(try #require(accept.form()))
    #expect(done.address == "/dashboard")
    #expect(done.text.contains("Contoso"))
    #expect(try await browser.open("/profile").text.contains("Contoso"))
  }

  @Test(.threat("LNK15")) func `an inviter who lost every right before the acceptance has invited to nothing`() async throws {
    let (server, link, uma, ada) = try await invitedByUma(roles: [.userAdministrator], giving: ["account-manager"])
    try await take(.userAdministrator, from: uma, by: ada)
    let page = try await finish(server.browser(), link)
    #expect(page.status == 410)
    #expect(!page.text.contains("Contoso") && !page.text.contains("Nora"))
    #expect(try await server.browser().signIn("nora@contoso.test").status == 422)
    #expect(try await server.world.audit(.accountCreated).isEmpty)
  }

  @Test(.threat("LNK15")) func `an inviter who lost one right before the acceptance gives only what they may still give`()
    async throws
  {
    let (server, link, uma, ada) = try await invitedByUma(
      roles: [.userAdministrator, .agreementAdministrator], giving: ["account-manager", "account-viewer"])
    try await take(.userAdministrator, from: uma, by: ada)
    let browser = server.browser()
    #expect(try await finish(browser, link).address == "/dashboard")
    let profile = try await browser.open("/profile").text
    #expect(profile.contains("Account viewer") && !profile.contains("Account manager"))
    #expect(try await server.world.audit(.invitationRoleWithheld).count == 1)
  }

  /// What somebody chose, and what the page says to it.
  private static let refusedPasswords: [(password: String, reason: String)] = {
    let say = Sentences(.english).passwords
    return [
      ("too short", say.tooShort(15)), (String(repeating: "walrus teapot ", count: 10), say.tooLong(128)),
      ("password1234567", say.common), ("111111111111111", say.repetition),
      ("ada@contoso.test", say.context), ("contoso contoso contoso", say.context), ("Contoso2026Contoso", say.context),
      ("usher-usher-usher-1", say.context), ("Lovelace19996666", say.context),
    ]
  }()

  @Test(.threat("PWD6", "PWD9"), arguments: InvitationLinks.refusedPasswords)
  func `a password that is too short, too long or easy to guess is refused with its reason, and never shown again`(
    row: (password: String, reason: String)
  ) async throws {
    let (server, link) = try await invited()
    let browser = server.browser()
    let form = try #require(try await browser.open(link).form())
    let page = try await browser.submit(form, [("password", row.password), ("password_again", row.password)])
    #expect(page.status == 422)
    #expect(page.text.contains(row.reason))
    #expect(page.tags("input").allSatisfy { $0["type"] != "password" || $0["value"] == nil })
    #expect(page.form()?.value("email") == "ada@contoso.test")
    #expect(try await finish(browser, link).address == "/dashboard")
  }

  @Test(.threat("PWD8")) func `half of a surrogate pair is no password, and uses nothing up`() async throws {
    let (server, link) = try await invited()
    let browser = server.browser()
    let csrf = try #require(try await browser.open(link).form()?.value("csrf"))
    let lone = "walrus%20teapot%20breakfast%20%ED%A0%80"
    let reply = try await server.client.send(
      "POST", link, headers: [("Cookie", browser.cookieHeader), ("Content-Type", "application/x-www-form-urlencoded")],
      body: Array("csrf=\(csrf)&password=\(lone)&password_again=\(lone)".utf8))
    #expect(reply.status == 400)
    #expect(try await finish(browser, link).address == "/dashboard")
  }

  @Test func `two different passwords are one too many`() async throws {
    let (server, link) = try await invited()
    let browser = server.browser()
    let form = try #require(try await browser.open(link).form())
    let page = try await browser.submit(form, [("password", TestWorld.password), ("password_again", TestWorld.otherPassword)])
    #expect(page.status == 422)
  }

  // MARK: steps

  /// Uma, who holds these roles, invites Nora by the form for it; Ada administers the organization.
  private func invitedByUma(
    roles: [RoleID], giving: [String]
  ) async throws -> (RunningServer, link: String, uma: Account, ada: TestBrowser) {
    let server = try await RunningServer.start(try await TestWorld.make())
    let contoso = try await server.world.organization()
    try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let uma = try await server.world.member(of: contoso, "uma@contoso.test", roles: roles, first: "Uma")
    let (inviter, ada) = (server.browser(), server.browser())
    try await inviter.signIn("uma@contoso.test")
    try await ada.signIn("ada@contoso.test")
    let form = try #require(try await inviter.open("/users/invite").form(to: "/users/invite"))
    let person = [
      ("email", "nora@contoso.test"), ("given_name", "Nora"), ("family_name", "Novak"), ("country", "DE"),
    ]
    #expect(try await inviter.submit(form, person + giving.map { ("role", $0) }).status == 200)
    return (server, "/invitation/\(try await server.world.newestLink(to: "nora@contoso.test").reveal())", uma, ada)
  }

  private func take(_ role: RoleID, from account: Account, by administrator: TestBrowser) async throws {
    let form = try #require(try await administrator.open("/users/\(account.id)").form(to: "/users/\(account.id)/roles"))
    let kept = form.fields.filter { $0.name == "role" && $0.value != role.text }
    // A field of its own where nothing is kept, so that what stood in the form is replaced.
    #expect(try await administrator.submit(form, kept.isEmpty ? [("role", "")] : kept).status == 200)
  }

  private let passwords = [(name: "password", value: TestWorld.password), (name: "password_again", value: TestWorld.password)]

  private func invited() async throws -> (RunningServer, link: String) {
    let server = try await RunningServer.start(try await TestWorld.make())
    return (server, try await invite(server.world, try await server.world.organization()))
  }

  private func invite(_ world: TestWorld, _ organization: Organization) async throws -> String {
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "ada@contoso.test"), name: PersonName(storedFirst: "Ada", last: "Lovelace"),
        language: .english,
        country: nil, roles: [.accountViewer]), to: organization.id, world.command, env: world.env)
    return "/invitation/\(try await world.newestLink(to: "ada@contoso.test").reveal())"
  }

  private func finish(_ browser: TestBrowser, _ link: String) async throws -> BrowserPage {
    try await browser.submit(try #require(try await browser.open(link).form()), passwords)
  }
}
