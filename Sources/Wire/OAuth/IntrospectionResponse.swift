/// What the introspection endpoint answers about a token (RFC 7662 §2.2), with the claims of Usher's access tokens (RFC 9068 §2.2).
///
/// Of a token that is not active nothing is told but that: use `inactive`.
public struct IntrospectionResponse: Codable, Hashable, Sendable {
  /// Whether the token counts, now and for the one who asks.
  public var active: Bool
  /// Who issued it.
  public var issuer: String?
  /// The `sub` of the person, or the `client_id` of an application that acts for itself.
  public var subject: String?
  /// The audiences the token is meant for. Written and read as a list; Usher never writes the single-text form.
  public var audience: [String]?
  /// The application it was issued to.
  public var clientID: String?
  /// Names separated by blanks.
  public var scope: String?
  /// `Bearer` for access tokens.
  public var tokenType: String?
  /// Seconds since 1970.
  public var expiresAt: Int64?
  /// Seconds since 1970.
  public var issuedAt: Int64?
  /// The `jti`.
  public var tokenID: String?
  /// The one organization the token names.
  public var organization: String?
  /// The roles its subject holds there now, which may be fewer than those written in the token.
  public var roles: [String]?
  /// The `sid` of the session it came from.
  public var sessionID: String?
  /// When the person proved who they are; seconds since 1970.
  public var authenticatedAt: Int64?
  /// The `acr`.
  public var authenticationContext: String?
  /// The `amr`.
  public var authenticationMethods: [String]?

  /// The whole answer about a token that is unknown, expired, revoked, malformed or not for the one who asks.
  public static let inactive = IntrospectionResponse(active: false)

  /// An answer without details; those of an active token are set afterwards.
  public init(active: Bool) { self.active = active }

  enum CodingKeys: String, CodingKey {
    case active
    case issuer = "iss"
    case subject = "sub"
    case audience = "aud"
    case clientID = "client_id"
    case scope
    case tokenType = "token_type"
    case expiresAt = "exp"
    case issuedAt = "iat"
    case tokenID = "jti"
    case organization
    case roles
    case sessionID = "sid"
    case authenticatedAt = "auth_time"
    case authenticationContext = "acr"
    case authenticationMethods = "amr"
  }
}
