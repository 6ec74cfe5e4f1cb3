/// What `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 §3) and `/.well-known/oauth-authorization-server` (RFC 8414 §2)
/// answer: the same document under two addresses.
///
/// Only members Usher fills are here; members of other servers are ignored when one of these is read.
public struct AuthorizationServerMetadata: Codable, Hashable, Sendable {
  /// The public address, exactly as `iss` says it.
  public var issuer: String
  /// Where browsers are sent to sign in.
  public var authorizationEndpoint: String
  /// Where codes and refresh tokens are exchanged.
  public var tokenEndpoint: String
  /// Where the keys are.
  public var jwksURI: String
  /// OpenID Connect Core 1.0 §5.3.
  public var userinfoEndpoint: String?
  /// RFC 7662.
  public var introspectionEndpoint: String?
  /// RFC 7009.
  public var revocationEndpoint: String?
  /// RFC 7591.
  public var registrationEndpoint: String?
  /// OpenID Connect RP-Initiated Logout 1.0 §2.1.
  public var endSessionEndpoint: String?

  /// Scopes that mean something to Usher itself.
  public var scopesSupported: [String]
  /// `code` alone.
  public var responseTypesSupported: [String]
  /// How authorization answers travel.
  public var responseModesSupported: [String]
  /// What the token endpoint exchanges.
  public var grantTypesSupported: [String]
  /// `public`: every application sees the same `sub`.
  public var subjectTypesSupported: [String]
  /// Claims of ID tokens and userinfo.
  public var claimsSupported: [String]
  /// Authentication contexts, weakest first.
  public var acrValuesSupported: [String]?
  /// Initiating User Registration 1.0 §4; values of `prompt`.
  public var promptValuesSupported: [String]?
  /// Languages of the pages (BCP 47).
  public var uiLocalesSupported: [String]?
  /// `S256` alone (RFC 7636 §4.3).
  public var codeChallengeMethodsSupported: [String]
  /// Algorithms of ID tokens.
  public var idTokenSigningAlgorithms: [String]

  /// How applications prove who they are at the token endpoint.
  public var tokenEndpointAuthMethods: [String]
  /// The same at the introspection endpoint.
  public var introspectionEndpointAuthMethods: [String]?
  /// The same at the revocation endpoint.
  public var revocationEndpointAuthMethods: [String]?

  /// RFC 9207 §3.
  public var authorizationResponseIssParameterSupported: Bool
  /// Request objects by value; false, because a missing member means the same and a present one is clearer.
  public var requestParameterSupported: Bool
  /// Request objects by reference; a missing member would mean true (OpenID Connect Discovery 1.0 §3).
  public var requestURIParameterSupported: Bool
  /// Whether single claims can be asked for.
  public var claimsParameterSupported: Bool
  /// A page for developers.
  public var serviceDocumentation: String?

  /// Everything without which a client cannot work; the optional members are set afterwards.
  public init(
    issuer: String, authorizationEndpoint: String, tokenEndpoint: String, jwksURI: String, scopesSupported: [String],
    responseTypesSupported: [String], responseModesSupported: [String], grantTypesSupported: [String],
    subjectTypesSupported: [String], claimsSupported: [String], codeChallengeMethodsSupported: [String],
    idTokenSigningAlgorithms: [String], tokenEndpointAuthMethods: [String]
  ) {
    self.issuer = issuer
    self.authorizationEndpoint = authorizationEndpoint
    self.tokenEndpoint = tokenEndpoint
    self.jwksURI = jwksURI
    self.scopesSupported = scopesSupported
    self.responseTypesSupported = responseTypesSupported
    self.responseModesSupported = responseModesSupported
    self.grantTypesSupported = grantTypesSupported
    self.subjectTypesSupported = subjectTypesSupported
    self.claimsSupported = claimsSupported
    self.codeChallengeMethodsSupported = codeChallengeMethodsSupported
    self.idTokenSigningAlgorithms = idTokenSigningAlgorithms
    self.tokenEndpointAuthMethods = tokenEndpointAuthMethods
    self.authorizationResponseIssParameterSupported = true
    self.requestParameterSupported = false
    self.requestURIParameterSupported = false
    self.claimsParameterSupported = false
  }

  enum CodingKeys: String, CodingKey {
    case issuer
    case authorizationEndpoint = "authorization_endpoint"
    case tokenEndpoint = "token_endpoint"
    case jwksURI = "jwks_uri"
    case userinfoEndpoint = "userinfo_endpoint"
    case introspectionEndpoint = "introspection_endpoint"
    case revocationEndpoint = "revocation_endpoint"
    case registrationEndpoint = "registration_endpoint"
    case endSessionEndpoint = "end_session_endpoint"
    case scopesSupported = "scopes_supported"
    case responseTypesSupported = "response_types_supported"
    case responseModesSupported = "response_modes_supported"
    case grantTypesSupported = "grant_types_supported"
    case subjectTypesSupported = "subject_types_supported"
    case claimsSupported = "claims_supported"
    case acrValuesSupported = "acr_values_supported"
    case promptValuesSupported = "prompt_values_supported"
    case uiLocalesSupported = "ui_locales_supported"
    case codeChallengeMethodsSupported = "code_challenge_methods_supported"
    case idTokenSigningAlgorithms = "id_token_signing_alg_values_supported"
    case tokenEndpointAuthMethods = "token_endpoint_auth_methods_supported"
    case introspectionEndpointAuthMethods = "introspection_endpoint_auth_methods_supported"
    case revocationEndpointAuthMethods = "revocation_endpoint_auth_methods_supported"
    case authorizationResponseIssParameterSupported = "authorization_response_iss_parameter_supported"
    case requestParameterSupported = "request_parameter_supported"
    case requestURIParameterSupported = "request_uri_parameter_supported"
    case claimsParameterSupported = "claims_parameter_supported"
    case serviceDocumentation = "service_documentation"
  }
}
