/// What the userinfo endpoint answers (OpenID Connect Core 1.0 §5.3.2): `sub` always, the rest by the scopes `profile` and `email`.
public struct UserInfoResponse: Codable, Hashable, Sendable {
  /// The person, by the name this application sees.
  public var subject: String
  /// The whole name (`profile`).
  public var name: String?
  /// First name (`profile`).
  public var givenName: String?
  /// Last name (`profile`).
  public var familyName: String?
  /// The person's language (BCP 47).
  public var locale: String?
  /// The address (`email`).
  public var email: String?
  /// Whether the mailbox was proved (`email`).
  public var emailVerified: Bool?
  /// The organization the token names, for work accounts.
  public var organization: String?

  /// An answer that tells only who; claims are set as scopes allow.
  public init(subject: String) { self.subject = subject }

  enum CodingKeys: String, CodingKey {
    case subject = "sub"
    case name
    case givenName = "given_name"
    case familyName = "family_name"
    case locale
    case email
    case emailVerified = "email_verified"
    case organization
  }
}
