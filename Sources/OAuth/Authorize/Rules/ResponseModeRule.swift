/// Answers travel in the query of the redirect address (OAuth 2.0 Multiple Response Types §2.1).
enum ResponseModeRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    guard (request.parameters["response_mode"] ?? "query") == "query" else {
      throw OAuthError(.invalidRequest, "Only the response mode query is supported.")
    }
  }
}
