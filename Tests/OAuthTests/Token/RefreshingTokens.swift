import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 6749 §6"), .rule("RFC 9700 §4.14.2"))
struct RefreshingTokens {
  @Test func `each refresh gives a new refresh token, and the ID token keeps its auth_time`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let first = try await portal.tokens()
    portal.world.clock.advance(by: .minutes(4))
    let second = try await portal.refresh(try #require(first.refreshToken))
    #expect(second.refreshToken != first.refreshToken)
    #expect(second.accessToken != first.accessToken)
    let identity = try claims(of: try #require(second.idToken))
    #expect(identity["auth_time"]?.intValue == portal.session.authenticatedAt.seconds)
    #expect(identity["nonce"] == nil)
  }

  @Test(.threat("REF1")) func `a refresh token used again ends the whole family`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let first = try await portal.tokens()
    let second = try await portal.refresh(try #require(first.refreshToken))
    let third = try await portal.refresh(try #require(second.refreshToken))
    let old = try #require(first.refreshToken)
    #expect(await errorCode { _ = try await portal.refresh(old) } == .invalidGrant)
    let newest = try #require(third.refreshToken)
    #expect(await errorCode { _ = try await portal.refresh(newest) } == .invalidGrant)
    for tokens in [first, second, third] { #expect(try await !portal.isActive(tokens.accessToken)) }
    #expect(try await portal.world.audit(.refreshTokenReplayed).count == 1)
  }

  @Test(.threat("REF1"), arguments: [1, 7, 200])
  func `any used token of a family ends it, however often it was renewed since, and it remains one row`(_ renewals: Int)
    async throws
  {
    let portal = try await PortalWithAnApplication.make()
    let first = try #require(try await portal.tokens(["scope": "openid offline_access"]).refreshToken)
    var newest = first
    for _ in 0..<renewals {
      portal.world.clock.advance(by: .hours(3))
      newest = try #require(try await portal.refresh(newest).refreshToken)
    }
    #expect(newest.prefix(43) == first.prefix(43) && newest.suffix(43) != first.suffix(43))
    #expect(await errorCode { _ = try await portal.refresh(first) } == .invalidGrant)
    #expect(await errorCode { _ = try await portal.refresh(newest) } == .invalidGrant)
    #expect(try await portal.world.audit(.refreshTokenReplayed).count == 1)
  }

  @Test(.threat("REF1")) func `half a token is none, and ends nothing`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try #require(try await portal.tokens().refreshToken)
    let stranger = String(repeating: "a", count: 43)
    for wrong in [String(token.prefix(43)), String(token.suffix(43)), stranger + token.suffix(43), token + "a"] {
      #expect(await errorCode { _ = try await portal.refresh(wrong) } == .invalidGrant)
    }
    #expect(try await portal.refresh(token).refreshToken != nil)
  }

  @Test(.threat("REF1")) func `of many who show one refresh token at once, at most one gets tokens, and they are dead`()
    async throws
  {
    let portal = try await PortalWithAnApplication.make()
    let token = try #require(try await portal.tokens().refreshToken)
    let given = await withTaskGroup(of: TokenResponse?.self) { group in
      for _ in 0..<20 { group.addTask { try? await portal.refresh(token) } }
      return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
    }
    #expect(given.count == 1)
    for tokens in given { #expect(try await !portal.isActive(tokens.accessToken)) }
  }

  @Test(.threat("REF2"))
  func `more scope, another resource and another application are refused, and the token is as good as before`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try #require(try await portal.tokens().refreshToken)
    #expect(
      await errorCode { _ = try await portal.refresh(token, ["scope": "openid orders:read orders:write"]) } == .invalidScope)
    #expect(await errorCode { _ = try await portal.refresh(token, ["resource": "https://other.test/"]) } == .invalidTarget)
    let secret = portal.world.command.newSecret()
    let other = Application(
      id: portal.world.command.newID(), name: "Other", authentication: .basic,
      secrets: [Application.Secret(digest: secret.digest, createdAt: portal.now)],
      grantTypes: [.authorizationCode, .refreshToken],
      redirectURIs: [PortalWithAnApplication.redirectURI], scopes: ["openid"], isTrusted: true, createdAt: portal.now)
    try await portal.world.application(other)
    let foreign = EndpointRequest(
      authorization: [PortalWithAnApplication.basic(other.id.text, secret.reveal())],
      form: FormFields([("grant_type", "refresh_token"), ("refresh_token", token)]), actor: portal.actor)
    #expect(await errorCode { _ = try await TokenEndpoint(portal.env)(foreign) } == .invalidGrant)
    let narrower = try await portal.refresh(token, ["scope": "orders:read", "resource": PortalWithAnApplication.audience])
    #expect(narrower.scope == "orders:read")
    #expect(narrower.idToken == nil)
    #expect(try await portal.refresh(try #require(narrower.refreshToken)).scope == "openid orders:read")
  }

  @Test(
    .threat("REF3"), arguments: ["person", "membership", "application", "trust", "organization", "session", "expired session"])
  func `a refresh token dies with what it hangs on`(_ what: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let now = portal.now
    try await portal.world.store.write { tx in
      switch what {
      case "person":
        var ada = portal.ada
        ada.state = .suspended
        _ = try tx.update(ada)
      case "membership":
        guard var membership = try tx.membership(portal.ada.id, in: portal.contoso.id) else { return }
        membership.state = .suspended
        _ = try tx.update(membership)
      case "application", "trust":
        var application = portal.application
        if what == "trust" { application.isTrusted = false } else { application.state = .disabled }
        _ = try tx.update(application)
      case "organization":
        var contoso = portal.contoso
        contoso.state = .closed
        _ = try tx.update(contoso)
      case "session":
        _ = try tx.endSession(portal.session.id, as: .signedOut, at: now)
      default: break
      }
    }
    if what == "expired session" { portal.world.clock.advance(by: .hours(8) + .seconds(1)) }
    let token = try #require(tokens.refreshToken)
    let expected: OAuthError.Code = what == "application" ? .invalidClient : .invalidGrant
    #expect(await errorCode { _ = try await portal.refresh(token) } == expected)
  }

  @Test(.threat("REF3")) func `a role that was taken is not in the next token`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    #expect(try claims(of: tokens.accessToken)["roles"] == ["account-viewer"])
    try await portal.world.store.write { tx in
      for assignment in try tx.roleAssignments(of: .account(portal.ada.id), in: portal.contoso.id) {
        try tx.unseed(assignment)
      }
    }
    let next = try await portal.refresh(try #require(tokens.refreshToken))
    #expect(try claims(of: next.accessToken)["roles"] == [])
  }

  @Test(.threat("REF4")) func `offline access survives the session, ends after fourteen idle days`() async throws {
    let portal = try await PortalWithAnApplication.make()
    var token = try #require(try await portal.tokens(["scope": "openid offline_access"]).refreshToken)
    portal.world.clock.advance(by: .days(14))
    token = try #require(try await portal.refresh(token).refreshToken)
    portal.world.clock.advance(by: .days(14) + .seconds(1))
    #expect(await errorCode { _ = try await portal.refresh(token) } == .invalidGrant)
  }

  @Test(.threat("REF4")) func `offline access ends after thirty days, however often it is used`() async throws {
    let portal = try await PortalWithAnApplication.make()
    var token = try #require(try await portal.tokens(["scope": "openid offline_access"]).refreshToken)
    for _ in 1...30 {
      portal.world.clock.advance(by: .days(1))
      token = try #require(try await portal.refresh(token).refreshToken)
    }
    portal.world.clock.advance(by: .seconds(1))
    #expect(await errorCode { _ = try await portal.refresh(token) } == .invalidGrant)
  }

  @Test(.threat("REF4")) func `offline access does not survive signing out`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try #require(try await portal.tokens(["scope": "openid offline_access"]).refreshToken)
    let now = portal.now
    try await portal.world.store.write { tx in
      try tx.endGrants(session: portal.session.id, includingOffline: true, as: .signedOut, at: now)
    }
    #expect(await errorCode { _ = try await portal.refresh(token) } == .invalidGrant)
  }

  @Test func `a scope that was taken from the application is gone from its tokens`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    try await portal.world.store.write { tx in
      var application = portal.application
      application.scopes.remove("orders:read")
      _ = try tx.update(application)
    }
    #expect(try await portal.refresh(try #require(tokens.refreshToken)).scope == "openid")
  }
}
