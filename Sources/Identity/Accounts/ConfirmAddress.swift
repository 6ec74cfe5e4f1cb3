package import Primitives

/// Proves a mailbox: the link of the letter makes the personal account that was asked for, with the password chosen then, and signs in.
///
/// Looking (`open`) uses nothing up; confirming uses the link up by one conditional write, and makes every other pending sign-up of the address
/// worthless: whoever registered it before without owning the mailbox is left with nothing (THREATS LNK6).
package struct ConfirmAddress: Sendable {
  package enum DeadEnd: Error, Sendable, Hashable {
    /// Never sent by us; shown like `expired`.
    case unknown
    case expired, used
  }

  package init() {}

  package static func url(of secret: SecretToken, _ settings: IdentitySettings) -> String {
    "\(settings.publicAddress)/confirm/\(secret.reveal())"
  }

  /// - Returns: the address to be confirmed.
  /// - Throws: `DeadEnd`.
  package func open(_ secret: SecretToken, _ occasion: Occasion, env: Environment) async throws -> EmailAddress {
    try await env.store.read { tx in try Self.usable(secret.digest, tx, at: occasion.now).email }
  }

  /// - Throws: `DeadEnd`.
  package func callAsFunction(
    _ secret: SecretToken, browser: Browser, _ occasion: Occasion, env: Environment
  ) async throws -> StartedSession {
    try await env.store.write { tx in
      let signUp = try Self.usable(secret.digest, tx, at: occasion.now)
      guard try tx.usePendingSignUp(secret.digest, at: occasion.now) else { throw DeadEnd.used }
      let account = Account(
        id: occasion.newID(), kind: .personal, email: signUp.email, name: signUp.name, language: signUp.language,
        country: signUp.country,
        createdAt: occasion.now)
      do { try tx.insert(account) } catch StoreError.taken(.accountAddress) { throw DeadEnd.used }
      try tx.setPassword(StoredPassword(hash: signUp.password, changedAt: occasion.now), of: account.id)
      try tx.discardPendingSignUps(email: signUp.email)
      let person = occasion.acting(as: .account(account.id, via: nil))
      try tx.record(.accountCreated, on: account.id.auditName, in: nil, person, details: ["kind": "personal"])
      try tx.record(.passwordSet, on: account.id.auditName, in: nil, person)
      return try tx.startSession(of: account, in: browser, person, env: env)
    }
  }

  private static func usable(_ digest: SecretDigest, _ tx: any Transaction, at now: Timestamp) throws -> PendingSignUp {
    guard let signUp = try tx.pendingSignUp(digest) else { throw DeadEnd.unknown }
    guard signUp.usedAt == nil else { throw DeadEnd.used }
    guard now <= signUp.expiresAt else { throw DeadEnd.expired }
    return signUp
  }
}
