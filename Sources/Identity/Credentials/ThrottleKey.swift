internal import AccessControl
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

  /// Sign-in from a network address, to whomever (THREATS PWD5).
  static func signIn(from address: String?, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["sign-in at", network(address)], keys)
  }

  /// The current password, asked for once more before it is changed.
  static func passwordChange(_ account: AccountID, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["password", account.text], keys)
  }

  /// A form that anybody may send.
  package static func form(_ name: String, from address: String?, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["form", name, network(address)], keys)
  }

  /// The secret of an application, presented from a network address (THREATS CLI2).
  package static func application(_ presentedID: String, from address: String?, _ keys: KeyRing) -> ThrottleKey {
    ThrottleKey(["application", presentedID, network(address)], keys)
  }

  /// One subscriber: an IPv4 address, or the /64 that an IPv6 subscriber gets whole and can choose addresses from freely.
  private static func network(_ address: String?) -> String {
    guard let address, let parsed = IPAddress(address) else { return address ?? "" }
    return Hex.encode(parsed.isIPv6 ? Array(parsed.bytes.prefix(8)) : parsed.bytes)
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
}
