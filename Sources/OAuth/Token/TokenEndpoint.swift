internal import AccessControl
package import Identity
internal import Primitives
package import Wire

/// The token endpoint (RFC 6749 §3.2).
///
/// It owns the phases every grant shares: who calls, may they use this grant, and the tokens. A grant type fills in only what authorizes the
/// tokens (`TokenTerms`), and so cannot forget a shared step. There is no password grant (RFC 9700 §2.4; THREATS MIX2).
package struct TokenEndpoint: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  /// - Throws: `OAuthError`, to be answered as RFC 6749 §5.2 says. The answer must not be cached (§5.1).
  package func callAsFunction(_ request: EndpointRequest) async throws -> TokenResponse {
    let occasion = env.occasion(of: request.actor)
    try request.refuseRepeated()
    let type = try grantType(request)
    let application = try await AuthenticateClient(env)(request, occasion)
    guard application.grantTypes.contains(type) else {
      throw OAuthError(.unauthorizedClient, "The application is not registered for this grant type.")
    }
    let acting = occasion.acting(as: .application(application.id))
    let terms =
      switch type {
      case .authorizationCode: try await AuthorizationCodeGrant(env).authorize(request, application, acting)
      case .refreshToken: try await RefreshTokenGrant(env).authorize(request, application, acting)
      case .clientCredentials: try ClientCredentialsGrant(env).authorize(request, application)
      }
    return try TokenIssuer(env).issue(terms, occasion)
  }

  private func grantType(_ request: EndpointRequest) throws(OAuthError) -> Application.GrantType {
    guard let name = request["grant_type"] else { throw OAuthError(.invalidRequest, "The parameter grant_type is missing.") }
    guard let type = Application.GrantType(rawValue: name) else {
      throw OAuthError(.unsupportedGrantType, "The grant type is not supported.")
    }
    return type
  }
}
