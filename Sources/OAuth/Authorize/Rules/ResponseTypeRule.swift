/// `code` alone: tokens never travel through a browser's address (RFC 6749 §3.1.1, RFC 9700 §2.1.2).
enum ResponseTypeRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    guard let type = request.parameters["response_type"] else {
      throw OAuthError(.invalidRequest, "The parameter response_type is missing.")
    }
    guard type == "code" else { throw OAuthError(.unsupportedResponseType, "Only the response type code is supported.") }
  }
}
