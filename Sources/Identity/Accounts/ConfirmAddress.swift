internal import AccessControl
package import Localization
package import Primitives

/// Proves a mailbox: the link of the letter makes the personal account that was asked for, with the password chosen then, and signs in.
///
/// The link proves who owns the mailbox, the password that it was they who asked. Both are needed: an owner who presses the button of a letter
/// that a stranger caused would otherwise make the stranger's password count (THREATS LNK6).
///
/// Looking (`open`) and a wrong password use nothing up; confirming uses the link up by one conditional write, and makes every other pending
/// sign-up of the address worthless: whoever registered it before without owning the mailbox is left with nothing.
package struct ConfirmAddress: Sendable {
  package enum DeadEnd: Error, Sendable, Hashable {
    /// Never sent by us; shown like `expired`.
    case unknown
    case expired, used
  }

  /// What the page of a link shows.
  package struct Offer: Sendable {
    /// The address to be confirmed.
    package let email: EmailAddress
    /// The one chosen at sign-up.
    package let language: Language
  }

  package struct Confirmed: Sendable {
    package let session: StartedSession
    /// Where the person was when they began, in the browser in which they were; nil in every other.
    package let path: String?
  }

  /// The link stays usable.
  package enum Refusal: Error, Sendable, Hashable {
    /// Not the password that was chosen at sign-up.
    case wrongPassword
    /// Too many wrong ones by this link, or from this network address: nothing is tried until then.
    case throttled(until: Timestamp)
  }

  package init() {}

  package static func url(of secret: SecretToken, _ settings: IdentitySettings) -> String {
    "\(settings.publicAddress)/confirm/\(secret.reveal())"
  }

  /// - Throws: `DeadEnd`.
  package func open(_ secret: SecretToken, _ occasion: Occasion, env: Environment) async throws -> Offer {
    let signUp = try await env.store.read { tx in try Self.usable(secret.digest, tx, at: occasion.now) }
    return Offer(email: signUp.email, language: signUp.language)
  }

  /// - Parameters:
  ///   - password: the one chosen at sign-up.
  ///   - current: the session this browser is in. It ends, because a browser shows one person.
  /// - Throws: `DeadEnd`; `Refusal`; `HashingPool.Full`.
  package func callAsFunction(
    _ secret: SecretToken, password: Password, after current: Session?, browser: Browser, _ occasion: Occasion, env: Environment
  ) async throws -> Confirmed {
    let key = ThrottleKey.confirmation(secret.digest, env.keys)
    let network = ThrottleKey.signIn(from: occasion.actor.address, env.keys)
    let (seen, blockedUntil) = try await env.store.read { tx in
      (try Self.usable(secret.digest, tx, at: occasion.now), try tx.blockedUntil([key, network], at: occasion.now))
    }
    if let blockedUntil { throw Refusal.throttled(until: blockedUntil) }
    let matches = try await env.verify(password, against: seen.password).matches
    let outcome: Result<Confirmed, Refusal> = try await env.store.write { tx in
      let signUp = try Self.usable(secret.digest, tx, at: occasion.now)
      // Asked again: of many attempts at once no more count than of as many in a row.
      if let until = try tx.blockedUntil([key, network], at: occasion.now) { return .failure(.throttled(until: until)) }
      guard matches else {
        try tx.countFailure(under: key, by: env.settings.throttle.perAccount, at: occasion.now)
        try tx.countWrongPassword(
          under: network, by: env.settings.throttle.perNetwork, of: nil, counted: "network", occasion)
        try tx.countFailure("sign-up.wrong-password", occasion)
        return .failure(.wrongPassword)
      }
      try tx.clearThrottle(key.text)
      guard try tx.usePendingSignUp(secret.digest, at: occasion.now) else { throw DeadEnd.used }
      let owner = try tx.account(.personal, email: signUp.email)
      if let owner, try !tx.mayChoosePasswordAnew(owner) { throw DeadEnd.used }
      let account =
        owner
        ?? Account(
          id: occasion.newID(), kind: .personal, email: signUp.email, name: signUp.name, language: signUp.language,
          country: signUp.country,
          createdAt: occasion.now)
      if owner == nil {
        do { try tx.insert(account) } catch StoreError.taken(.accountAddress) { throw DeadEnd.used }
      }
      try tx.setPassword(StoredPassword(hash: signUp.password, changedAt: occasion.now), of: account.id)
      try tx.discardPendingSignUps(email: signUp.email)
      let person = occasion.acting(as: .account(account.id, via: nil))
      if owner == nil { try tx.record(.accountCreated, on: account.id.auditName, in: nil, person, details: ["kind": "personal"]) }
      try tx.record(.passwordSet, on: account.id.auditName, in: nil, person)
      let session = try tx.continueOrStartSession(of: account, after: current, in: browser, person, env: env)
      let wayBack = signUp.wayBack.flatMap { $0.browser == browser.digest ? $0.path : nil }
      return .success(Confirmed(session: session, path: wayBack))
    }
    return try outcome.get()
  }

  private static func usable(_ digest: SecretDigest, _ tx: any Transaction, at now: Timestamp) throws -> PendingSignUp {
    guard let signUp = try tx.pendingSignUp(digest) else { throw DeadEnd.unknown }
    guard signUp.usedAt == nil else { throw DeadEnd.used }
    guard now <= signUp.expiresAt else { throw DeadEnd.expired }
    return signUp
  }
}
