import Identity
import Primitives
import TestKit
import Testing
import Wire

@testable import OAuth

@Suite(.rule("RFC 9068 §2"), .threat("JWT4"))
struct LookingAtTokens {
  private func header(_ token: String) throws -> JSONObject {
    let first = token.prefix { $0 != "." }
    guard let bytes = Base64URL.decode(String(first)), let object = try JSON.parse(bytes).objectValue else {
      throw TestWorld.NotThere("a header")
    }
    return object
  }

  @Test func `an access token says what the standard asks for and nothing about the person`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens(["scope": "openid profile email orders:read"])
    let head = try header(tokens.accessToken)
    #expect(head["typ"] == "at+jwt")
    #expect(head["alg"] == "ES256")
    #expect(head["kid"]?.stringValue?.isEmpty == false)
    let token = try claims(of: tokens.accessToken)
    #expect(
      token.members.map(\.name) == [
        "iss", "sub", "aud", "client_id", "exp", "iat", "jti", "scope", "organization", "roles", "auth_time", "acr", "amr", "sid",
      ])
    #expect(token["iss"]?.stringValue == TestWorld.publicAddress)
    #expect(token["sub"]?.stringValue == portal.ada.id.text)
    #expect(token["aud"]?.stringValue == PortalWithAnApplication.audience)
    #expect(token["client_id"]?.stringValue == portal.application.id.text)
    #expect(token["organization"]?.stringValue == portal.contoso.id.text)
    #expect(token["roles"] == ["account-viewer"])
    #expect(token["amr"] == ["pwd"])
    let life = try #require(token["exp"]?.intValue) - (try #require(token["iat"]?.intValue))
    #expect(life == 300)
    let whole = String(decoding: token.encoded(), as: UTF8.self)
    for secret in ["ada@contoso.test", "Lovelace"] { #expect(!whole.contains(secret)) }
  }

  @Test func `an ID token is of another kind and tells no name either`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try #require(try await portal.tokens(["scope": "openid profile email"]).idToken)
    #expect(try header(token)["typ"] == "JWT")
    #expect(
      try claims(of: token).members.map(\.name) == [
        "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash",
      ])
  }

  @Test func `no two tokens have one jti, and a grant's begin with its id`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let first = try await portal.tokens()
    let second = try await portal.refresh(try #require(first.refreshToken))
    let ids = try [first, second].map { try #require(try claims(of: $0.accessToken)["jti"]?.stringValue) }
    #expect(ids[0] != ids[1])
    #expect(ids[0].prefix { $0 != "." } == ids[1].prefix { $0 != "." })
  }

  @Test(.threat("JWT6")) func `an application may choose RS256, with a key of 3072 bits`() async throws {
    let portal = try await PortalWithAnApplication.make { $0.signingAlgorithm = .rs256 }
    let tokens = try await portal.tokens()
    let head = try header(tokens.accessToken)
    #expect(head["alg"] == "RS256")
    #expect(try await portal.isActive(tokens.accessToken))
    let keys = PublishKeys(portal.env)().set.keys
    let key = try #require(keys.first { $0["kid"] == head["kid"] })
    let modulus = try #require(key["n"]?.stringValue.flatMap { Base64URL.decode($0) })
    #expect(modulus.count == 384)
    for key in keys {
      #expect(key["d"] == nil)
      #expect(key["use"] == "sig")
    }
  }
}
