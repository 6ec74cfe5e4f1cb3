internal import AccessControl
internal import Foundation
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.threat("LNK7")) struct SecretsOfLinks {
  @Test func `neither the database nor the log holds the secret of a link, before it was used and after`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let contoso = try await world.organization()
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "ada@contoso.test"), name: PersonName(storedFirst: "Ada", last: "Lovelace"),
        language: .english, country: nil, roles: [.accountViewer]), to: contoso.id, world.command, env: world.env)
    try await SignUp()(
      SignUp.Request(
        email: EmailAddress(stored: "bob@private.test"), name: PersonName(storedFirst: "Bob", last: "Stone"), language: .english,
        country: nil), password: Password(TestWorld.password), world.command, env: world.env)
    let invitation = try await world.newestLink(to: "ada@contoso.test").reveal()
    let confirmation = try await world.newestLink(to: "bob@private.test").reveal()
    for (path, fields) in [
      ("/invitation/\(invitation)", ["password", "password_again"]), ("/confirm/\(confirmation)", ["password"]),
    ] {
      let secret = try #require(path.split(separator: "/").last)
      #expect(Base64URL.decode(String(secret))?.count == 32)
      #expect(try await find(String(secret), in: world) == false)
      let browser = server.browser()
      let form = try #require(try await browser.open(path).form())
      #expect(try await browser.submit(form, fields.map { ($0, TestWorld.password) }).address == "/dashboard")
      #expect(try await find(String(secret), in: world) == false)
      #expect(server.log.lines.allSatisfy { !$0.contains(secret) })
    }
    // What is looked for in the same way is found, so that a secret would be.
    #expect(try await find(SecretToken(presented: invitation).digest.text, in: world))
  }

  /// Whether a text stands anywhere in the database.
  private func find(_ text: String, in world: TestWorld) async throws -> Bool {
    try await world.store.everythingStored().range(of: Data(text.utf8)) != nil
  }
}
