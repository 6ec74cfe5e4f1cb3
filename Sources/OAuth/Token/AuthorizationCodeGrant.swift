internal import AccessControl
internal import Identity
internal import Primitives

/// Exchanges an authorization code (RFC 6749 §4.1.3).
///
/// Showing a code uses it up, whatever else is wrong with the request: a code that leaked gets one try (THREATS COD3). Showing it a second time
/// ends the grant with everything that was issued from it (RFC 6749 §4.1.2; THREATS COD1).
struct AuthorizationCodeGrant: Sendable {
  private let env: Environment

  init(_ env: Environment) { self.env = env }

  func authorize(_ request: EndpointRequest, _ application: Application, _ occasion: Occasion) async throws -> TokenTerms {
    guard let presented = request["code"] else { throw OAuthError(.invalidRequest, "The parameter code is missing.") }
    guard presented.utf8.count == 43 else { throw Self.refusal("a code of \(presented.utf8.count) bytes") }
    let code = SecretToken(presented: presented).digest
    let redirectURI = request["redirect_uri"]
    let verifier = request["code_verifier"]
    let first = RefreshSecret(startedOn: occasion)
    let settings = env.settings
    // What is thrown inside would be undone, so what was found out travels as a value.
    let outcome: Result<TokenTerms, OAuthError> = try await env.store.write { tx in
      switch try tx.redeem(code, at: occasion.now) {
      case .unknown:
        return .failure(Self.refusal("unknown"))
      case .spent(let code):
        if let grant = try tx.grant(code.grant) { try tx.end(grant, as: .codeReplayed, event: .codeReplayed, occasion) }
        return .failure(Self.refusal("replayed"))
      case .taken(let code):
        guard let grant = try tx.grant(code.grant) else { return .failure(Self.refusal("grant gone")) }
        if let flaw = Self.flaw(of: code, application, redirectURI, verifier, at: occasion.now) {
          try tx.end(grant, as: .revoked, occasion)
          return .failure(Self.refusal(flaw))
        }
        switch try tx.standing(of: grant, at: occasion.now, settings) {
        case .dead(let reason): return .failure(Self.refusal(reason.rawValue))
        case .inForce(let application, let roles):
          let refreshToken = try tx.startRefreshFamily(first, of: grant, application, occasion, settings.lifetimes)
          return .success(
            TokenTerms(
              application: application, subject: .grant(grant, roles: roles, refreshToken: refreshToken, nonce: code.nonce),
              scopes: grant.scopes(for: application), audience: grant.audience))
        }
      }
    }
    return try outcome.get()
  }

  /// What does not fit between the code and the request that shows it.
  private static func flaw(
    of code: AuthorizationCode, _ application: Application, _ redirectURI: String?, _ verifier: String?, at now: Timestamp
  ) -> String? {
    guard code.application == application.id else { return "another application's" }
    guard now <= code.expiresAt else { return "expired" }
    // RFC 6749 §4.1.3: the same address as in the request, if it stood there.
    guard redirectURI.map(code.redirectURI.isExactly) ?? !code.redirectURIWasSent else { return "redirect_uri differs" }
    guard CodeVerifier.matches(verifier, challenge: code.challenge) else { return "code_verifier does not match" }
    return nil
  }

  private static func refusal(_ detail: String) -> OAuthError {
    OAuthError(.invalidGrant, "The code is unknown, expired, used, or was given for another request.", detail: detail)
  }
}
