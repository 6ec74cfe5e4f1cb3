internal import AccessControl
package import Primitives

/// Signs somebody in with address and password.
///
/// To a stranger every failure looks the same and takes the same time: unknown address, no password, wrong password, suspended account. Only
/// whoever presents the right password learns that the account is suspended (THREATS PWD1).
///
/// The password is looked at only when no throttle waits, and a right one counts only when none began meanwhile: a thousand attempts at once learn
/// no more than the first few (THREATS PWD3–5). A successful sign-in counts towards no throttle.
package struct SignIn: Sendable {
  package struct Request: Sendable {
    package var kind: Account.KindName
    /// As it was typed.
    package var address: String
    package var password: Password
    package var browser: Browser
    /// The session this browser is in, where it is in one. The same person goes on in it, newly authenticated; anybody else's ends.
    package var current: Session?

    package init(kind: Account.KindName, address: String, password: Password, browser: Browser, current: Session? = nil) {
      self.kind = kind
      self.address = address
      self.password = password
      self.browser = browser
      self.current = current
    }
  }

  package enum Refusal: Error, Sendable, Hashable {
    /// Address and password do not belong together, or nobody has the address: one case on purpose.
    case wrong
    /// The password was right; the account may not act.
    case suspended
    /// Nothing is tried until then, whatever the password.
    case throttled(until: Timestamp)
  }

  package init() {}

  /// - Throws: `Refusal`; `HashingPool.Full` when too many sign in at once.
  package func callAsFunction(_ request: Request, _ occasion: Occasion, env: Environment) async throws -> StartedSession {
    let attempt = SignInAttempt(request, occasion, env: env)
    let found = try await env.store.read { tx in try attempt.look(tx) }
    if let until = found.blockedUntil {
      try await env.store.write { tx in try tx.countFailure("session.sign-in-throttled", occasion) }
      throw Refusal.throttled(until: until)
    }
    let verification = try await env.verify(request.password, against: found.password?.hash)
    // A full pool is no reason to refuse somebody whose password was right: the renewal waits for the next time.
    let renewed = verification.needsRenewal ? try? await env.passwords.hash(request.password) : nil
    let outcome: Result<StartedSession, Refusal> = try await env.store.write { tx in
      if let until = try tx.blockedUntil(found.keys.map(\.key), at: occasion.now) { return .failure(.throttled(until: until)) }
      guard verification.matches, let account = found.account, let password = found.password else {
        try attempt.countFailure(found, tx)
        return .failure(.wrong)
      }
      return try attempt.succeed(account, password, renewed: renewed, found, tx)
    }
    return try outcome.get()
  }
}

/// The steps of one attempt, in the order in which they happen.
private struct SignInAttempt: Sendable {
  struct Found: Sendable {
    let account: Account?
    let password: StoredPassword?
    /// What a failure is counted under.
    let keys: [(key: ThrottleKey, rule: ThrottleRule)]
    let blockedUntil: Timestamp?
  }

  /// Looked up in place of what is not there, so that every attempt costs the same statements.
  private static let nobody = AccountID(trusted: "nobody")

  private let request: SignIn.Request
  private let occasion: Occasion
  private let env: Environment
  private let email: EmailAddress

  init(_ request: SignIn.Request, _ occasion: Occasion, env: Environment) {
    self.request = request
    self.occasion = occasion
    self.env = env
    email = EmailAddress(request.address) ?? EmailAddress(stored: "nobody@invalid.invalid")
  }

  func look(_ tx: any Transaction) throws -> Found {
    let account = try tx.account(request.kind, email: email)
    let password = try tx.passwordHash(of: account?.id ?? Self.nobody)
    let keys = try throttles(tx, account)
    return Found(
      account: account, password: password, keys: keys, blockedUntil: try tx.blockedUntil(keys.map(\.key), at: occasion.now))
  }

  /// A browser that the account knows is counted by itself, so that nobody who fails elsewhere can keep its owner out. Everybody else is
  /// counted by the address they try and by the network they come from.
  private func throttles(_ tx: any Transaction, _ account: Account?) throws -> [(key: ThrottleKey, rule: ThrottleRule)] {
    let limits = env.settings.throttle
    let device = request.browser.device?.digest
    if try tx.knowsDevice(device ?? .of(""), of: account?.id ?? Self.nobody), let device {
      return [(.signIn(request.kind, email.key, from: device, env.keys), limits.perAccount)]
    }
    return [
      (.signIn(request.kind, email.key, env.keys), limits.perAccount),
      (.signIn(from: occasion.actor.address, env.keys), limits.perNetwork),
    ]
  }

  /// A failure of a known account is one audit row, which the throttle keeps few; failures of addresses nobody has are counted by the hour.
  func countFailure(_ found: Found, _ tx: any Transaction) throws {
    for (index, (key, rule)) in found.keys.enumerated() {
      let isOfAccount = index == 0
      try tx.countWrongPassword(
        under: key, by: rule, of: isOfAccount ? found.account : nil, counted: isOfAccount ? "account" : "network", occasion)
    }
    if let account = found.account {
      try tx.record(.signInFailed, on: account.id.auditName, in: account.home, outcome: .failed, occasion)
    } else {
      try tx.countFailure(AuditEvent.signInFailed.rawValue, occasion)
    }
  }

  func succeed(
    _ seen: Account, _ password: StoredPassword, renewed: PasswordHash?, _ found: Found, _ tx: any Transaction
  ) throws -> Result<StartedSession, SignIn.Refusal> {
    // The password may have been changed while we derived: then it was the wrong one, but not by anybody's fault. A renewal changes no date.
    guard let account = try tx.account(seen.id), try tx.passwordHash(of: seen.id)?.changedAt == password.changedAt else {
      return .failure(.wrong)
    }
    guard account.state == .active else {
      try tx.record(
        .signInFailed, on: account.id.auditName, in: account.home, outcome: .denied, occasion, details: ["why": "suspended"])
      return .failure(.suspended)
    }
    // Only what this one was counted under: a success must not wipe out what others tried, nor what this network tried on others.
    if let own = found.keys.first?.key { try tx.clearThrottle(own.text) }
    if let renewed { _ = try tx.renewPasswordHash(of: account.id, from: password.hash, to: renewed) }
    return .success(try tx.continueOrStartSession(of: account, after: request.current, in: request.browser, occasion, env: env))
  }
}

extension Environment {
  /// Compares a password with a hash. Peppers that another process added since are fetched when a hash names one.
  func verify(_ password: Password, against hash: PasswordHash?) async throws -> PasswordKeeper.Verification {
    if let hash, !passwords.knows(pepper: hash.pepperID) {
      let stored = try await store.read { tx in try tx.peppers() }
      passwords.replace(peppers: try PepperVault.open(stored, keys: keys))
    }
    return try await passwords.verify(password, against: hash)
  }
}
