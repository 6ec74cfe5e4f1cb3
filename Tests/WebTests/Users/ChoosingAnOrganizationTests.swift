internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

/// Somebody can be at home in one organization and a guest in others, and look after the users of several.
@Suite struct ChoosingAnOrganization {
  @Test func `whoever looks after the users of two organizations chooses between them by a link, and sees in which they are`()
    async throws
  {
    let scene = try await Scene.make(guestRoles: [.accountAdministrator])
    let home = try await scene.browser.open("/users")
    #expect(home.heading.contains("Contoso"))
    #expect(home.text.contains("Bob") && !home.text.contains("Fay"))
    let away = try await scene.browser.open(try #require(home.links.first { $0 == scene.list }))
    #expect(away.heading.contains("Fabrikam"))
    #expect(away.text.contains("Fay") && !away.text.contains("Bob"))
    // And back.
    #expect(try await scene.browser.open(try #require(away.links.first { $0 == scene.homeList })).heading.contains("Contoso"))
  }

  @Test func `the chosen organization stays while its people are looked at and changed`() async throws {
    let scene = try await Scene.make(guestRoles: [.accountAdministrator])
    let list = try await scene.browser.open(scene.list)
    let page = try await scene.browser.open(try #require(list.links.first { $0.hasPrefix("/users/\(scene.fay.id)") }))
    #expect(page.text.contains("Fabrikam"))
    #expect(page.links.contains(scene.list))
    let russian = try #require(page.links.first { $0.hasSuffix("language=ru") })
    #expect(try await scene.browser.open(russian).text.contains("Fabrikam"))
    let changed = try await scene.browser.submit(
      try #require(page.form(to: "/users/\(scene.fay.id)/roles")), [("role", "report-viewer")])
    #expect(changed.status == 200)
    #expect(changed.text.contains("Fay") && changed.links.contains(scene.list))
    let suspended = try await scene.browser.submit(try #require(changed.form(to: "/users/\(scene.fay.id)/suspend")))
    let restored = try await scene.browser.submit(try #require(suspended.form(to: "/users/\(scene.fay.id)/restore")))
    #expect(restored.status == 200)
    #expect(restored.links.contains(scene.list))
    // A form that changes nothing leads to a page of the same organization too.
    let stale = try await scene.browser.submit(
      try #require(page.form(to: "/users/\(scene.fay.id)/roles")), [("role", "account-viewer")])
    #expect(stale.status == 409)
    #expect(stale.links.contains(scene.list))
  }

  @Test func `the chosen organization stays while somebody is invited into it`() async throws {
    let scene = try await Scene.make(guestRoles: [.accountAdministrator])
    let list = try await scene.browser.open(scene.list)
    let page = try await scene.browser.open(try #require(list.links.first { $0.hasPrefix("/users/invite?") }))
    #expect(page.heading.contains("Fabrikam"))
    let form = try #require(page.form(to: "/users/invite"))
    let unfinished = try await scene.browser.submit(form, [("email", "nora@fabrikam.test")])
    #expect(unfinished.status == 422)
    #expect(unfinished.heading.contains("Fabrikam"))
    let person = [
      ("email", "nora@fabrikam.test"), ("given_name", "Nora"), ("family_name", "Novak"), ("country", "DE"),
      ("role", "account-viewer"),
    ]
    let another = try await scene.browser.submit(
      try #require(unfinished.form(to: "/users/invite")), person + [("then", "another")])
    #expect(another.address == "/users/invite?organization=\(scene.fabrikam.id)")
    let invited = try await scene.server.world.store.read { tx in
      try tx.invitations(organization: nil, state: .pending, PageRequest()).items.map(\.organization)
    }
    #expect(invited == [scene.fabrikam.id])
    let waiting = try #require(
      try await scene.browser.open(scene.list).links.first { $0.hasPrefix("/users/invitations/") })
    let invitation = try await scene.browser.open(waiting)
    #expect(invitation.text.contains("Fabrikam"))
    let path = String(waiting.prefix { $0 != "?" })
    let again = try await scene.browser.submit(try #require(invitation.form(to: "\(path)/send-again")))
    #expect(again.address == waiting)
    let withdrawn = try await scene.browser.submit(try #require(again.form(to: "\(path)/withdraw")))
    #expect(withdrawn.address == scene.list)
  }

  @Test func `whoever was signed out meanwhile comes back to the organization they were in`() async throws {
    let scene = try await Scene.make(guestRoles: [.accountAdministrator])
    let page = try await scene.browser.open("/users/\(scene.fay.id)?organization=\(scene.fabrikam.id)")
    scene.server.world.clock.advance(by: .hours(9))
    let asked = try await scene.browser.submit(try #require(page.form(to: "/users/\(scene.fay.id)/roles")))
    let form = try #require(asked.form(to: "/sign-in"))
    #expect(form.value("continue") == scene.list)
    let back = try await scene.browser.submit(form, [("email", "ada@contoso.test"), ("password", TestWorld.password)])
    #expect(back.heading.contains("Fabrikam"))
    let invite = try await scene.browser.open("/users/invite?organization=\(scene.fabrikam.id)")
    scene.server.world.clock.advance(by: .hours(9))
    let again = try await scene.browser.submit(try #require(invite.form(to: "/users/invite")))
    #expect(again.form(to: "/sign-in")?.value("continue") == invite.address)
  }

  @Test(.threat("ROL1", "ROL6"))
  func `an organization in which one may not see users is not offered, and naming it opens nothing`()
    async throws
  {
    let scene = try await Scene.make(guestRoles: [.accountViewer])
    let home = try await scene.browser.open("/users")
    #expect(!home.links.contains { $0.contains(scene.fabrikam.id.text) })
    let form = try #require(try await scene.browser.open("/users/invite").form(to: "/users/invite"))
    let here = "organization=\(scene.fabrikam.id)"
    var seen: Set<String> = []
    for query in [here, "organization=\(scene.server.world.command.newID() as OrganizationID)"] {
      for path in ["/users", "/users/invite", "/users/\(scene.fay.id)"] {
        let page = try await scene.browser.open("\(path)?\(query)")
        #expect(page.status == 403)
        seen.insert(page.heading)
      }
    }
    #expect(seen.count == 1)
    let person = [
      ("email", "nora@fabrikam.test"), ("given_name", "Nora"), ("family_name", "Novak"), ("country", "DE"),
      ("role", "account-viewer"),
    ]
    let fields = form.fields.filter { $0.name == "csrf" } + [("language", "en")] + person
    #expect(try await scene.browser.post("/users/invite?\(here)", fields).status == 403)
    #expect(try await scene.browser.post("/users/\(scene.fay.id)/suspend?\(here)", fields).status == 403)
    #expect(try await scene.server.world.letters().isEmpty)
    #expect(try await scene.server.world.audit(.accessDenied).contains { $0.organization == scene.fabrikam.id })
    #expect(try await scene.browser.open("/users?organization=..%2F").status == 404)
  }

  @Test func `whoever looks after users only as a guest finds them from the start page`() async throws {
    let scene = try await Scene.make(homeRoles: [.accountViewer], guestRoles: [.userAdministrator])
    let start = try await scene.browser.open("/dashboard")
    #expect(start.links.contains("/users") && start.links.contains("/users/invite"))
    #expect(try await scene.browser.open("/users").heading.contains("Fabrikam"))
    #expect(try await scene.browser.open("/users/invite").heading.contains("Fabrikam"))
  }

  @Test func `whoever may invite here and see users there is led to each where it works`() async throws {
    let scene = try await Scene.make(homeRoles: [.agreementAdministrator], guestRoles: [.userAdministrator])
    #expect(try await scene.browser.open("/users").heading.contains("Fabrikam"))
    let invite = try await scene.browser.open("/users/invite")
    #expect(invite.heading.contains("Contoso"))
    #expect(invite.links.contains("/users/invite?organization=\(scene.fabrikam.id)"))
  }

  @Test func `one organization leaves nothing to choose`() async throws {
    let scene = try await Scene.make(guestRoles: nil)
    #expect(try await scene.browser.open("/users").tags("nav").allSatisfy { $0["class"] != "choices" })
  }
}

/// Ada at home in Contoso, where Bob is too, and a guest of Fabrikam, where Fay is at home.
private struct Scene {
  let server: RunningServer
  let contoso: Organization
  let fabrikam: Organization
  let fay: Account
  let browser: TestBrowser

  /// Where the list of Fabrikam's users stands.
  var list: String { "/users?organization=\(fabrikam.id)" }
  var homeList: String { "/users?organization=\(contoso.id)" }

  static func make(
    homeRoles: [RoleID] = [.accountAdministrator], guestRoles: [RoleID]?
  ) async throws -> Scene {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let (contoso, fabrikam) = (try await world.organization(), try await world.organization(name: "Fabrikam"))
    let ada = try await world.member(of: contoso, "ada@contoso.test", roles: homeRoles)
    if let guestRoles { try await world.join(ada, fabrikam, roles: guestRoles) }
    try await world.member(of: contoso, "bob@contoso.test", roles: [.accountViewer], first: "Bob")
    let fay = try await world.member(of: fabrikam, "fay@fabrikam.test", roles: [.accountViewer], first: "Fay")
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    return Scene(server: server, contoso: contoso, fabrikam: fabrikam, fay: fay, browser: browser)
  }
}
