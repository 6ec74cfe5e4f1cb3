/// No parameter may stand there twice (RFC 6749 §3.1). `resource` may, by RFC 8707 §2, and has a rule of its own.
enum RepeatedParameterRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) {
    guard request.parameters.repeated.subtracting(["resource"]).isEmpty else {
      throw OAuthError(.invalidRequest, "A parameter stands in the request more than once.")
    }
  }
}
