package import AccessControl
package import Primitives

/// What failures are counted under. The table holds only a keyed hash of it and tells nothing about who was attacked.
package struct ThrottleKey: Sendable, Hashable {
  package let text: String

  private init(_ parts: [String], _ keys: KeyRing) {
    // Each part is preceded by its length, so that no two lists of parts run together to the same text.
    let name = parts.map { "\($0.utf8.count):\($0)" }.joined()
    text = Base64URL.encode(keys.throttles.tag(for: Array(name.utf8)))
  }

  /// Sign-in to an address, whether or not anybody has it.
  static func signIn(_ kind: Account.KindName, _ address: String, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["sign-in", kind.rawValue, address], keys)
  }

  /// Sign-in to an address from a browser that the account knows from an earlier success (THREATS PWD4).
  static func signIn(_ kind: Account.KindName, _ address: String, from device: SecretDigest, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["sign-in from", kind.rawValue, address, device.text], keys)
  }

  /// Sign-in from a network address, to whomever (THREATS PWD5). Wrong passwords at the link of a sign-up count here too.
  static func signIn(from address: String?, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["sign-in at", network(address)], keys)
  }

  /// The current password, asked for once more before it is changed.
  static func passwordChange(_ account: AccountID, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["password", account.text], keys)
  }

  /// Secrets of an application, shown from a network address (THREATS CLI2). The name is what was presented, whether or not there is such an
  /// application; names are put into 256 classes, so that inventing them makes no more rows than that for each address.
  static func applicationSecret(_ presented: String, from address: String?, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["application", "\(SHA256Digest.of(presented).first ?? 0)", network(address)], keys)
  }

  /// The password chosen at sign-up, asked for by the link of the letter (THREATS LNK6).
  static func confirmation(_ link: SecretDigest, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["confirmation", link.text], keys)
  }

  /// Letters of one kind that anybody can ask for, from a network address, to whomever (THREATS LNK16).
  static func letters(_ kind: FreeLetter, from address: String?, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["letters at", kind.rawValue, network(address)], keys)
  }

  /// Applications' requests for somebody who is signed in, by whatever session: no failures, but rows (THREATS COD8).
  package static func authorization(_ account: AccountID, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["authorization", account.text], keys)
  }

  /// What somebody is denied in one organization, so that the rows about it are bounded (THREATS LOG6).
  static func denial(_ denial: AccessDenied, of actor: Actor, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["denial", actor.auditName, denial.organization?.text ?? ""], keys)
  }

  /// Letters of one kind that anybody can ask for, to one mailbox (THREATS LNK4).
  static func letter(_ kind: FreeLetter, to mailbox: EmailAddress, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["letter", kind.rawValue, mailbox.key], keys)
  }

  /// Everybody without a readable address (there is one on every connection) is counted together.
  private static func network(_ address: String?) -> String {
    address.flatMap { IPAddress($0) }.map { AddressRange.subscriber(of: $0).description } ?? "unknown"
  }
}

extension Transaction {
  /// Until when nothing is tried under any of these keys; nil when it may be tried now.
  package func blockedUntil(_ keys: [ThrottleKey], at now: Timestamp) throws -> Timestamp? {
    try keys.compactMap { try throttle($0.text)?.blockedUntil }.filter { $0 > now }.max()
  }

  /// Counts one failure under a key, in the transaction that decided it was one.
  ///
  /// - Returns: the state afterwards; `blockedUntil` may be over already.
  @discardableResult
  package func countFailure(under key: ThrottleKey, by rule: ThrottleRule, at now: Timestamp) throws -> ThrottleState {
    let state = rule.failed(try throttle(key.text), at: now)
    try setThrottle(key.text, to: state)
    return state
  }

  /// Counts one wrong password, and records where waiting begins and where it becomes the long one.
  ///
  /// - Parameter account: whose password was tried, for a key that counts one account; nil for one that counts a network.
  func countWrongPassword(
    under key: ThrottleKey, by rule: ThrottleRule, of account: Account?, counted: String, _ occasion: Occasion
  ) throws {
    let state = try countFailure(under: key, by: rule, at: occasion.now)
    guard state.failures == rule.freeFailures || state.failures == rule.hardLimit else { return }
    try record(
      .signInThrottled, on: account?.id.auditName, in: account?.home, outcome: .denied, occasion,
      details: [
        "failures": .integer(Int64(state.failures)), "until": .string((state.blockedUntil ?? occasion.now).rfc3339),
        "counted": .string(counted),
      ])
  }
}
