internal import Primitives

extension Transaction {
  /// Whether a letter that anybody can ask for may go to this mailbox now: at most one in `letterInterval` and `lettersPerDay` in a day. Counts it
  /// when it may.
  ///
  /// The count is kept for every address somebody asks about, known or not, so that asking costs the same and tells nothing (THREATS LNK4).
  func allowLetter(to email: EmailAddress, _ occasion: Occasion, env: Environment) throws -> Bool {
    let key = Base64URL.encode(env.keys.throttles.tag(for: Array("letter \(email.key)".utf8)))
    let limits = env.settings.throttle
    var state = try throttle(key) ?? ThrottleState(failures: 0, since: occasion.now)
    if occasion.now - state.since >= .days(1) { state = ThrottleState(failures: 0, since: occasion.now) }
    let isAllowed = state.failures < limits.lettersPerDay && (state.blockedUntil.map { $0 <= occasion.now } ?? true)
    if isAllowed {
      state.failures += 1
      state.blockedUntil = occasion.now + limits.letterInterval
    }
    try setThrottle(key, to: state)
    return isAllowed
  }
}
