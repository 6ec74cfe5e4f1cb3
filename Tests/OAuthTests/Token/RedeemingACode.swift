import AccessControl
import Identity
import Primitives
import TestKit
import Testing
import Wire

@testable import OAuth

@Suite(.rule("RFC 6749 §4.1.2"), .rule("RFC 6749 §4.1.3"))
struct RedeemingACode {
  @Test func `a code gives an access token, an ID token and a refresh token`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    #expect(tokens.tokenType == "Bearer")
    #expect(tokens.expiresIn == 300)
    #expect(tokens.scope == "openid orders:read")
    #expect(tokens.refreshToken?.utf8.count == 86)
    let identity = try claims(of: try #require(tokens.idToken))
    #expect(identity["nonce"] == "n-0S6_WzA2Mj")
    #expect(identity["aud"]?.stringValue == portal.application.id.text)
    #expect(identity["sid"]?.stringValue == portal.session.id.text)
    #expect(
      identity["at_hash"]?.stringValue == Base64URL.encode(Array(SHA256Digest.of(tokens.accessToken).prefix(16))))
    #expect(try await portal.isActive(tokens.accessToken))
  }

  @Test(.threat("COD1")) func `a code redeemed twice revokes every token issued from it`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let code = try await portal.code()
    let tokens = try await portal.redeem(code)
    #expect(await errorCode { _ = try await portal.redeem(code) } == .invalidGrant)
    #expect(try await !portal.isActive(tokens.accessToken))
    let refresh = try #require(tokens.refreshToken)
    #expect(await errorCode { _ = try await portal.refresh(refresh) } == .invalidGrant)
    #expect(try await portal.world.audit(.codeReplayed).count == 1)
  }

  @Test(.threat("COD1")) func `of many who show one code at once, one gets tokens, and they are dead`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let code = try await portal.code()
    let given = await withTaskGroup(of: TokenResponse?.self) { group in
      for _ in 0..<20 { group.addTask { try? await portal.redeem(code) } }
      return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
    }
    #expect(given.count == 1)
    for tokens in given { #expect(try await !portal.isActive(tokens.accessToken)) }
  }

  @Test(.threat("COD2"), arguments: [(60, true), (61, false)]) func `a code is good for sixty seconds`(
    _ age: Int64, _ isTaken: Bool
  ) async throws {
    let portal = try await PortalWithAnApplication.make()
    let code = try await portal.code()
    portal.world.clock.advance(by: .seconds(age))
    #expect(await errorCode { _ = try await portal.redeem(code) } == (isTaken ? nil : .invalidGrant))
  }

  @Test(
    .rule("RFC 7636 §4.6"), .threat("COD3"),
    arguments: [
      nil, "", String(PortalWithAnApplication.verifier.dropLast()), String(repeating: "a", count: 43),
      String(repeating: "a", count: 129),
      PortalWithAnApplication.challenge, PortalWithAnApplication.verifier + "!",
    ] as [String?])
  func `a wrong verifier is refused, and the code is burnt`(_ verifier: String?) async throws {
    let portal = try await PortalWithAnApplication.make()
    let code = try await portal.code()
    #expect(await errorCode { _ = try await portal.redeem(code, verifier: verifier) } == .invalidGrant)
    #expect(await errorCode { _ = try await portal.redeem(code) } == .invalidGrant)
  }

  @Test(.rule("RFC 7636 appendix B")) func `the verifier of the standard's example matches its challenge`() {
    #expect(CodeVerifier.matches(PortalWithAnApplication.verifier, challenge: PortalWithAnApplication.challenge))
    #expect(!CodeVerifier.matches(PortalWithAnApplication.verifier + "a", challenge: PortalWithAnApplication.challenge))
  }

  @Test(arguments: [nil, "https://orders.test/other", ""] as [String?])
  func `the address must be repeated as it was in the request`(_ address: String?) async throws {
    let portal = try await PortalWithAnApplication.make()
    let code = try await portal.code()
    #expect(await errorCode { _ = try await portal.redeem(code, redirectURI: address) } == .invalidGrant)
  }

  @Test func `an address that was left out may be left out, and none but the registered one may be named`() async throws {
    let portal = try await PortalWithAnApplication.make()
    _ = try await portal.redeem(try await portal.code(["redirect_uri": nil]), redirectURI: nil)
    _ = try await portal.redeem(try await portal.code(["redirect_uri": nil]))
    let code = try await portal.code(["redirect_uri": nil])
    #expect(await errorCode { _ = try await portal.redeem(code, redirectURI: "https://orders.test/other") } == .invalidGrant)
  }

  @Test func `another application gets nothing for a code, and neither does its owner afterwards`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let secret = portal.world.command.newSecret()
    var other = portal.application
    other = Application(
      id: portal.world.command.newID(), name: "Other", authentication: .basic,
      secrets: [Application.Secret(digest: secret.digest, createdAt: portal.now)], grantTypes: [.authorizationCode],
      redirectURIs: [PortalWithAnApplication.redirectURI], scopes: ["openid"], isTrusted: true, createdAt: portal.now)
    try await portal.world.application(other)
    let code = try await portal.code()
    let request = EndpointRequest(
      authorization: [PortalWithAnApplication.basic(other.id.text, secret.reveal())],
      form: FormFields([
        ("grant_type", "authorization_code"), ("code", code), ("code_verifier", PortalWithAnApplication.verifier),
        ("redirect_uri", PortalWithAnApplication.redirectURI),
      ]), actor: portal.actor)
    #expect(await errorCode { _ = try await TokenEndpoint(portal.env)(request) } == .invalidGrant)
    #expect(await errorCode { _ = try await portal.redeem(code) } == .invalidGrant)
  }

  @Test(
    .threat("COD5"),
    arguments: [
      "x", "'; DROP TABLE grants; --", "\u{0}", "🙈🙉🙊", String(repeating: "a", count: 100_000), String(repeating: "é", count: 43),
      String(repeating: "a", count: 43),
    ])
  func `nonsense is an invalid grant, and nothing of it is kept but its length`(_ code: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    do {
      _ = try await portal.redeem(code)
      Issue.record("taken")
    } catch let error as OAuthError {
      #expect(error.code == .invalidGrant)
      #expect(error.status == 400)
      #expect(!error.description.contains(code) || code == "x")
      #expect(error.detail?.contains(code) != true || code == "x")
    }
  }

  @Test func `an empty code is no code`() async throws {
    let portal = try await PortalWithAnApplication.make()
    #expect(await errorCode { _ = try await portal.redeem("") } == .invalidRequest)
  }

  @Test func `a code dies with its session, its person and its application`() async throws {
    for ending in ["session", "person", "application"] {
      let portal = try await PortalWithAnApplication.make()
      let code = try await portal.code()
      try await portal.world.store.write { tx in
        switch ending {
        case "session":
          _ = try tx.endSession(portal.session.id, as: .signedOut, at: portal.now)
          try tx.endGrants(session: portal.session.id, includingOffline: true, as: .signedOut, at: portal.now)
        case "person":
          var ada = portal.ada
          ada.state = .suspended
          _ = try tx.update(ada)
        default:
          var application = portal.application
          application.isTrusted = false
          _ = try tx.update(application)
        }
      }
      #expect(await errorCode { _ = try await portal.redeem(code) } == .invalidGrant, "\(ending)")
    }
  }

  @Test(
    .threat("MIX2"), arguments: ["password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "AUTHORIZATION_CODE"])
  func `other grant types do not exist here`(_ type: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    let request = portal.endpoint(["grant_type": type, "username": "ada@contoso.test", "password": TestWorld.password])
    #expect(await errorCode { _ = try await TokenEndpoint(portal.env)(request) } == .unsupportedGrantType)
  }

  @Test func `a grant type that is not registered is refused, and a repeated parameter too`() async throws {
    let portal = try await PortalWithAnApplication.make { $0.grantTypes = [.authorizationCode] }
    #expect(
      await errorCode { _ = try await TokenEndpoint(portal.env)(portal.endpoint(["grant_type": "client_credentials"])) }
        == .unauthorizedClient)
    #expect(
      await errorCode {
        _ = try await TokenEndpoint(portal.env)(portal.endpoint(["grant_type": "authorization_code", "code": "a", "code": "b"]))
      } == .invalidRequest)
  }
}
