internal import AccessControl
package import Identity
package import Primitives

/// Decides whether a presented access token counts now. It guards userinfo, the management API, the decision endpoint and introspection.
///
/// One of them serves the whole process, for the sake of its memory of proved signatures.
package final class AccessTokenVerifier: Sendable {
  /// How far clocks may differ.
  package static let leeway: Duration = .seconds(30)
  static let cacheCapacity = 10_000

  private let env: Environment
  private let cache = ReadTokenCache(capacity: cacheCapacity)

  package init(_ env: Environment) { self.env = env }

  /// The token of a request to one of our own endpoints.
  ///
  /// - Parameters:
  ///   - audience: what the token must be for, exactly; nil for userinfo, which any token with its scope may ask.
  ///   - scope: what the token must allow.
  ///   - proving: whether a signature that was not proved before is proved now; otherwise such a token counts for nothing. It takes longer than answering
  ///     a hundred questions.
  /// - Throws: `invalid_token` (401), `insufficient_scope` (403), `temporarily_unavailable` (503).
  package func callAsFunction(
    _ token: BearerToken, audience: String?, scope: String, at now: Timestamp, proving: Bool = true
  ) throws(OAuthError) -> VerifiedToken {
    guard let verified = try verify(token.text, at: now, proving: proving), audience.map(verified.audience.isExactly) ?? true
    else {
      throw BearerToken.invalid
    }
    guard verified.allows(scope) else { throw BearerToken.insufficient(scope: scope) }
    return verified
  }

  /// The token, if it counts now, whoever it is for.
  ///
  /// - Throws: `temporarily_unavailable` while the store cannot be asked: what cannot be confirmed counts for nothing (THREATS AZN2).
  package func verify(_ text: String, at now: Timestamp, proving: Bool = true) throws(OAuthError) -> VerifiedToken? {
    guard env.policy.isCurrent else { throw OAuthError(.temporarilyUnavailable, "Please try again in a moment.") }
    let read = cache.token(text) {
      guard proving else { return nil }
      return AccessTokenReader.read(text, issuer: env.settings.publicAddress) { env.keys.verificationKey($0, at: now) }
    }
    guard let read, env.keys.verificationKey(read.keyID, at: now) != nil, isInTime(read, at: now) else { return nil }
    return inForce(read, at: now)
  }

  /// RFC 7519 §4.1.4 to §4.1.6. We write whole seconds.
  private func isInTime(_ token: ReadAccessToken, at now: Timestamp) -> Bool {
    let latest = now + Self.leeway
    return now.seconds <= (token.claims.expiresAt + Self.leeway).seconds && token.claims.issuedAt <= latest
      && token.notBefore.map { $0 <= latest } ?? true
  }

  /// The state of everything the token hangs on, from memory.
  private func inForce(_ token: ReadAccessToken, at now: Timestamp) -> VerifiedToken? {
    let policy = env.policy
    let state = policy.state
    guard let application = state.activeApplication(token.claims.application), !policy.isRevoked(tokenID: token.claims.tokenID),
      policy.mayCount(issuedAt: token.claims.issuedAt), isStillFor(token.claims.audience, application)
    else { return nil }
    switch token.claims.subject {
    case .person(let account, let organization, let grant, _, _):
      guard let standing = state.standing(of: account), standing.isActive, !policy.hasEnded(grant), application.isTrusted,
        application.admits.admits(standing.kind.name)
      else { return nil }
      if let organization, !state.mayAct(account, in: organization) { return nil }
    case .application(let organization):
      guard application.grantTypes.contains(.clientCredentials), application.owner == organization else { return nil }
    }
    return VerifiedToken(token, of: application, in: state, at: now)
  }
}

extension AccessTokenVerifier {
  /// Whether the application may still have tokens for the audience. At our own endpoints the scopes alone decide, so that a token which lost
  /// its scope is told just that.
  private func isStillFor(_ audience: String, _ application: Application) -> Bool {
    guard !env.settings.isOwnAudience(audience) else { return true }
    return application.mayAsk(for: audience, scopes: [], heldBy: env.policy.application(audience: audience), env.settings)
  }
}
