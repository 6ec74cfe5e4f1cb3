internal import Identity

/// The scopes asked for: at least one, well-formed, and each registered for the application (RFC 6749 §3.3).
///
/// `offline_access` asked for by an application that gets no refresh tokens is dropped, as OpenID Connect Core §11 wants.
enum ScopeRule {
  static func check(_ request: TrustedRequest) throws(OAuthError) -> [String] {
    guard let text = request.parameters["scope"] else { throw OAuthError(.invalidScope, "Name at least one scope.") }
    let scopes = try ScopeList.read(text)
    let application = request.application
    guard scopes.allSatisfy(application.scopes.contains) else {
      throw OAuthError(.invalidScope, "The application is not registered for every scope it asks for.")
    }
    return application.grantTypes.contains(.refreshToken) ? scopes : scopes.filter { $0 != Scope.offlineAccess }
  }
}
