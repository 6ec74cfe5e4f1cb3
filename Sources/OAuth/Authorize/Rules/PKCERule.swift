internal import Primitives

/// Proof Key for Code Exchange, always, and by SHA-256 alone (RFC 7636 §4.3, RFC 9700 §2.1.1; THREATS COD4).
///
/// A missing method would mean `plain` and is refused like it. The challenge is a SHA-256 as base64url, so it has exactly 43 signs.
enum PKCERule {
  static func check(_ request: TrustedRequest) throws(OAuthError) -> String {
    guard let challenge = request.parameters["code_challenge"] else {
      throw OAuthError(.invalidRequest, "The parameter code_challenge is missing.")
    }
    guard let method = request.parameters["code_challenge_method"], method.isExactly("S256") else {
      throw OAuthError(.invalidRequest, "The code_challenge_method must be S256.")
    }
    guard challenge.utf8.count == 43, Base64URL.decode(challenge)?.count == 32 else {
      throw OAuthError(.invalidRequest, "The code_challenge is not a SHA-256 in base64url.")
    }
    return challenge
  }
}
