internal import Identity

/// Only applications that the operator marked as trusted may sign people in: there is no page on which a person could agree to another
/// (THREATS COD6).
///
/// It is asked before every other rule, because its refusal is not sent anywhere by itself. Anybody who may register an application chooses its
/// addresses; if we redirected to them, our own address would lead wherever they like (RFC 9700 §4.11.2; THREATS RED4).
enum TrustRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    guard request.application.isTrusted else {
      throw OAuthError(.accessDenied, "The application may not sign people in here.", detail: "not marked as trusted")
    }
  }
}
