package import Primitives

/// The letters that anybody can ask for. Each kind has a count of its own, so that asking for one cannot keep another from its owner.
enum FreeLetter: String {
  case invitation, signUp
}

extension Transaction {
  /// Whether a letter that anybody can ask for may go to this mailbox now: of each kind at most one in `letterInterval` and `lettersPerDay` in a
  /// day (THREATS LNK4). Counts it when it may.
  func allowLetter(_ kind: FreeLetter, to email: EmailAddress, _ occasion: Occasion, env: Environment) throws -> Bool {
    let key = ThrottleKey.letter(kind, to: email, env.keys)
    let limits = env.settings.throttle
    var state = try throttle(key.text) ?? ThrottleState(failures: 0, since: occasion.now)
    if occasion.now - state.since >= .days(1) { state = ThrottleState(failures: 0, since: occasion.now) }
    let isAllowed = state.failures < limits.lettersPerDay && (state.blockedUntil.map { $0 <= occasion.now } ?? true)
    if isAllowed {
      state.failures += 1
      state.blockedUntil = occasion.now + limits.letterInterval
    }
    try setThrottle(key.text, to: state)
    return isAllowed
  }
}

/// A network address asked for so many letters to whatever mailboxes that it has to wait (THREATS LNK16).
///
/// Decided before anything is looked up, and so the same for every mailbox: it tells nothing about any of them.
package struct TooManyLetters: Error, Sendable, Hashable {
  package let until: Timestamp
}

extension Transaction {
  /// - Throws: `TooManyLetters`.
  func checkMayAsk(for kind: FreeLetter, _ occasion: Occasion, env: Environment) throws {
    let key = ThrottleKey.letters(kind, from: occasion.actor.address, env.keys)
    if let until = try blockedUntil([key], at: occasion.now) { throw TooManyLetters(until: until) }
  }

  /// Counts one asking from the actor's network address.
  ///
  /// - Throws: `TooManyLetters`, when others have used it up meanwhile.
  func countAsking(for kind: FreeLetter, _ occasion: Occasion, env: Environment) throws {
    try checkMayAsk(for: kind, occasion, env: env)
    try countFailure(
      under: .letters(kind, from: occasion.actor.address, env.keys), by: env.settings.throttle.perLetterNetwork, at: occasion.now)
  }
}
