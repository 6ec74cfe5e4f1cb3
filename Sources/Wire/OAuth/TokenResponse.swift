/// What the token endpoint answers when it gives tokens (RFC 6749 §5.1, OpenID Connect Core 1.0 §3.1.3.3).
///
/// Its fields are secrets in the clear, on their way to whom they belong; it is never logged.
public struct TokenResponse: Codable, Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// A signed access token (RFC 9068).
  public var accessToken: String
  /// Always `Bearer`.
  public var tokenType: String
  /// Seconds until the access token expires.
  public var expiresIn: Int64
  /// Good for one use; its successor comes with the next answer.
  public var refreshToken: String?
  /// Present when the scope has `openid`.
  public var idToken: String?
  /// The scope of the access token, names separated by blanks; always sent, also when it equals what was asked for.
  public var scope: String?

  /// An answer with at least an access token.
  public init(
    accessToken: String, expiresIn: Int64, refreshToken: String? = nil, idToken: String? = nil, scope: String? = nil,
    tokenType: String = "Bearer"
  ) {
    self.accessToken = accessToken
    self.tokenType = tokenType
    self.expiresIn = expiresIn
    self.refreshToken = refreshToken
    self.idToken = idToken
    self.scope = scope
  }

  enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
    case refreshToken = "refresh_token"
    case idToken = "id_token"
    case scope
  }

  /// Never the tokens.
  public var description: String { "‹secret›" }
  /// Never the tokens.
  public var customMirror: Mirror { Mirror(reflecting: description) }
}
