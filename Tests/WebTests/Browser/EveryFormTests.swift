internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// The forms are those of the route table, so that a new one is tried here without a new test.
@Suite(.rule("OWASP ASVS 3.5.1"), .threat("SES2")) struct EveryForm {
  @Test func `is refused without its token, with another browser's, and from another site, and then changes nothing`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    let places = try await places(server)
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let own = try await token(browser)
    let stranger = server.browser()
    try await stranger.signIn("bob@contoso.test")
    let foreign = try await token(stranger)

    let forms = Routes.table(server.web).all.filter { $0.method == .post && $0.body == .form && isPage($0.pattern) }
    #expect(forms.count >= 14)
    let before = try await state(server)
    for form in forms {
      let path = places.reduce(form.pattern) { $0.replacing($1.key, with: $1.value) }
      #expect(!path.contains("{"), "\(form.pattern)")
      for (token, headers) in [
        (nil, []), ("", []), (foreign, []), (own, [("Origin", "https://evil.test")]), (own, [("Sec-Fetch-Site", "cross-site")]),
        (own, [("Sec-Fetch-Site", "same-site")]),
      ] as [(String?, [(String, String)])] {
        var fields = [(name: "password", value: TestWorld.password), (name: "language", value: "ru")]
        if let token { fields.append((FormName.csrf, token)) }
        let reply = try await server.client.post(path, form: fields, headers: headers + [("Cookie", browser.cookieHeader)])
        // Without a token this one is an application's, which leads to the page that asks.
        let isApplications = form.pattern == "/oauth/sign-out" && token == nil
        #expect(reply.status == (isApplications ? 303 : 403), "\(form.pattern) with \(headers)")
      }
    }
    #expect(try await state(server) == before)
    #expect(try await browser.open("/dashboard").address == "/dashboard")
  }

  /// What people open in a browser, and not what applications call. An authorization request may come from anywhere, and changes nothing.
  private func isPage(_ pattern: String) -> Bool { !pattern.hasPrefix("/oauth/") || pattern == "/oauth/sign-out" }

  private func token(_ browser: TestBrowser) async throws -> String {
    try #require(try await browser.open("/profile").forms.first?.value(FormName.csrf))
  }

  /// Real things in the places of the patterns, so that only the form can be why.
  private func places(_ server: RunningServer) async throws -> [String: String] {
    let world = server.world
    let contoso = try await world.organization()
    try await world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator])
    let bob = try await world.member(of: contoso, "bob@contoso.test", roles: [.accountViewer])
    let invited = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "eve@contoso.test"), name: PersonName(storedFirst: "Eve", last: "Moss"), language: .english,
        country: nil, roles: [.accountViewer]), to: contoso.id, world.command, env: world.env)
    try await SignUp()(
      SignUp.Request(
        email: EmailAddress(stored: "kim@private.test"), name: PersonName(storedFirst: "Kim", last: "Stone"), language: .english,
        country: nil), password: Password(TestWorld.password), world.command, env: world.env)
    return [
      "{account}": bob.id.text, "{invitation}": invited.invitation.id.text,
      "/invitation/{secret}": "/invitation/\(try await world.newestLink(to: "eve@contoso.test").reveal())",
      "/confirm/{secret}": "/confirm/\(try await world.newestLink(to: "kim@private.test").reveal())",
    ]
  }

  /// What a form could change: everything that is recorded, sent or decided from.
  private func state(_ server: RunningServer) async throws -> [String] {
    let letters = try await server.world.letters().map(\.letter.id.text)
    let entries = try await server.world.audit().map(\.id.text)
    return letters + entries + ["\(try await server.world.store.read { tx in try tx.policyRevision() })"]
  }
}
