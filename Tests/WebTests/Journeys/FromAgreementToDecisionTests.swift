internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

/// The whole way, through the real router: from a signed agreement to an authorization decision, and its end.
@Suite struct FromAgreementToDecision {
  @Test func `an organization's agreement becomes a working team, and everything ends at once when somebody is suspended`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world

    // 1. The operator registers an agreement; a letter goes out. A second one brings a letter without a link.
    let office = try await BackOffice.open(at: server)
    let first = try await office.register("A-1", account: "P-1")
    #expect(first.told == "invited")
    let contoso = first.organization
    let invited = try #require(try await world.letters().last)
    guard case .agreementInvitation(organization: "Contoso", agreement: "A-1", _, _) = invited.content else {
      Issue.record("the letter about the first agreement invites")
      return
    }

    // 2. She opens the link, chooses a password, and is on the dashboard as account administrator.
    let ada = server.browser()
    let welcome = try await server.accept(ada, "ada@contoso.test")
    #expect(welcome.address == "/dashboard")
    #expect(welcome.text.contains("Contoso"))
    let second = try await office.register("A-2", account: "P-2", organization: contoso)
    #expect(second.told == "added" && second.organization == contoso)
    let added = try #require(try await world.letters().last)
    guard case .agreementAdded(organization: "Contoso", agreement: "A-2", _) = added.content, added.content.link == nil else {
      Issue.record("the letter about a second agreement holds no link")
      return
    }
    try await ada.signOut()
    #expect(try await ada.signIn("ada@contoso.test").address == "/dashboard")
    let profile = try await ada.open("/profile")
    #expect(profile.text.contains("A-1") && profile.text.contains("A-2"))
    let members = try await office.list("/organizations/\(contoso)/members")
    #expect(members.map { $0["email"] } == ["ada@contoso.test"])
    #expect(members.map { $0["roles"] } == [["account-administrator"]])

    // 3. She invites a colleague in his language, and he accepts.
    let invite = try await ada.open("/users/invite")
    let sent = try await ada.submit(
      try #require(invite.form(to: "/users/invite")),
      [
        ("email", "boris@contoso.test"), ("given_name", "Boris"), ("family_name", "Petrov"), ("language", "ru"),
        ("country", "DE"),
        ("role", "account-viewer"), ("then", "done"),
      ])
    #expect(sent.address == "/users?organization=\(contoso)")
    #expect(sent.text.contains("Boris Petrov"))
    let boris = server.browser()
    let offered = try await boris.open("/invitation/\(try await world.newestLink(to: "boris@contoso.test").reveal())")
    #expect(offered.language == "ru")
    let russian = try await server.accept(boris, "boris@contoso.test")
    #expect(russian.language == "ru")

    // 4. The first service asks for his password, the second for nothing.
    let shop = try await server.application("Web Shop", .basic)
    let mobile = try await server.application("Mobile", .none) {
      $0.audiences = []
      $0.requestableAudiences = ["https://mobile.test/api"]
    }
    let api = try await server.application("Mobile API", .basic) {
      $0.audiences = ["https://mobile.test/api"]; $0.redirectURIs = []
    }
    try await boris.signOut()
    let carried = try await boris.signIn("boris@contoso.test", at: shop.authorizationPath(), following: false)
    #expect(carried.status == 200)
    let shopTokens = try await tokens(shop, try await boris.open(try #require(carried.nextAddress)).nextAddress)
    let silent = try await boris.open(mobile.authorizationPath([("prompt", "none")]))
    let mobileTokens = try await tokens(mobile, silent.nextAddress)

    // 5. Each verifies its token locally by the published keys, and at the introspection endpoint.
    for (tokens, audience) in [(shopTokens, "https://web-shop.test/api"), (mobileTokens, "https://mobile.test/api")] {
      let claims = try JWS.verify(tokens.access, type: "at+jwt", key: try await publishedKeys(server))
      #expect(claims["aud"]?.stringValue == audience)
      #expect(claims["organization"]?.stringValue == contoso)
      #expect(claims["roles"]?.arrayValue == ["account-viewer"])
    }
    #expect(try await shop.introspect(shopTokens.access)["active"] == true)
    #expect(try await api.introspect(mobileTokens.access)["active"] == true)
    #expect(try await shop.introspect(mobileTokens.access) == ["active": false])

    // 6. May he? The very next question after a change knows it.
    let asking = try await shop.ownToken(scope: "usher:decide")
    let subject = try #require(
      try JWS.verify(shopTokens.id, type: "JWT", key: try await publishedKeys(server))["sub"]?.stringValue)
    func may(_ type: String) async throws -> JSONObject {
      try await shop.mayThey(subject, "view", type, organization: contoso, token: asking)
    }
    #expect(try await may("order")["decision"] == true)
    let refused = try await may("key")
    #expect(refused["decision"] == false)
    #expect(refused["context"]?.objectValue?["reason"] == "no_role_grants_permission")
    #expect(refused["context"]?.objectValue?["organization"]?.stringValue == contoso)
    try await changeRoles(ada, subject, to: ["account-viewer", "report-viewer"])
    #expect(try await may("key")["decision"] == true)
    try await changeRoles(ada, subject, to: ["account-viewer"])
    #expect(try await may("key")["decision"] == false)

    // 7. She suspends him: everything is dead on the next request.
    let page = try await ada.open("/users/\(subject)")
    let suspended = try await ada.submit(try #require(page.form(to: "/users/\(subject)/suspend")))
    #expect(suspended.address == "/users/\(subject)?organization=\(contoso)")
    #expect(try await boris.open("/dashboard").address.hasPrefix("/sign-in"))
    #expect(try await shop.refresh(shopTokens.refresh).status == 400)
    #expect(try await shop.introspect(shopTokens.access) == ["active": false])
    #expect(try await may("order")["decision"] == false)
  }

  @Test func `a private person signs up with the same address, and the two accounts never meet`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let contoso = try await world.organization()
    let worker = try await world.member(of: contoso, "ada@contoso.test", roles: [.accountViewer])
    let browser = server.browser()
    let form = try #require(try await browser.open("/sign-up").form(to: "/sign-up"))
    let done = try await browser.submit(
      form,
      [
        ("email", "ada@contoso.test"), ("given_name", "Ada"), ("family_name", "King"), ("country", ""),
        ("password", TestWorld.otherPassword), ("password_again", TestWorld.otherPassword),
      ])
    #expect(done.address == "/sign-up/check-mail")
    #expect(done.text.contains("ada@contoso.test"))
    let link = try await world.newestLink(to: "ada@contoso.test")
    let confirm = try await browser.open("/confirm/\(link.reveal())")
    let mistyped = try await browser.submit(try #require(confirm.form()), [("password", TestWorld.password)])
    #expect(mistyped.status == 422)
    #expect(mistyped.text.contains("not the password chosen at sign-up"))
    let confirmed = try await browser.submit(try #require(mistyped.form()), [("password", TestWorld.otherPassword)])
    #expect(confirmed.address == "/dashboard")

    let games = try await server.application("Games") { $0.admits = .both }
    let orders = try await server.application("Orders") { $0.admits = .work }
    let code = try #require(games.returned(try await browser.open(games.authorizationPath()).nextAddress)?.first("code"))
    let tokens = try await games.redeem(code).json()
    let claims = try JWS.verify(
      try #require(tokens["access_token"]?.stringValue), type: "at+jwt", key: try await publishedKeys(server))
    #expect(claims["sub"]?.stringValue != worker.id.text)
    #expect(claims["organization"] == nil)
    #expect(claims["roles"] == nil)

    // A service for work accounts asks for one, and offers nothing else.
    let asked = try await browser.open(orders.authorizationPath())
    #expect(asked.status == 200)
    #expect(try #require(asked.form(to: "/sign-in")).value("kind") == "work")
    let wrong = try await browser.signIn(
      "ada@contoso.test", password: TestWorld.otherPassword, at: orders.authorizationPath())
    #expect(wrong.status == 422)
    #expect(wrong.form(to: "/sign-in")?.value("continue")?.hasPrefix("/oauth/authorize?") == true)
  }

  // MARK: steps

  private func changeRoles(_ browser: TestBrowser, _ subject: String, to roles: [String]) async throws {
    let form = try #require(try await browser.open("/users/\(subject)").form(to: "/users/\(subject)/roles"))
    let page = try await browser.submit(form, roles.map { ("role", $0) })
    #expect(page.status == 200)
  }

  private func tokens(
    _ application: TestApplication, _ address: String?
  ) async throws -> (access: String, id: String, refresh: String) {
    let returned = try #require(application.returned(address))
    #expect(returned.first("state") == "state-1")
    #expect(returned.first("iss") == TestWorld.publicAddress)
    let answer = try await application.redeem(try #require(returned.first("code"))).json()
    return (
      try #require(answer["access_token"]?.stringValue), try #require(answer["id_token"]?.stringValue),
      try #require(answer["refresh_token"]?.stringValue)
    )
  }

  private func publishedKeys(_ server: RunningServer) async throws -> (String) -> VerificationKey? {
    let keys = try await server.client.get("/oauth/jwks").json()["keys"]?.arrayValue ?? []
    let read = keys.compactMap { $0.objectValue.flatMap { try? VerificationKey(jwk: $0) } }
    return { id in read.first { $0.id == id } }
  }
}
