/// Returned in the ID token and nowhere else (OpenID Connect Core §3.1.2.1). At most 512 bytes, because we keep it.
enum NonceRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) -> String? {
    guard let nonce = request.parameters["nonce"] else { return nil }
    guard nonce.utf8.count <= 512 else { throw OAuthError(.invalidRequest, "The nonce is longer than 512 bytes.") }
    return nonce
  }
}
