internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

/// The page of a confirmation link checks a password, so it can ask to wait as the sign-in page does.
/// It speaks the language that was chosen at sign-up, in whatever browser the letter is opened.
@Suite struct ConfirmingAnAddress {
  @Test(.threat("PWD3"))
  func `after five wrong passwords the page asks to wait, in the language of its reader, and the link stays good`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    let link = try await signedUp(server.world)
    let browser = server.browser()
    browser.send(header: "Accept-Language", "en")
    for _ in 1...5 { #expect(try await confirm(link, "a wrong password of some length", in: browser).status == 422) }
    let page = try await confirm(link, TestWorld.otherPassword, in: browser)
    #expect(page.status == 429)
    let wait = try #require(page.reply.header("Retry-After").flatMap { Int64($0) })
    #expect(wait > 0)
    #expect(page.language == "ru")
    #expect(page.tags("div").contains { $0["role"] == "alert" })
    // The same form once more: whom it is about still stands there, and no password does.
    #expect(page.form()?.value("email") == "ada@private.test")
    #expect(page.form()?.value("password") == "")
    #expect(!page.html.contains(TestWorld.otherPassword))
    server.world.clock.advance(by: .seconds(wait))
    let done = try await browser.submit(try #require(page.form()), [("password", TestWorld.otherPassword)])
    #expect(done.address == "/dashboard")
  }

  @Test func `while too many passwords are being checked the page says so, and the same form works a moment later`() async throws
  {
    let world = try await TestWorld.make()
    let link = try await signedUp(world)
    let busy = try await BusyPasswords.make(world)
    let server = try await RunningServer.start(world, over: busy.env)
    let browser = server.browser()
    browser.send(header: "Accept-Language", "en")
    let page = try await confirm(link, TestWorld.otherPassword, in: browser)
    #expect(page.status == 503)
    #expect(page.reply.header("Retry-After").flatMap { Int($0) }.map { $0 > 0 } == true)
    #expect(page.language == "ru")
    #expect(page.tags("div").contains { $0["role"] == "alert" })
    #expect(page.form()?.value("email") == "ada@private.test")
    #expect(!page.html.contains(TestWorld.otherPassword))
    #expect(try await world.audit(.accountCreated).isEmpty)
    await busy.rest()
    let done = try await browser.submit(try #require(page.form()), [("password", TestWorld.otherPassword)])
    #expect(done.address == "/dashboard")
  }

  @Test func `a sign-up while too many passwords are being hashed loses nothing that was typed`() async throws {
    let world = try await TestWorld.make()
    let busy = try await BusyPasswords.make(world)
    let server = try await RunningServer.start(world, over: busy.env)
    let browser = server.browser()
    let form = try #require(try await browser.open("/sign-up").form(to: "/sign-up"))
    let page = try await browser.submit(
      form,
      [
        ("email", "ada@private.test"), ("given_name", "Ada"), ("family_name", "King"), ("country", "GB"),
        ("password", TestWorld.otherPassword), ("password_again", TestWorld.otherPassword),
      ])
    #expect(page.status == 503)
    #expect(page.reply.header("Retry-After") != nil)
    let kept = try #require(page.form(to: "/sign-up"))
    #expect(kept.value("email") == "ada@private.test" && kept.value("family_name") == "King" && kept.value("country") == "GB")
    #expect(try await world.letters().isEmpty)
    await busy.rest()
  }

  private func signedUp(_ world: TestWorld) async throws -> String {
    try await SignUp()(
      SignUp.Request(
        email: EmailAddress(stored: "ada@private.test"), name: PersonName(storedFirst: "Ada", last: "King"), language: .russian,
        country: nil), password: Password(TestWorld.otherPassword), world.occasion(), env: world.env)
    return "/confirm/\(try await world.newestLink(to: "ada@private.test").reveal())"
  }

  private func confirm(_ link: String, _ password: String, in browser: TestBrowser) async throws -> BrowserPage {
    try await browser.submit(try #require(try await browser.open(link).form()), [("password", password)])
  }
}
