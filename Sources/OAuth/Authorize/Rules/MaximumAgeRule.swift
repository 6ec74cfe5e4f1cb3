/// How old the last sign-in may be, in seconds (OpenID Connect Core §3.1.2.1).
enum MaximumAgeRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) -> Duration? {
    guard let text = request.parameters["max_age"] else { return nil }
    guard text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text) else {
      throw OAuthError(.invalidRequest, "The parameter max_age is not a number of seconds.")
    }
    return .seconds(seconds)
  }
}
