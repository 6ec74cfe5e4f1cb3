internal import Identity

/// The application must be registered for codes (RFC 6749 §4.1.2.1).
enum CodeGrantRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    guard request.application.grantTypes.contains(.authorizationCode) else {
      throw OAuthError(.unauthorizedClient, "The application is not registered for the authorization code grant.")
    }
  }
}
