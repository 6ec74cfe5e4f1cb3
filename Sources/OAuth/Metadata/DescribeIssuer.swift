package import Identity
internal import Localization
internal import Primitives
package import Wire

/// Says what this server can do (OpenID Connect Discovery §3, RFC 8414 §2): one document under both well-known addresses.
package struct DescribeIssuer: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  package func callAsFunction() -> AuthorizationServerMetadata {
    let issuer = env.settings.publicAddress
    let confidential = [Application.Authentication.basic, .post].map(\.rawValue)
    var metadata = AuthorizationServerMetadata(
      issuer: issuer, authorizationEndpoint: issuer + EndpointPath.authorize, tokenEndpoint: issuer + EndpointPath.token,
      jwksURI: issuer + EndpointPath.keySet, scopesSupported: Scope.all, responseTypesSupported: ["code"],
      responseModesSupported: ["query"], grantTypesSupported: Application.GrantType.allCases.map(\.rawValue),
      subjectTypesSupported: ["public"], claimsSupported: Self.claims, codeChallengeMethodsSupported: ["S256"],
      idTokenSigningAlgorithms: SignatureAlgorithm.allCases.map(\.rawValue),
      tokenEndpointAuthMethods: Application.Authentication.allCases.map(\.rawValue))
    metadata.userinfoEndpoint = issuer + EndpointPath.userInfo
    metadata.introspectionEndpoint = issuer + EndpointPath.introspect
    metadata.revocationEndpoint = issuer + EndpointPath.revoke
    metadata.registrationEndpoint = issuer + EndpointPath.register
    metadata.endSessionEndpoint = issuer + EndpointPath.signOut
    metadata.introspectionEndpointAuthMethods = confidential
    metadata.revocationEndpointAuthMethods = Application.Authentication.allCases.map(\.rawValue)
    metadata.acrValuesSupported = [AuthenticationContext.password]
    metadata.promptValuesSupported = ["none", "login", "select_account"]
    metadata.uiLocalesSupported = Language.all.map(\.tag)
    return metadata
  }

  private static let claims = [
    "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash", "name", "given_name", "family_name",
    "locale",
    "email", "email_verified", "organization",
  ]
}

/// Publishes the keys that verify our signatures (RFC 7517 §5).
package struct PublishKeys: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  package struct Published: Sendable {
    package let set: KeySet
    /// How long it may be cached, in seconds: no longer than a new key is published before it signs (THREATS KEY2), and not at all while a key is missing
    /// that does not open here, for another instance may sign with it.
    package let maximumAge: Int64
  }

  package func callAsFunction() -> Published {
    let published = env.keys.published(at: env.clock())
    return Published(
      set: KeySet(keys: published.keys.map(\.jwk)),
      maximumAge: published.isWhole ? env.settings.lifetimes.keyAnnouncement.wholeSeconds : 0)
  }
}
