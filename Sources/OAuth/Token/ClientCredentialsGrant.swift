internal import Identity
internal import Primitives

/// An application acts for itself (RFC 6749 §4.4): with its own roles, never with a person's, and without a refresh token (§4.4.3).
struct ClientCredentialsGrant: Sendable {
  private let env: Environment

  init(_ env: Environment) { self.env = env }

  /// Without `scope`, everything the application is registered for counts, except what is about people.
  func authorize(_ request: EndpointRequest, _ application: Application) throws(OAuthError) -> TokenTerms {
    guard !application.isPublic else {
      throw OAuthError(.unauthorizedClient, "An application without a secret cannot act for itself.")
    }
    let own = application.scopes.subtracting(Scope.aboutPeople)
    let scopes: [String]
    if let text = request["scope"] {
      scopes = try ScopeList.read(text)
      guard own.isSuperset(of: scopes) else {
        throw OAuthError(
          .invalidScope, "The application is not registered for every scope it asks for, or the scope is about people.")
      }
    } else {
      scopes = own.sorted()
    }
    let audience = try AudienceRule.check(resources: request.form.all("resource"), scopes, application, env)
    return TokenTerms(application: application, subject: .application, scopes: scopes, audience: audience)
  }
}
