internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

/// The way of a letter that got lost, and of the partner who looks after the agreement.
@Suite struct LostLettersAndPartners {
  @Test func `a lost letter is asked for again, and only by who knows what belongs together`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    _ = try await BackOffice.open(at: server).register("A-1", account: "P-1")
    let lost = try await world.newestLink(to: "ada@contoso.test")
    world.clock.advance(by: .minutes(6))
    let sent = try await world.letters().count
    let browser = server.browser()
    let signIn = try await browser.open("/sign-in")
    #expect(signIn.links.contains("/invitation-again"))
    func ask(_ account: String) async throws -> BrowserPage {
      let form = try #require(try await browser.open("/invitation-again").form(to: "/invitation-again"))
      return try await browser.submit(
        form, [("email", "ada@contoso.test"), ("agreement_number", "A-1"), ("purchasing_account_number", account)])
    }
    let wrong = try await ask("P-9")
    #expect(try await world.letters().count == sent)
    let right = try await ask("P-1")
    #expect(try await world.letters().count == sent + 1)
    #expect(wrong.text == right.text)
    #expect(try await server.browser().open("/invitation/\(lost.reveal())").status == 410)
    #expect(try await server.accept(browser, "ada@contoso.test").address == "/dashboard")
  }

  @Test func `the signed-in partner sends the invitation again and names another administrator, and everybody is told`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let office = try await BackOffice.open(at: server)
    let partner = try #require(try await office.post("/partners", ["name": "Northwind"], 201)["id"]?.stringValue)
    try await office.post(
      "/organizations/\(partner)/invitations",
      [
        "email": "nora@northwind.test", "first_name": "Nora", "last_name": "North", "roles": ["partner-administrator"],
      ], 201)
    let nora = server.browser()
    #expect(try await server.accept(nora, "nora@northwind.test").address == "/dashboard")
    let registered = try await office.register("A-1", account: "P-1", partner: partner)
    let agreement = "/agreements/\(registered.agreement)"
    let links = Links(server: server)
    try await links.remember("ada@contoso.test")

    // She is signed in already: the partner's tool gets a token that speaks for her, without a question.
    let tool = try await server.application("Partner Tool", .none) { $0.scopes = ["usher:manage"] }
    let path = tool.authorizationPath([("resource", TestWorld.publicAddress + "/api/v1")], scope: "usher:manage")
    let code = try #require(tool.returned(try await nora.open(path).nextAddress)?.first("code"))
    let token = try #require(try await tool.redeem(code).json()["access_token"]?.stringValue)
    func manage(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSONObject {
      world.clock.advance(by: .seconds(1))
      let reply = try await tool.manage(method, agreement + path, body, token: token)
      #expect(reply.status == 200, "\(reply.text)")
      return try reply.json()
    }
    let before = try await world.letters().count

    // Whether somebody has an account already is none of a partner's business: the answers never tell.
    #expect(try await manage("POST", "/invitation/resend")["result"] == "sent")
    try await links.expectDead()
    try await links.remember("ada@contoso.test")
    let toNora = try await world.letters().filter { $0.letter.recipient == EmailAddress("nora@northwind.test") }.last
    #expect(toNora?.content == .invitationResent(organization: "Contoso", agreement: "A-1"))

    // The same person at another address, then somebody else.
    for (name, email, former) in [
      ("Ada", "ada.lovelace@contoso.test", "ada@contoso.test"), ("Grace", "grace@contoso.test", "ada.lovelace@contoso.test"),
    ] {
      let changed = try await manage(
        "PUT", "/administrator", ["first_name": .string(name), "last_name": "Lovelace", "email": .string(email)])
      #expect(changed["administrator_told"]?.objectValue == ["result": "told"])
      try await links.expectDead()
      try await links.remember(email)
      let told = try await world.letters().filter { $0.letter.recipient == EmailAddress(stored: former) }.last
      #expect(told?.content == .administratorReplaced(organization: "Contoso", agreement: "A-1"))
    }
    #expect(try await world.letters().count == before + 2 + 2 + 2)

    let grace = server.browser()
    #expect(try await server.accept(grace, "grace@contoso.test").address == "/dashboard")
    let members = try await office.list("/organizations/\(registered.organization)/members")
    #expect(members.map { $0["email"] } == ["grace@contoso.test"])
    #expect(members.map { $0["roles"] } == [["account-administrator"]])
    // Asked for once more, the letter leads her to signing in.
    #expect(try await manage("POST", "/invitation/resend")["result"] == "sent")
    let last = try await world.letters().filter { $0.letter.recipient == EmailAddress("grace@contoso.test") }.last
    guard case .alreadyAccepted(organization: "Contoso", _) = last?.content else {
      Issue.record("a letter that leads to signing in")
      return
    }
  }

  /// The links that were sent so far, each of which a later one must make worthless.
  private final class Links {
    private let server: RunningServer
    private var known: [String] = []

    init(server: RunningServer) { self.server = server }

    func remember(_ email: String) async throws {
      let link = "/invitation/\(try await server.world.newestLink(to: email).reveal())"
      #expect(try await server.browser().open(link).status == 200)
      known.append(link)
    }

    func expectDead() async throws {
      for link in known { #expect(try await server.browser().open(link).status == 410) }
    }
  }
}
