import AccessControl
import Identity
import Primitives
import TestKit
import Testing
import Wire

@testable import OAuth

@Suite(.rule("RFC 9068 §4"), .rule("RFC 8725"))
struct VerifyingATokenOfOurs {
  /// Signs whatever a test wants with the key we sign with.
  private func sign(_ claims: JSONObject, type: String = "at+jwt", _ portal: PortalWithAnApplication) throws -> String {
    let key = try #require(portal.env.keys.signingKey(.es256, at: portal.now))
    return try JWS.sign(payload: claims.encoded(), type: type, with: key)
  }

  private func counts(_ token: String, _ portal: PortalWithAnApplication) -> Bool {
    (try? portal.verifier.verify(token, at: portal.now)) != nil
  }

  /// The claims of a token that counts.
  private func good(_ portal: PortalWithAnApplication) async throws -> JSONObject {
    try claims(of: try await portal.tokens().accessToken)
  }

  @Test(.threat("JWT2"), arguments: [(330, true), (331, false)])
  func `a token may be thirty seconds late and not one more`(_ age: Int64, _ isTaken: Bool) async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try await portal.tokens().accessToken
    portal.world.clock.advance(by: .seconds(age))
    #expect(counts(token, portal) == isTaken)
  }

  @Test(.threat("JWT2")) func `tokens from the future, and tokens without an end, do not count`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let claims = try await good(portal)
    let now = portal.now.seconds
    #expect(counts(try sign(claims, portal), portal))
    let changes: [(String, JSON?)] = [
      ("nbf", .integer(now + 31)), ("iat", .integer(now + 31)), ("exp", nil), ("exp", "soon"), ("nbf", "soon"),
      ("exp", .integer(now - 31)),
      ("exp", .integer(.min)), ("iat", nil),
    ]
    for (name, value) in changes {
      var changed = claims
      changed[name] = value
      #expect(!counts(try sign(changed, portal), portal), "\(name)")
    }
    var early = claims
    early["nbf"] = .integer(now + 30)
    #expect(counts(try sign(early, portal), portal))
  }

  @Test(
    .threat("JWT5", "JWT3"),
    arguments: [
      "https://usher.test/", "HTTPS://usher.test", "https://Usher.test", "http://usher.test", ["https://usher.test"],
      "https://other.test", nil,
      .null,
    ] as [JSON?])
  func `another issuer is another issuer, however alike`(_ issuer: JSON?) async throws {
    let portal = try await PortalWithAnApplication.make()
    var claims = try await good(portal)
    claims["iss"] = issuer
    #expect(!counts(try sign(claims, portal), portal))
  }

  @Test(.threat("JWT3", "JWT7"), arguments: ["JWT", "usher-session+jwt", "logout+jwt", "jwt", ""])
  func `a value of another kind is no access token, whatever it says`(_ type: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    let claims = try await good(portal)
    #expect(!counts(try sign(claims, type: type, portal), portal))
  }

  @Test(.threat("JWT3", "JWT7")) func `an ID token, a code, a refresh token and a mark are no access tokens`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let mark = SignInMark.make(
      at: portal.now, for: AuthorizationParameters(portal.request()), in: portal.browser, portal.env.keys)
    for value in [
      try #require(tokens.idToken), try #require(tokens.refreshToken), try await portal.code(), mark, portal.secret.reveal(), "",
    ] {
      #expect(!counts(value, portal))
    }
  }

  @Test(.threat("JWT1"), arguments: ["jwk", "jku", "x5u", "x5c"]) func `a token that brings its own key does not count`(
    _ name: String
  ) async throws {
    let portal = try await PortalWithAnApplication.make()
    let key = try SigningKey.generate(.es256, id: "mine")
    let payload = try await good(portal).encoded()
    var header: JSONObject = ["alg": "ES256", "typ": "at+jwt", "kid": "mine"]
    header[name] = name == "jwk" ? .object(key.verificationKey.jwk) : "https://evil.test/keys"
    let message = Base64URL.encode(header.encoded()) + "." + Base64URL.encode(payload)
    let token = message + "." + Base64URL.encode(try key.sign(Array(message.utf8)))
    #expect(!counts(token, portal))
    let known = try #require(portal.env.keys.signingKey(.es256, at: portal.now))
    header["kid"] = .string(known.id)
    let second = Base64URL.encode(header.encoded()) + "." + Base64URL.encode(payload)
    #expect(!counts(second + "." + Base64URL.encode(try known.sign(Array(second.utf8))), portal))
  }

  @Test func `an altered, cut, unsigned or foreign token does not count`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try await portal.tokens().accessToken
    let parts = token.split(separator: ".").map(String.init)
    let none = Base64URL.encode(Array(#"{"alg":"none","typ":"at+jwt"}"#.utf8)) + "." + parts[1] + "."
    for wrong in [
      String(token.dropLast()), parts[0] + "." + parts[1] + ".", none, parts[0] + "." + parts[1], token + ".x", "..",
      String(repeating: "a.", count: 9000),
    ] {
      #expect(!counts(wrong, portal))
    }
    let known = try #require(portal.env.keys.signingKey(.es256, at: portal.now))
    let forged = try JWS.sign(
      payload: try claims(of: token).encoded(), type: "at+jwt", with: try SigningKey.generate(.es256, id: known.id))
    #expect(!counts(forged, portal))
  }

  @Test(.threat("JWT3"), .rule("RFC 6750 §3.1"))
  func `a token for somebody else, or without the scope, opens none of our endpoints`() async throws {
    let portal = try await PortalWithAnApplication.make { $0.scopes.insert("usher:manage") }
    let token = try BearerToken(
      authorization: ["Bearer " + (try await portal.tokens(["scope": "openid usher:manage"]).accessToken)], query: FormFields([]))
    let settings = portal.env.settings
    let verified = try portal.verifier(token, audience: settings.managementAudience, scope: Scope.manage, at: portal.now)
    #expect(verified.who == .account(portal.ada.id, via: portal.application.id))
    #expect(
      await errorCode { _ = try portal.verifier(token, audience: settings.decisionAudience, scope: Scope.decide, at: portal.now) }
        == .invalidToken)
    #expect(
      await errorCode {
        _ = try portal.verifier(token, audience: settings.managementAudience, scope: Scope.decide, at: portal.now)
      }
        == .insufficientScope)
  }

  @Test func `a token dies with everything it hangs on, at once`() async throws {
    for what in ["person", "membership", "organization", "application", "trust", "grant", "admission"] {
      let portal = try await PortalWithAnApplication.make()
      let token = try await portal.tokens().accessToken
      #expect(counts(token, portal))
      let grant = GrantID(trusted: String(try #require(try claims(of: token)["jti"]?.stringValue).prefix { $0 != "." }))
      try await portal.world.store.write { tx in
        var application = portal.application
        switch what {
        case "person":
          var ada = portal.ada
          ada.state = .suspended
          _ = try tx.update(ada)
        case "membership": _ = try tx.unseedMembership(portal.ada.id, in: portal.contoso.id)
        case "organization":
          var contoso = portal.contoso
          contoso.state = .closed
          _ = try tx.update(contoso)
        case "grant": _ = try tx.endGrant(grant, as: .revoked, at: portal.now)
        case "application":
          application.state = .disabled
          _ = try tx.update(application)
        case "trust":
          application.isTrusted = false
          _ = try tx.update(application)
        default:
          application.admits = .personal
          _ = try tx.update(application)
        }
      }
      #expect(!counts(token, portal), "\(what)")
    }
  }

  @Test(.rule("RFC 6750 §2"), .threat("INT3")) func `a bearer token is taken from the header alone`() async throws {
    #expect(
      await errorCode { _ = try BearerToken(authorization: [], query: FormFields([("access_token", "x")])) } == .invalidRequest)
    #expect(
      await errorCode { _ = try BearerToken(authorization: ["Bearer a", "Bearer b"], query: FormFields([])) } == .invalidRequest)
    for header in [[], ["Basic abc"], ["Bearer"], ["token"]] {
      do {
        _ = try BearerToken(authorization: header, query: FormFields([]))
        Issue.record("taken")
      } catch {
        #expect(error.code == .invalidToken)
        #expect(error.challenge == #"Bearer realm="usher""#)
      }
    }
  }
}
