import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 7009 §2"))
struct RevokingTokens {
  private func revoke(_ token: String, _ portal: PortalWithAnApplication) async throws {
    try await RevokeToken(portal.env, portal.verifier)(portal.endpoint(["token": token, "token_type_hint": "nonsense"]))
  }

  @Test func `a refresh token takes its access tokens along`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let refresh = try #require(tokens.refreshToken)
    try await revoke(refresh, portal)
    #expect(try await !portal.isActive(tokens.accessToken))
    #expect(await errorCode { _ = try await portal.refresh(refresh) } == .invalidGrant)
    #expect(try await portal.world.audit(.grantEnded).count == 1)
  }

  @Test func `a refresh token that was renewed already still names what is to end`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let old = try #require(try await portal.tokens().refreshToken)
    let newest = try #require(try await portal.refresh(old).refreshToken)
    try await revoke(old, portal)
    #expect(await errorCode { _ = try await portal.refresh(newest) } == .invalidGrant)
  }

  @Test func `an access token dies alone`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    try await revoke(tokens.accessToken, portal)
    #expect(try await !portal.isActive(tokens.accessToken))
    #expect(try await portal.isActive(try await portal.refresh(try #require(tokens.refreshToken)).accessToken))
  }

  @Test func `what does not count any more is revoked already`() async throws {
    let portal = try await PortalWithAnApplication.make()
    for token in ["x", String(repeating: "a", count: 43), String(repeating: "a", count: 86), "a.b.c"] {
      try await revoke(token, portal)
    }
    #expect(await errorCode { try await revoke("", portal) } == .invalidRequest)
  }

  @Test func `another application's tokens are left as they are`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let secret = portal.world.command.newSecret()
    let other = Application(
      id: portal.world.command.newID(), name: "Other", authentication: .basic,
      secrets: [Application.Secret(digest: secret.digest, createdAt: portal.now)], grantTypes: [], scopes: [],
      createdAt: portal.now)
    try await portal.world.application(other)
    for token in [tokens.accessToken, try #require(tokens.refreshToken)] {
      let request = EndpointRequest(
        authorization: [PortalWithAnApplication.basic(other.id.text, secret.reveal())], form: FormFields([("token", token)]),
        actor: portal.actor)
      #expect(await errorCode { try await RevokeToken(portal.env, portal.verifier)(request) } == .invalidGrant)
      #expect(try await portal.isActive(token))
    }
  }
}
