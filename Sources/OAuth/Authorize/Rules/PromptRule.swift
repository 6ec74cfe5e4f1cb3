/// What the application wants shown (OpenID Connect Core §3.1.2.1).
package enum Prompt: Sendable, Hashable {
  /// Whatever is needed.
  case asNeeded
  /// Nothing at all.
  case none
  /// A new sign-in, whoever is signed in. `select_account` asks for the same: our sign-in page is where one chooses.
  case signIn
}

/// `none` stands alone. `consent` has nothing to show for trusted applications; names we do not know are ignored, as the standard advises.
enum PromptRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) -> Prompt {
    let values = (request.parameters["prompt"] ?? "").split(separator: " ")
    if values.contains("none") {
      guard values.count == 1 else { throw OAuthError(.invalidRequest, "The prompt none stands alone.") }
      return .none
    }
    return values.contains("login") || values.contains("select_account") ? .signIn : .asNeeded
  }
}
