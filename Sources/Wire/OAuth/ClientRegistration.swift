/// What describes an application in dynamic registration (RFC 7591 §2), in the request and in the answer.
///
/// Members Usher does not know are ignored, as the RFC asks.
public struct ClientMetadata: Codable, Hashable, Sendable {
  /// What people are shown.
  public var clientName: String?
  /// Where answers may be sent; compared exactly.
  public var redirectURIs: [String]?
  /// OpenID Connect RP-Initiated Logout 1.0 §3.1.
  public var postLogoutRedirectURIs: [String]?
  /// `client_secret_basic` when missing.
  public var tokenEndpointAuthMethod: String?
  /// `authorization_code` alone when missing.
  public var grantTypes: [String]?
  /// `code` alone when missing.
  public var responseTypes: [String]?
  /// Names separated by blanks.
  public var scope: String?
  /// `ES256` when missing, or `RS256`.
  public var idTokenSignedResponseAlg: String?

  /// Metadata without any member.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case clientName = "client_name"
    case redirectURIs = "redirect_uris"
    case postLogoutRedirectURIs = "post_logout_redirect_uris"
    case tokenEndpointAuthMethod = "token_endpoint_auth_method"
    case grantTypes = "grant_types"
    case responseTypes = "response_types"
    case scope
    case idTokenSignedResponseAlg = "id_token_signed_response_alg"
  }
}

/// What registration answers (RFC 7591 §3.2.1): the metadata as they were accepted, and what the application is called from now on.
///
/// The secret is shown here once and never again.
public struct ClientRegistrationResponse: Codable, Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The application from now on.
  public var clientID: String
  /// Missing for a public client.
  public var clientSecret: String?
  /// Seconds since 1970.
  public var clientIDIssuedAt: Int64
  /// Seconds since 1970; 0 means never. Present whenever there is a secret.
  public var clientSecretExpiresAt: Int64?
  /// What was accepted, which may be less than what was asked for.
  public var metadata: ClientMetadata

  /// The answer to a registration that was accepted.
  public init(clientID: String, clientSecret: String?, clientIDIssuedAt: Int64, metadata: ClientMetadata) {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.clientIDIssuedAt = clientIDIssuedAt
    self.clientSecretExpiresAt = clientSecret == nil ? nil : 0
    self.metadata = metadata
  }

  /// Reads the members of both, which stand in one flat object.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    clientID = try members.decode(String.self, forKey: .clientID)
    clientSecret = try members.decodeIfPresent(String.self, forKey: .clientSecret)
    clientIDIssuedAt = try members.decode(Int64.self, forKey: .clientIDIssuedAt)
    clientSecretExpiresAt = try members.decodeIfPresent(Int64.self, forKey: .clientSecretExpiresAt)
    metadata = try ClientMetadata(from: decoder)
  }

  /// Writes the members of both into one flat object.
  public func encode(to encoder: any Encoder) throws {
    try metadata.encode(to: encoder)
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(clientID, forKey: .clientID)
    try members.encodeIfPresent(clientSecret, forKey: .clientSecret)
    try members.encode(clientIDIssuedAt, forKey: .clientIDIssuedAt)
    try members.encodeIfPresent(clientSecretExpiresAt, forKey: .clientSecretExpiresAt)
  }

  enum CodingKeys: String, CodingKey {
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case clientIDIssuedAt = "client_id_issued_at"
    case clientSecretExpiresAt = "client_secret_expires_at"
  }

  /// Never the secret.
  public var description: String { "client \(clientID), ‹secret›" }
  /// Never the secret.
  public var customMirror: Mirror { Mirror(reflecting: description) }
}
