internal import Primitives

/// A browser that came back with its session cookie.
package struct ResumedSession: Sendable {
  package let session: Session
  package let account: Account
}

/// Recognizes a browser by its session cookie: one signature check and two look-ups.
///
/// Everything is judged now: signature, end, idleness, whether the session was ended, whether the account may act. A session that was ended
/// elsewhere is dead on the very next request (THREATS SES3, SES4).
///
/// A store that takes no writes (a full disk) ends nobody's session: the idle mark stays where it is, so that the session ends the earlier for
/// it, never later, and the mark moves again at the first request after.
package struct ResumeSession: Sendable {
  /// The idle mark is written at most this often.
  static let markInterval: Duration = .minutes(1)

  package init() {}

  /// - Parameter token: the value of the session cookie.
  /// - Returns: nil when there is no living session behind it, for whatever reason; the caller asks to sign in.
  package func callAsFunction(_ token: String, _ occasion: Occasion, env: Environment) async throws -> ResumedSession? {
    let now = occasion.now
    guard let secret = SessionToken.secret(in: token, issuer: env.settings.publicAddress, keys: env.keys, at: now) else {
      return nil
    }
    let resumed: ResumedSession? = try await env.store.read { tx in
      guard let session = try tx.session(secret.digest), session.endedAt == nil,
        !session.hasExpired(at: now, env.settings.lifetimes),
        let account = try tx.account(session.account), account.state == .active
      else { return nil }
      return ResumedSession(session: session, account: account)
    }
    if let resumed, now - resumed.session.lastSeenAt >= Self.markInterval {
      do {
        try await env.store.write { tx in try tx.touchSession(resumed.session.id, at: now) }
      } catch StoreError.unavailable {}
    }
    return resumed
  }
}
