/// How a person proved who they are, as tokens say it (OpenID Connect Core §2). There is one way: a password.
enum AuthenticationContext {
  /// `acr`: a password and nothing besides.
  static let password = "urn:usher:acr:password"
  /// `amr`, from RFC 8176 §2.
  static let methods = ["pwd"]
}
