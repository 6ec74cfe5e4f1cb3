internal import Identity

/// Only applications that the operator marked as trusted may sign people in: there is no page on which a person could agree to another
/// (THREATS COD6). And the application must be registered for codes (RFC 6749 §4.1.2.1).
enum TrustRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    guard request.application.grantTypes.contains(.authorizationCode) else {
      throw OAuthError(.unauthorizedClient, "The application is not registered for the authorization code grant.")
    }
    guard request.application.isTrusted else {
      throw OAuthError(.accessDenied, "The application may not sign people in here.", detail: "not marked as trusted")
    }
  }
}
