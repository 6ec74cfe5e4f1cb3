import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 7591 §3"))
struct RegisteringByToken {
  private func register(
    _ metadata: ClientMetadata, _ token: SecretToken, _ world: TestWorld
  ) async throws -> ClientRegistrationResponse {
    try await RegisterClient(world.env)(
      metadata, BearerToken(authorization: ["Bearer \(token.reveal())"], query: FormFields([])),
      Actor(.anonymous, address: "192.0.2.1", requestID: "test"))
  }

  private func token(_ world: TestWorld, uses: Int = 1) async throws -> SecretToken {
    try await CreateInitialAccessToken()(uses: uses, lifetime: .hours(1), world.command, env: world.env).secret
  }

  private static var metadata: ClientMetadata {
    var metadata = ClientMetadata()
    metadata.clientName = "Reports"
    metadata.redirectURIs = ["https://reports.test/signed-in"]
    return metadata
  }

  @Test func `an application is registered with what it asked for, and may do nothing yet`() async throws {
    let world = try await TestWorld.make()
    var metadata = Self.metadata
    metadata.scope = "openid profile usher:manage"
    let answer = try await register(metadata, try await token(world), world)
    #expect(answer.clientSecret?.utf8.count == 43)
    #expect(answer.clientSecretExpiresAt == 0)
    #expect(answer.metadata.scope == "openid profile")
    #expect(answer.metadata.tokenEndpointAuthMethod == "client_secret_basic")
    let application = try #require(world.env.policy.application(ApplicationID(trusted: answer.clientID)))
    #expect(!application.isTrusted)
    #expect(!application.introspectsForAll)
    #expect(application.audiences.isEmpty)
    #expect(try await world.audit(.applicationRegistered).count == 1)
  }

  @Test func `a token is good for as often as it says, and a refused form does not count`() async throws {
    let world = try await TestWorld.make()
    let token = try await token(world)
    var wrong = Self.metadata
    wrong.redirectURIs = ["https://reports.test/#"]
    #expect(await errorCode { _ = try await register(wrong, token, world) } == .invalidRedirectURI)
    _ = try await register(Self.metadata, token, world)
    #expect(await errorCode { _ = try await register(Self.metadata, token, world) } == .invalidToken)
    #expect(await errorCode { _ = try await register(Self.metadata, SecretToken(presented: "guess"), world) } == .invalidToken)
    let late = try await self.token(world)
    world.clock.advance(by: .hours(1) + .seconds(1))
    #expect(await errorCode { _ = try await register(Self.metadata, late, world) } == .invalidToken)
  }

  @Test(
    .threat("RED2"),
    arguments: [
      "https://*.reports.test/", "https://reports.test/*", "https://reports.test/#x", "http://reports.test/",
      "javascript:alert(1)", "/signed-in",
      "https://user@reports.test/", "https://user:word@reports.test/", "data:text/html,x", "",
    ])
  func `an address nobody should be sent to is refused with 422`(_ address: String) async throws {
    let world = try await TestWorld.make()
    var metadata = Self.metadata
    metadata.redirectURIs = [address]
    do {
      _ = try await register(metadata, try await token(world), world)
      Issue.record("registered")
    } catch let error as OAuthError {
      #expect(error.code == .invalidRedirectURI)
      #expect(error.status == 422)
    }
  }

  @Test func `what we do not support is said`() async throws {
    let world = try await TestWorld.make()
    let token = try await token(world)
    let changes: [(inout ClientMetadata) -> Void] = [
      { $0.grantTypes = ["password"] }, { $0.responseTypes = ["token"] }, { $0.tokenEndpointAuthMethod = "private_key_jwt" },
      { $0.idTokenSignedResponseAlg = "none" }, { $0.redirectURIs = nil }, { $0.scope = "\"" },
      { $0.grantTypes = ["refresh_token"] },
      { $0.clientName = "\u{202E}" },
    ]
    for change in changes {
      var metadata = Self.metadata
      change(&metadata)
      let code = await errorCode { _ = try await register(metadata, token, world) }
      #expect(code == .invalidClientMetadata || (metadata.redirectURIs == nil && code == .invalidRedirectURI))
    }
  }
}
