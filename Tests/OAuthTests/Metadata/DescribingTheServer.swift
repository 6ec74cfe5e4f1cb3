import Foundation
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 8414 §2"), .rule("OpenID Connect Discovery §3"))
struct DescribingTheServer {
  @Test(.threat("MIX1")) func `the document names the issuer exactly and says that answers carry it`() async throws {
    let world = try await TestWorld.make()
    let metadata = DescribeIssuer(world.env)()
    #expect(metadata.issuer == TestWorld.publicAddress)
    #expect(metadata.authorizationResponseIssParameterSupported)
    #expect(metadata.responseTypesSupported == ["code"])
    #expect(metadata.codeChallengeMethodsSupported == ["S256"])
    #expect(metadata.grantTypesSupported == ["authorization_code", "refresh_token", "client_credentials"])
    #expect(metadata.idTokenSigningAlgorithms.contains("RS256"))
    #expect(!metadata.idTokenSigningAlgorithms.contains("none"))
    #expect(metadata.introspectionEndpointAuthMethods?.contains("none") == false)
    for endpoint in [
      metadata.authorizationEndpoint, metadata.tokenEndpoint, metadata.jwksURI, metadata.userinfoEndpoint,
      metadata.introspectionEndpoint,
      metadata.revocationEndpoint, metadata.registrationEndpoint, metadata.endSessionEndpoint,
    ] {
      #expect(endpoint?.hasPrefix(TestWorld.publicAddress + "/oauth/") == true)
    }
  }

  @Test(.rule("OpenID Connect Discovery §3")) func `what it announces of sign-in is what happens`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let metadata = DescribeIssuer(portal.env)()
    #expect(!metadata.claimsParameterSupported && !metadata.requestParameterSupported && !metadata.requestURIParameterSupported)
    #expect(metadata.uiLocalesSupported == ["en", "ru"])
    #expect(metadata.promptValuesSupported == ["none", "login", "select_account"])
    let tokens = try await portal.tokens(["scope": "openid profile email"])
    let identity = try claims(of: try #require(tokens.idToken))
    #expect(metadata.acrValuesSupported == [try #require(identity["acr"]?.stringValue)])
    let about = try await ReadUserInfo(portal.env, portal.verifier)(
      BearerToken(authorization: ["Bearer \(tokens.accessToken)"], query: FormFields([])))
    let told = try #require(try JSON.parse(Array(JSONEncoder().encode(about))).objectValue)
    for claim in identity.members.map(\.name) + told.members.map(\.name) { #expect(metadata.claimsSupported.contains(claim)) }
  }

  @Test(.rule("RFC 7517 §5"), .threat("JWT6")) func `the key set shows public halves alone, each for one purpose`() async throws {
    let world = try await TestWorld.make()
    let keys = PublishKeys(world.env)().set.keys
    #expect(Set(keys.compactMap { $0["alg"]?.stringValue }) == ["ES256", "RS256"])
    for key in keys {
      #expect(key["use"] == "sig")
      for secret in ["d", "p", "q", "dp", "dq", "qi", "k"] { #expect(key[secret] == nil) }
    }
    #expect(PublishKeys(world.env)().maximumAge == 600)
  }
}
