import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 6749 §4.1.2.1"), .rule("OpenID Connect Core §3.1.2.6"))
struct CheckingARequest {
  struct Case: Sendable, CustomTestStringConvertible {
    let parameter: String
    let value: String?
    let error: String
    var testDescription: String { "\(parameter)=\(value ?? "missing") → \(error)" }

    init(_ parameter: String, _ value: String?, _ error: String) {
      self.parameter = parameter
      self.value = value
      self.error = error
    }
  }

  static let cases: [Case] = [
    Case("response_type", nil, "invalid_request"), Case("response_type", "token", "unsupported_response_type"),
    Case("response_type", "id_token", "unsupported_response_type"),
    Case("response_type", "code token", "unsupported_response_type"),
    Case("response_type", "code id_token", "unsupported_response_type"), Case("response_mode", "fragment", "invalid_request"),
    Case("response_mode", "form_post", "invalid_request"), Case("scope", nil, "invalid_scope"),
    Case("scope", "openid admin", "invalid_scope"), Case("scope", "openid \"", "invalid_scope"),
    Case("scope", "openid usher:manage", "invalid_scope"), Case("resource", "https://other.test/", "invalid_target"),
    Case("resource", "https://usher.test/api/v1", "invalid_target"), Case("prompt", "none login", "invalid_request"),
    Case("max_age", "-1", "invalid_request"), Case("max_age", "1e3", "invalid_request"),
    Case("max_age", "99999999999999999999", "invalid_request"),
    Case("nonce", String(repeating: "n", count: 513), "invalid_request"),
    Case("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported"),
    Case("request_uri", "https://orders.test/request", "request_uri_not_supported"),
    Case("registration", "{}", "registration_not_supported"), Case("organization", "no such place", "access_denied"),
    Case("id_token_hint", "not a token", "invalid_request"),
  ]

  @Test(.threat("MIX2"), arguments: cases)
  func `a wrong parameter is told to the application, with its state and our name`(_ wrong: Case) async throws {
    let portal = try await PortalWithAnApplication.make()
    let answer = try await portal.answer(portal.request([wrong.parameter: wrong.value]), as: portal.session)
    #expect(answer.first("error") == wrong.error)
    #expect(answer.first("state") == "af0ifjsldkj")
    #expect(answer.first("iss") == TestWorld.publicAddress)
    #expect(answer.first("code") == nil)
  }

  @Test(
    .rule("RFC 7636 §4.3"), .threat("COD4"),
    arguments: [("plain", true), (nil, true), ("S512", true), ("s256", true), ("", true), ("S256", false)] as [(String?, Bool)])
  func `a challenge is a SHA-256 and says so`(_ method: String?, _ isRefused: Bool) async throws {
    let portal = try await PortalWithAnApplication.make()
    let answer = try await portal.answer(portal.request(["code_challenge_method": method]), as: portal.session)
    #expect(answer.first("error") == (isRefused ? "invalid_request" : nil))
  }

  @Test(
    .rule("RFC 7636 §4.2"), .threat("COD4"),
    arguments: [nil, "", "short", PortalWithAnApplication.challenge + "=", String(repeating: "*", count: 43)] as [String?])
  func `a challenge that is no SHA-256 is refused`(_ challenge: String?) async throws {
    let portal = try await PortalWithAnApplication.make()
    let answer = try await portal.answer(portal.request(["code_challenge": challenge]), as: portal.session)
    #expect(answer.first("error") == "invalid_request")
  }

  @Test(
    .rule("OpenID Connect Core §3.1.2.1"),
    arguments: [
      ("acr_values", "urn:mace:incommon:iap:silver"), ("acr_values", "urn:usher:acr:password"), ("display", "popup"),
      ("display", "hologram"), ("ui_locales", "xx"), ("claims_locales", "de fr"), ("login_hint", "nobody@nowhere.test"),
      ("claims", #"{"id_token":{"acr":{"essential":true,"values":["gold"]}}}"#), ("extra", "foobar"),
    ])
  func `a wish we cannot fulfil is no error, and the ID token says how the person really signed in`(
    _ name: String, _ value: String
  ) async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try claims(of: try #require(try await portal.tokens([name: value]).idToken))
    #expect(token["acr"] == "urn:usher:acr:password")
    #expect(token["amr"] == ["pwd"])
    #expect(token["auth_time"]?.intValue == portal.session.authenticatedAt.seconds)
  }

  @Test func `a parameter that stands there twice is refused, and a doubled state is not returned`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let nonce = try await portal.answer(
      FormFields(portal.request().pairs + [(name: "nonce", value: "other")]), as: portal.session)
    #expect(nonce.first("error") == "invalid_request")
    let state = try await portal.answer(
      FormFields(portal.request().pairs + [(name: "state", value: "other")]), as: portal.session)
    #expect(state.first("error") == "invalid_request")
    #expect(state.first("state") == nil)
  }

  @Test(.rule("RFC 8707 §2")) func `a token is for one resource`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let two = [(name: "resource", value: PortalWithAnApplication.audience), (name: "resource", value: "https://b.test/")]
    let answer = try await portal.answer(FormFields(portal.request().pairs + two), as: portal.session)
    #expect(answer.first("error") == "invalid_target")
  }

  @Test func `an application that is not registered for codes gets none`() async throws {
    let portal = try await PortalWithAnApplication.make { $0.grantTypes = [.clientCredentials] }
    #expect(try await portal.answer(portal.request(), as: portal.session).first("error") == "unauthorized_client")
  }

  @Test(.rule("OpenID Connect Core §11")) func `offline_access is dropped for an application that gets no refresh tokens`()
    async throws
  {
    let portal = try await PortalWithAnApplication.make { $0.grantTypes = [.authorizationCode] }
    let tokens = try await portal.tokens(["scope": "openid offline_access"])
    #expect(tokens.scope == "openid")
    #expect(tokens.refreshToken == nil)
  }

  @Test(.rule("RFC 9207 §2"), .threat("MIX1")) func `an answer with a code names its issuer`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let answer = try await portal.answer(portal.request(), as: portal.session)
    #expect(answer.first("code")?.utf8.count == 43)
    #expect(answer.first("state") == "af0ifjsldkj")
    #expect(answer.first("iss") == TestWorld.publicAddress)
    #expect(answer.first("error") == nil)
  }

  @Test(.rule("RFC 6749 §3.1.2")) func `a query that is registered with the address is kept`() async throws {
    let address = "https://orders.test/signed-in?tenant=7"
    let portal = try await PortalWithAnApplication.make { $0.redirectURIs = [address] }
    guard case .redirect(let target) = try await portal.authorize(portal.request(["redirect_uri": address]), as: portal.session)
    else {
      Issue.record("no redirect")
      return
    }
    #expect(target.hasPrefix(address + "&code="))
  }
}
