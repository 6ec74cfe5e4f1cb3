internal import AccessControl
internal import Identity
internal import Localization
internal import TestKit
internal import Testing

/// The links below every page choose a language by hand.
@Suite struct SwitchingTheLanguage {
  @Test func `what somebody signed in chooses goes before their account's language, on every page and after every form`()
    async throws
  {
    let (server, browser) = try await adaSignedIn()
    #expect(try await browser.open("/dashboard").language == "en")
    #expect(try await browser.open("/users/invite?language=ru").language == "ru")
    let form = try #require(try await browser.open("/users/invite").form(to: "/users/invite"))
    let answered = try await browser.submit(form)
    #expect(answered.status == 422)
    #expect(answered.language == "ru")
    #expect(try await browser.open("/profile").language == "ru")
    #expect(try await browser.open("/nothing-here").language == "ru")
    // It is this browser's choice, not the account's.
    let other = server.browser()
    try await other.signIn("ada@contoso.test")
    #expect(try await other.open("/dashboard").language == "en")
  }

  @Test func `signing in anew speaks the account's language again, whatever was chosen before`() async throws {
    let (_, browser) = try await adaSignedIn()
    _ = try await browser.open("/dashboard?language=ru")
    try await browser.signOut()
    let page = try await browser.open("/sign-in")
    #expect(page.language == "ru")
    _ = try await browser.submit(
      try #require(page.form(to: "/sign-in")),
      [("email", "ada@contoso.test"), ("password", TestWorld.password), ("kind", "work")])
    #expect(try await browser.open("/dashboard").language == "en")
  }

  @Test func `saving the preferred language ends what was chosen by hand`() async throws {
    let (_, browser) = try await adaSignedIn()
    let page = try await browser.open("/profile?language=ru")
    let saved = try await browser.submit(try #require(page.form(to: "/profile/language")), [("language", "en")])
    #expect(saved.language == "en")
    #expect(try await browser.open("/dashboard").language == "en")
  }

  private func adaSignedIn() async throws -> (RunningServer, TestBrowser) {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(
      of: try await server.world.organization(), "ada@contoso.test", roles: [.accountAdministrator], language: .english)
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    return (server, browser)
  }
}
