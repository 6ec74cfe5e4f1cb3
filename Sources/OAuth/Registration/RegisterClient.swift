internal import AccessControl
package import Identity
internal import Primitives
package import Wire

/// Dynamic client registration (RFC 7591) with an initial access token (§3).
///
/// What is registered here may do nothing yet: it cannot sign anybody in until the operator marks it as trusted. Metadata that would need trust
/// are left out of what is accepted, as §2 allows, and the answer says what was accepted.
package struct RegisterClient: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  /// - Parameter token: the initial access token, as a bearer token.
  /// - Throws: `OAuthError`: `invalid_token` (401), `invalid_redirect_uri` (422), `invalid_client_metadata` (400).
  package func callAsFunction(_ metadata: ClientMetadata, _ token: BearerToken, _ actor: Actor) async throws
    -> ClientRegistrationResponse
  {
    let details = try details(metadata)
    let occasion = env.occasion(of: actor)
    do {
      let registered = try await RegisterApplicationByToken()(details, SecretToken(presented: token.text), occasion, env: env)
      return ClientRegistrationResponse(
        clientID: registered.application.id.text, clientSecret: registered.secret?.reveal(),
        clientIDIssuedAt: occasion.now.seconds,
        metadata: Self.accepted(registered.application))
    } catch let refusal as RegisterApplicationByToken.Refusal {
      switch refusal {
      case .tokenNotUsable: throw BearerToken.invalid
      case .flawed(let flaws): throw Self.error(flaws)
      }
    }
  }

  private func details(_ metadata: ClientMetadata) throws(OAuthError) -> ApplicationDetails {
    let method = metadata.tokenEndpointAuthMethod ?? Application.Authentication.basic.rawValue
    guard let authentication = Application.Authentication(rawValue: method) else {
      throw Self.notSupported("token_endpoint_auth_method")
    }
    var grantTypes: Set<Application.GrantType> = []
    for name in metadata.grantTypes ?? [Application.GrantType.authorizationCode.rawValue] {
      guard let type = Application.GrantType(rawValue: name) else { throw Self.notSupported("grant_types") }
      grantTypes.insert(type)
    }
    guard (metadata.responseTypes ?? ["code"]) == ["code"] || metadata.responseTypes == [] else {
      throw Self.notSupported("response_types")
    }
    guard let algorithm = SignatureAlgorithm(rawValue: metadata.idTokenSignedResponseAlg ?? SignatureAlgorithm.es256.rawValue)
    else {
      throw Self.notSupported("id_token_signed_response_alg")
    }
    var details = ApplicationDetails(
      name: DisplayText.cleaned(metadata.clientName ?? "Application", limit: 100) ?? "", authentication: authentication,
      grantTypes: grantTypes)
    details.redirectURIs = metadata.redirectURIs ?? []
    details.postSignOutRedirectURIs = metadata.postLogoutRedirectURIs ?? []
    guard let scopes = try? ScopeList.read(metadata.scope ?? Scope.openID) else { throw Self.notSupported("scope") }
    details.scopes = Set(scopes)
    details.signingAlgorithm = algorithm
    return details
  }

  private static func accepted(_ application: Application) -> ClientMetadata {
    var metadata = ClientMetadata()
    metadata.clientName = application.name
    metadata.redirectURIs = application.redirectURIs
    metadata.postLogoutRedirectURIs = application.postSignOutRedirectURIs
    metadata.tokenEndpointAuthMethod = application.authentication.rawValue
    metadata.grantTypes = application.grantTypes.map(\.rawValue).sorted()
    metadata.responseTypes = application.grantTypes.contains(.authorizationCode) ? ["code"] : []
    metadata.scope = ScopeList.write(application.scopes.sorted())
    metadata.idTokenSignedResponseAlg = application.signingAlgorithm.rawValue
    return metadata
  }

  private static func error(_ flaws: [ApplicationFlaw]) -> OAuthError {
    if let address = flaws.first(where: { $0.field == .redirectURIs || $0.field == .postSignOutRedirectURIs }) {
      return OAuthError(.invalidRedirectURI, "A redirect address is not acceptable: \(address.code).")
    }
    let words = flaws.map { "\($0.field.rawValue): \($0.code)" }.joined(separator: ", ")
    return OAuthError(.invalidClientMetadata, "The metadata are not acceptable: \(words).")
  }

  private static func notSupported(_ member: String) -> OAuthError {
    OAuthError(.invalidClientMetadata, "The value of \(member) is not supported.")
  }
}
