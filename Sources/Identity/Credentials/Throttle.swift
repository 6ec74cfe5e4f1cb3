package import Primitives

/// How often something failed under one key lately, and until when it is not tried again.
package struct ThrottleState: Sendable, Hashable {
  /// Failures that still count.
  package var failures: Int
  /// When the count started, or up to when failures were forgiven.
  package var since: Timestamp
  package var blockedUntil: Timestamp?

  package init(failures: Int, since: Timestamp, blockedUntil: Timestamp? = nil) {
    self.failures = failures
    self.since = since
    self.blockedUntil = blockedUntil
  }
}

/// What failures under one key lead to: some are free, then each brings a longer wait, and after very many nothing is tried for a good while.
/// There is no lock that only an administrator could open.
package struct ThrottleRule: Sendable, Hashable {
  package var freeFailures: Int
  package var firstWait: Duration
  package var longestWait: Duration
  package var hardLimit: Int
  package var hardWait: Duration
  package var window: Duration
  /// Where many people share a key: one failure is forgotten for each time this goes by.
  package var forgiveness: Duration?

  /// The state after one more failure.
  package func failed(_ before: ThrottleState?, at now: Timestamp) -> ThrottleState {
    var state = current(before, at: now)
    state.failures += 1
    if let wait = wait(after: state.failures) { state.blockedUntil = now + wait }
    return state
  }

  /// What still counts at `now`.
  func current(_ before: ThrottleState?, at now: Timestamp) -> ThrottleState {
    guard var state = before, now - max(state.since, state.blockedUntil ?? state.since) < window else {
      return ThrottleState(failures: 0, since: now)
    }
    if let forgiveness, forgiveness.microseconds > 0 {
      let forgiven = max(0, (now - state.since).microseconds / forgiveness.microseconds)
      state.failures = max(0, state.failures - Int(clamping: forgiven))
      state.since = state.since + .microseconds(forgiven * forgiveness.microseconds)
    }
    return state
  }

  private func wait(after failures: Int) -> Duration? {
    guard failures >= freeFailures else { return nil }
    guard failures < hardLimit else { return hardWait }
    // Past thirty doublings any wait is the longest one.
    let doublings = min(failures - freeFailures, 30)
    return min(longestWait, firstWait * (1 << doublings))
  }
}

extension ThrottleSettings {
  /// Wrong passwords for one account, from wherever they come, or from one device that is known to the account.
  package var perAccount: ThrottleRule {
    ThrottleRule(
      freeFailures: freeFailures, firstWait: firstWait, longestWait: longestWait, hardLimit: hardLimit, hardWait: hardWait,
      window: window)
  }

  /// Wrong passwords from one network address. A whole office may stand behind it, so failures are forgotten.
  package var perNetwork: ThrottleRule {
    var rule = perAccount
    rule.freeFailures = freeFailuresPerAddress
    rule.hardLimit = max(hardLimit, freeFailuresPerAddress * 4)
    rule.forgiveness = addressForgiveness
    return rule
  }

  /// Letters that somebody who is not signed in asks for from one network address, to whatever mailboxes; every asking counts as a failure does,
  /// whether or not a letter goes. Waits reach at most `longestWait`; asked on and on, it comes to one letter for each `letterForgiveness`.
  package var perLetterNetwork: ThrottleRule {
    var rule = perAccount
    rule.freeFailures = freeLettersPerAddress
    rule.hardLimit = .max
    rule.forgiveness = letterForgiveness
    return rule
  }

  /// Wrong secrets of one application from one network address. Secrets are random, so waiting is meant against noise; it never gets longer than
  /// `longestWait`.
  package var perApplication: ThrottleRule {
    var rule = perAccount
    rule.freeFailures = freeFailuresPerApplication
    rule.hardLimit = .max
    return rule
  }

  /// Grants that one person starts: each is rows that stay. No failure, so the wait never grows; it only holds them to a steady rate (THREATS COD8).
  package var perPerson: ThrottleRule {
    var rule = perAccount
    rule.freeFailures = freeAuthorizations
    rule.firstWait = authorizationForgiveness
    rule.longestWait = authorizationForgiveness
    rule.hardLimit = .max
    rule.forgiveness = authorizationForgiveness
    return rule
  }
}
