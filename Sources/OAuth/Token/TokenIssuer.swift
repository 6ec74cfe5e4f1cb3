internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

/// Writes the tokens of an authorized request: the last phase, the same for every grant type.
struct TokenIssuer: Sendable {
  /// No key signs with the application's algorithm: a prepared portal always has one.
  struct NoSigningKey: Error {}

  private let env: Environment

  init(_ env: Environment) { self.env = env }

  func issue(_ terms: TokenTerms, _ occasion: Occasion) throws -> TokenResponse {
    let now = occasion.now
    let issuer = env.settings.publicAddress
    let lifetime = env.settings.lifetimes.accessToken
    guard let key = env.keys.signingKey(terms.application.signingAlgorithm, at: now) else { throw NoSigningKey() }
    let accessToken = try AccessTokenWriter.write(claims(terms, occasion), issuer: issuer, with: key)
    var response = TokenResponse(accessToken: accessToken, expiresIn: lifetime.wholeSeconds, scope: ScopeList.write(terms.scopes))
    if case .grant(let grant, _, let refreshToken, let nonce) = terms.subject {
      response.refreshToken = refreshToken?.reveal()
      if terms.scopes.contains(Scope.openID) {
        response.idToken = try IDTokenWriter.write(
          grant, nonce: nonce, accessToken: accessToken, issuer: issuer, with: key, at: now, lifetime: lifetime)
      }
    }
    return response
  }

  private func claims(_ terms: TokenTerms, _ occasion: Occasion) -> AccessTokenClaims {
    let subject: AccessTokenClaims.Subject
    let roles: [RoleID]?
    let grantID: GrantID?
    switch terms.subject {
    case .grant(let grant, let held, _, _):
      subject = .person(
        grant.account, organization: grant.organization, grant: grant.id, session: grant.session,
        authenticatedAt: grant.authenticatedAt)
      roles = grant.organization == nil ? nil : held
      grantID = grant.id
    case .application:
      subject = .application(organization: terms.application.owner)
      roles = terms.application.owner.map { env.policy.state.roles(of: terms.application.id, in: $0, at: occasion.now) }
      grantID = nil
    }
    return AccessTokenClaims(
      application: terms.application.id, subject: subject, audience: terms.audience, scopes: terms.scopes, roles: roles,
      tokenID: AccessTokenWriter.tokenID(of: grantID, from: occasion.randomness), issuedAt: occasion.now,
      expiresAt: occasion.now + env.settings.lifetimes.accessToken)
  }
}
