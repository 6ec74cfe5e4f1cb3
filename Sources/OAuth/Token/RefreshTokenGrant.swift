internal import AccessControl
internal import Identity
internal import Primitives

/// Exchanges a refresh token for its successor and a new access token (RFC 6749 §6).
///
/// Each is good for one use. Showing a used one again means that two parties hold the family, and we cannot tell which is the thief: the whole
/// family dies (RFC 9700 §4.14.2; THREATS REF1). There is no period of grace. Everything the grant hangs on is read anew each time.
struct RefreshTokenGrant: Sendable {
  private let env: Environment

  init(_ env: Environment) { self.env = env }

  func authorize(_ request: EndpointRequest, _ application: Application, _ occasion: Occasion) async throws -> TokenTerms {
    guard let presented = request["refresh_token"] else {
      throw OAuthError(.invalidRequest, "The parameter refresh_token is missing.")
    }
    guard let token = RefreshSecret(presented: presented) else {
      throw Self.refusal("a token of \(presented.utf8.count) bytes")
    }
    let wanted = try request["scope"].map(ScopeList.read)
    let resources = request.form.all("resource").filter { !$0.isEmpty }
    let successor = token.next(on: occasion)
    let settings = env.settings
    // What is thrown inside would be undone, so what was found out travels as a value.
    let outcome: Result<TokenTerms, OAuthError> = try await env.store.write { tx in
      // Another application's token is not touched: it would be a way to end what others hold.
      guard var family = try tx.refreshFamily(token.familyDigest), let grant = try tx.grant(family.grant),
        grant.application == application.id
      else {
        return .failure(Self.refusal("unknown, or another application's"))
      }
      guard family.turn.matches(token.turnDigest) else { return .failure(try Self.replayed(grant, tx, occasion)) }
      guard occasion.now <= family.expiresAt else { return .failure(Self.refusal("expired")) }
      guard case .inForce(let application, let roles) = try tx.standing(of: grant, at: occasion.now, settings) else {
        return .failure(Self.refusal("not in force"))
      }
      let granted = grant.scopes(for: application)
      let scopes = wanted ?? granted
      guard Set(scopes).isSubset(of: granted) else {
        return .failure(OAuthError(.invalidScope, "The scope is wider than what was granted."))
      }
      guard resources.allSatisfy(grant.audience.isExactly) else {
        return .failure(OAuthError(.invalidTarget, "The token was granted for another resource."))
      }
      family.turn = successor.turnDigest
      family.issuedAt = occasion.now
      family.expiresAt = grant.refreshEnd(for: application, from: occasion.now, settings.lifetimes)
      guard try tx.renew(family, from: token.turnDigest) else { return .failure(try Self.replayed(grant, tx, occasion)) }
      return .success(
        TokenTerms(
          application: application, subject: .grant(grant, roles: roles, refreshToken: successor, nonce: nil), scopes: scopes,
          audience: grant.audience))
    }
    return try outcome.get()
  }

  private static func replayed(_ grant: Grant, _ tx: any Transaction, _ occasion: Occasion) throws -> OAuthError {
    try tx.end(grant, as: .refreshReplayed, event: .refreshTokenReplayed, occasion)
    return refusal("replayed")
  }

  private static func refusal(_ detail: String) -> OAuthError {
    OAuthError(.invalidGrant, "The refresh token is unknown, expired, used or revoked.", detail: detail)
  }
}
