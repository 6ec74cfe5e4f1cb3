/// Parameters that would change what the request means, and that we do not read: refused, because ignoring them would answer another question
/// than was asked (OpenID Connect Core §3.1.2.6).
enum UnsupportedParameterRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    if request.parameters["request"] != nil { throw OAuthError(.requestNotSupported, "Request objects are not supported.") }
    if request.parameters["request_uri"] != nil {
      throw OAuthError(.requestURINotSupported, "Request objects by reference are not supported.")
    }
    if request.parameters["registration"] != nil {
      throw OAuthError(.registrationNotSupported, "The parameter registration is not supported.")
    }
  }
}
