internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.threat("LNK4")) struct AskingForTheInvitationAgain {
  @Test func `the page is the same whatever was asked, and a letter goes out only when the three belong together`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    _ = try await RegisterAgreement()(
      RegisterAgreement.Request(
        number: "A-1", party: .new(name: "Contoso"), purchasingAccounts: ["P-1"],
        administrator: DesignatedAdministrator(
          name: PersonName(storedFirst: "Ada", last: "Lovelace"), email: EmailAddress(stored: "ada@contoso.test")),
        language: .english),
      world.command, env: world.env)
    let sent = try await world.letters().count
    var pages: Set<String> = []
    for (email, agreement, account) in [
      ("eve@contoso.test", "A-1", "P-1"), ("ada@contoso.test", "A-2", "P-1"), ("ada@contoso.test", "A-1", "P-2"),
      ("x@y.test", "Q", "Z"),
    ] {
      pages.insert(try await ask(server, email, agreement, account).text)
      world.clock.advance(by: .minutes(6))
    }
    #expect(try await world.letters().count == sent)
    let right = try await ask(server, "ada@contoso.test", "A-1", "P-1")
    pages.insert(right.text)
    #expect(right.address == "/invitation-again/asked")
    #expect(pages.count == 1)
    #expect(try await world.letters().count == sent + 1)
    // Asked again at once: the same page, no letter.
    #expect(pages.contains(try await ask(server, "ada@contoso.test", "A-1", "P-1").text))
    #expect(try await world.letters().count == sent + 1)
  }

  @Test func `after the acceptance the page is the same, and the letter leads to signing in`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    _ = try await RegisterAgreement()(
      RegisterAgreement.Request(
        number: "A-1", party: .new(name: "Contoso"), purchasingAccounts: ["P-1"],
        administrator: DesignatedAdministrator(
          name: PersonName(storedFirst: "Ada", last: "Lovelace"), email: EmailAddress(stored: "ada@contoso.test")),
        language: .english),
      world.command, env: world.env)
    let before = try await ask(server, "ada@contoso.test", "A-2", "P-2")
    let browser = server.browser()
    let link = "/invitation/\(try await world.newestLink(to: "ada@contoso.test").reveal())"
    let form = try #require(try await browser.open(link).form())
    let accepted = try await browser.submit(form, [("password", TestWorld.password), ("password_again", TestWorld.password)])
    #expect(accepted.address == "/dashboard")
    world.clock.advance(by: .minutes(6))
    let after = try await ask(server, "ada@contoso.test", "A-1", "P-1")
    #expect(after.text == before.text && after.status == before.status)
    let letter = try #require(try await world.letters().last)
    #expect(letter.letter.recipient == EmailAddress(stored: "ada@contoso.test"))
    #expect(letter.content == .alreadyAccepted(organization: "Contoso", signInURL: "\(TestWorld.publicAddress)/sign-in"))
  }

  @Test func `only what can be seen in what was typed is told`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let page = try await ask(server, "no address", "", String(repeating: "1", count: 61))
    #expect(page.status == 422)
    #expect(page.form(to: "/invitation-again")?.value("email") == "no address")
  }

  @Test(.threat("LNK16")) func `a network that asks very often has to wait, whatever it asks for, and loses nothing it typed`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    for number in 0..<20 { #expect(try await ask(server, "user\(number)@contoso.test", "A-\(number)", "P-1").status == 200) }
    let page = try await ask(server, "ada@contoso.test", "A-1", "P-1")
    #expect(page.status == 429)
    #expect(page.reply.header("Retry-After").flatMap { Int($0) }.map { $0 > 0 } == true)
    let form = try #require(page.form(to: "/invitation-again"))
    #expect(form.value("email") == "ada@contoso.test" && form.value("agreement_number") == "A-1")
    server.world.clock.advance(by: .minutes(5))
    #expect(try await ask(server, "ada@contoso.test", "A-1", "P-1").status == 200)
  }

  private func ask(_ server: RunningServer, _ email: String, _ agreement: String, _ account: String) async throws -> BrowserPage {
    let browser = server.browser()
    let form = try #require(try await browser.open("/invitation-again").form(to: "/invitation-again"))
    return try await browser.submit(
      form, [("email", email), ("agreement_number", agreement), ("purchasing_account_number", account)])
  }
}
