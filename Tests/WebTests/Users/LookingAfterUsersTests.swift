internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct LookingAfterUsers {
  @Test func `somebody without the right to see users is told no, and the denial is recorded`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "vera@contoso.test", roles: [.accountViewer])
    let browser = server.browser()
    try await browser.signIn("vera@contoso.test")
    for path in ["/users", "/users/invite"] {
      #expect(try await browser.open(path).status == 403)
    }
    #expect(try await server.world.audit(.accessDenied).count == 2)
    #expect(try await browser.open("/dashboard").links.allSatisfy { !$0.hasPrefix("/users") })
  }

  @Test func `a person who is told no stays signed in to see, and is told in their own language`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "vera@contoso.test", roles: [.accountViewer], first: "Вера", language: .russian)
    let browser = server.browser()
    browser.send(header: "Accept-Language", "en")
    try await browser.signIn("vera@contoso.test")
    let page = try await browser.open("/users")
    #expect(page.status == 403 && page.language == "ru")
    #expect(page.text.contains("Вера"))
  }

  @Test(.threat("ROL1", "LNK15")) func `a user administrator can offer no role above their own, whatever the form says`()
    async throws
  {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "uma@contoso.test", roles: [.userAdministrator])
    let browser = server.browser()
    try await browser.signIn("uma@contoso.test")
    let form = try #require(try await browser.open("/users/invite").form(to: "/users/invite"))
    let page = try await browser.submit(
      form,
      [
        ("email", "new@contoso.test"), ("given_name", "New"), ("family_name", "Person"), ("country", "DE"),
        ("role", "account-administrator"),
      ])
    #expect(page.status == 403)
    #expect(page.form(to: "/users/invite")?.value("email") == "new@contoso.test")
    #expect(!page.tags("input").contains { $0["value"] == "account-administrator" })
    #expect(try await server.world.letters().isEmpty)
  }

  @Test(.threat("ROL12", "ROL1")) func `whoever may not grant a role can neither take it nor suspend its holder`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    let ada = try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    try await server.world.member(of: contoso, "uma@contoso.test", roles: [.userAdministrator], first: "Uma")
    let browser = server.browser()
    try await browser.signIn("uma@contoso.test")
    let page = try await browser.open("/users/\(ada.id)")
    #expect(page.form(to: "/users/\(ada.id)/suspend") == nil)
    let csrf = try #require(page.forms.compactMap { $0.value("csrf") }.first)
    let version = try #require(page.forms.compactMap { $0.value("version") }.first)
    let suspended = try await browser.post("/users/\(ada.id)/suspend", [("csrf", csrf), ("version", version)])
    #expect(suspended.status == 403)
    // A form without any role takes only what its sender may take: nothing here.
    let emptied = try await browser.post("/users/\(ada.id)/roles", [("csrf", csrf), ("version", version)])
    #expect(emptied.status == 200)
    #expect(try await roles(of: ada, server) == [.accountAdministrator])
    #expect(try await server.browser().signIn("ada@contoso.test").address == "/dashboard")
  }

  @Test(.threat("ROL2")) func `the last administrator stays`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    let ada = try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/users/\(ada.id)").form(to: "/users/\(ada.id)/roles"))
    let page = try await browser.submit(form, [("role", "account-viewer")])
    #expect(page.status == 409)
    #expect(try await roles(of: ada, server) == [.accountAdministrator])
  }

  @Test func `whoever holds as many roles as anybody may is given no other, and the page says so`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let bob = try await server.world.member(of: contoso, "bob@contoso.test", first: "Bob")
    let occasion = server.world.command
    let held = (0..<HoldingLimits.assignments).map { number in
      RoleAssignment(
        id: occasion.newID(), organization: contoso.id, holder: .account(bob.id), role: .reportViewer,
        scope: ResourceName(type: "project", id: "\(number)"), grantedBy: "command:test", createdAt: occasion.now)
    }
    try await server.world.store.write { tx in for assignment in held { try tx.seed(assignment) } }
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/users/\(bob.id)").form(to: "/users/\(bob.id)/roles"))
    let page = try await browser.submit(form, [("role", "account-viewer")])
    #expect(page.status == 409)
    #expect(page.text.contains("more roles here than anybody may"))
    #expect(try await server.world.store.read { tx in try tx.roleAssignments(of: .account(bob.id)).count } == held.count)
  }

  @Test(.threat("ROL13")) func `a role that as many hold as may is not given, and the page says why`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    let world = server.world
    let ada = try await world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let dan = try await world.member(of: contoso, "dan@contoso.test", roles: [.accountViewer], first: "Dan")
    try await world.member(of: contoso, "eve@contoso.test", roles: [.accountAdministrator])
    _ = try await DefineLimit()(
      of: .accountAdministrator, to: 2, description: "", in: contoso.id, seen: nil, world.occasion(as: ada), env: world.env)
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/users/\(dan.id)").form(to: "/users/\(dan.id)/roles"))
    let page = try await browser.submit(form, [("role", "account-administrator")])
    #expect(page.status == 409)
    #expect(page.text.contains(Sentences(.english).user.roleLimitExceeded))
    #expect(try await roles(of: dan, server) == [.accountViewer])
  }

  @Test(.threat("ROL2", "ROL6"))
  func `the page does not tell of which organization elsewhere somebody is the last administrator`()
    async throws
  {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let dan = try await server.world.member(of: contoso, "dan@contoso.test", roles: [.accountViewer], first: "Dan")
    let globex = try await server.world.organization(name: "Globex Secret Venture")
    try await server.world.join(dan, globex, roles: [.accountAdministrator])
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/users/\(dan.id)").form(to: "/users/\(dan.id)/suspend"))
    let refused = try await browser.submit(form)
    #expect(refused.status == 409)
    for page in [refused, try await browser.open("/users/\(dan.id)"), try await browser.open("/users")] {
      #expect(!page.html.contains("Globex") && !page.html.contains(globex.id.text))
    }
  }

  @Test func `a form about a person that was changed meanwhile changes nothing`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let bob = try await server.world.member(of: contoso, "bob@contoso.test", roles: [.accountViewer], first: "Bob")
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/users/\(bob.id)").form(to: "/users/\(bob.id)/suspend"))
    _ = try await browser.submit(form)
    #expect(try await browser.submit(form).status == 409)
    let page = try await browser.open("/users/\(bob.id)")
    let restored = try await browser.submit(try #require(page.form(to: "/users/\(bob.id)/restore")))
    #expect(restored.text.contains("Bob"))
  }

  @Test func `of two administrators who edit one person at once the second is shown what the first did, and undoes nothing`()
    async throws
  {
    let (server, contoso) = try await serverAndOrganization()
    let bob = try await server.world.member(of: contoso, "bob@contoso.test", roles: [.accountViewer], first: "Bob")
    var browsers: [TestBrowser] = []
    for email in ["ada@contoso.test", "eve@contoso.test"] {
      try await server.world.member(of: contoso, email, roles: [.accountAdministrator])
      let browser = server.browser()
      try await browser.signIn(email)
      browsers.append(browser)
    }
    let (first, second) = (browsers[0], browsers[1])
    let path = "/users/\(bob.id)"
    let stale = try await second.open(path)
    let form = try #require(try await first.open(path).form(to: "\(path)/roles"))
    #expect(try await first.submit(form, [("role", "report-viewer")]).status == 200)

    let late = try await second.submit(try #require(stale.form(to: "\(path)/roles")), [("role", "account-manager")])
    #expect(late.status == 409)
    #expect(late.tags("input").filter { $0["checked"] != nil }.compactMap { $0["value"] } == ["report-viewer"])
    #expect(try await roles(of: bob, server) == [.reportViewer])
    #expect(try await second.submit(try #require(stale.form(to: "\(path)/suspend"))).status == 409)
    #expect(try await server.world.audit(.accountSuspended).isEmpty)

    // The page that says so is as good as a new one.
    let again = try await second.submit(try #require(late.form(to: "\(path)/roles")), [("role", "account-manager")])
    #expect(again.status == 200)
    #expect(try await roles(of: bob, server) == [.accountManager])
  }

  @Test func `an invitation that waits can be sent again and withdrawn`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/users/invite").form(to: "/users/invite"))
    let invited = try await browser.submit(
      form,
      [
        ("email", "new@contoso.test"), ("given_name", "New"), ("family_name", "Person"), ("country", "DE"),
        ("role", "account-viewer"),
        ("then", "another"),
      ])
    #expect(invited.address == "/users/invite?organization=\(contoso.id)")
    #expect(invited.text.contains("New Person"))
    let first = "/invitation/\(try await server.world.newestLink(to: "new@contoso.test").reveal())"
    // A moment passes between two letters, so that they have an order.
    server.world.clock.advance(by: .seconds(1))
    let list = try await browser.open("/users")
    let own = try #require(list.links.first { $0.hasPrefix("/users/invitations/") })
    let path = String(own.prefix { $0 != "?" })
    let sent = try await browser.submit(try #require(try await browser.open(own).form(to: "\(path)/send-again")))
    #expect(sent.status == 200)
    #expect(try await server.browser().open(first).status == 410)
    let second = "/invitation/\(try await server.world.newestLink(to: "new@contoso.test").reveal())"
    #expect(try await server.browser().open(second).status == 200)
    _ = try await browser.submit(try #require(try await browser.open(own).form(to: "\(path)/withdraw")))
    #expect(try await server.browser().open(second).status == 410)
  }

  @Test(.threat("ROL6", "ROL7")) func `people and invitations of another organization are not there`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let other = try await server.world.member(
      of: try await server.world.organization(name: "Fabrikam"), "fay@fabrikam.test", roles: [.accountAdministrator], first: "Fay"
    )
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    for path in [
      "/users/\(other.id)", "/users/../\(other.id)", "/users/%2e%2e", "/users/*", "/users/ADMIN",
      "/users/invitations/\(other.id)",
    ] {
      let page = try await browser.open(path)
      #expect(page.status == 404)
      #expect(!page.text.contains("Fay"))
    }
  }

  @Test(.threat("ROL5", "PWD14"))
  func `the form of one's own profile changes one's language and nothing else, and nobody else's password`() async throws {
    let (server, contoso) = try await serverAndOrganization()
    let ada = try await server.world.member(of: contoso, "ada@contoso.test", roles: [.accountViewer])
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let form = try #require(try await browser.open("/profile").form(to: "/profile/language"))
    let page = try await browser.submit(
      form, [("language", "ru"), ("role", "account-administrator"), ("id", "x"), ("email", "x@y.test"), ("is_admin", "true")])
    #expect(page.language == "ru")
    let stored = try await server.world.store.read { tx in try tx.account(ada.id) }
    #expect(stored?.email == ada.email)
    #expect(try await roles(of: ada, server) == [.accountViewer])
    #expect(try await server.client.post("/users/\(ada.id)/password", form: [("password", "x")]).status == 404)
  }

  @Test(.threat("PWD11")) func `changing the password ends the other sessions, and a wrong current one changes nothing`()
    async throws
  {
    let (server, contoso) = try await serverAndOrganization()
    try await server.world.member(of: contoso, "ada@contoso.test")
    let (one, other) = (server.browser(), server.browser())
    try await one.signIn("ada@contoso.test")
    try await other.signIn("ada@contoso.test")
    func change(_ current: String) async throws -> BrowserPage {
      let form = try #require(try await one.open("/profile").form(to: "/profile/password"))
      return try await one.submit(
        form, [("current_password", current), ("password", TestWorld.otherPassword), ("password_again", TestWorld.otherPassword)])
    }
    for wrong in ["not the current password", ""] { #expect(try await change(wrong).status == 403) }
    #expect(try await other.open("/dashboard").status == 200)
    #expect(try await server.world.letters().isEmpty)
    #expect(try await change(TestWorld.password).address == "/profile")
    #expect(try await one.open("/dashboard").address == "/dashboard")
    #expect(try await other.open("/dashboard").address == "/sign-in")
    guard case .passwordChanged? = try await server.world.letters().last?.content else {
      Issue.record("no letter told of the change")
      return
    }
    // Long after the sign-in a new proof is asked for.
    server.world.clock.advance(by: .minutes(16))
    #expect(try await change(TestWorld.otherPassword).status == 403)
  }

  private func serverAndOrganization() async throws -> (RunningServer, Organization) {
    let server = try await RunningServer.start(try await TestWorld.make())
    return (server, try await server.world.organization())
  }

  private func roles(of account: Account, _ server: RunningServer) async throws -> [RoleID] {
    try await server.world.store.read { tx in try tx.roleAssignments(of: .account(account.id)).map(\.role) }
  }
}
