/// How many iterations of PBKDF2-HMAC-SHA-512 a new password hash gets.
package struct PasswordCost: Hashable, Sendable {
  package let iterations: Int

  /// What ASVS 5 (appendix C) and OWASP ask of PBKDF2-HMAC-SHA-512 at least.
  package static let minimum = 210_000
  /// Some ten seconds of one core: above it is a slip of the finger, not a choice.
  package static let maximum = 10_000_000

  package static let `default` = PasswordCost(unchecked: minimum)

  /// The configured cost, or nothing when it lies outside `minimum...maximum`.
  package init?(iterations: Int) {
    guard (Self.minimum...Self.maximum).contains(iterations) else { return nil }
    self.init(unchecked: iterations)
  }

  /// A cost below the minimum, so that a suite that signs in a thousand times ends. A test makes sure that nothing in `Sources` calls it.
  package static func belowMinimumForTests(_ iterations: Int) -> PasswordCost {
    PasswordCost(unchecked: iterations)
  }

  private init(unchecked iterations: Int) {
    self.iterations = iterations
  }
}
