package import Primitives

/// When a job that failed is tried again: after 1 minute, then 2, 4 … up to an hour, until its time is over.
package enum RetrySchedule {
  package static let first = Duration.minutes(1)
  package static let longest = Duration.hours(1)

  /// - Parameters:
  ///   - failures: how often it failed before this time.
  ///   - giveUpAt: the last attempt is made then.
  /// - Returns: nil when its time is over and it must be given up.
  package static func nextAttempt(afterFailures failures: Int, at now: Timestamp, giveUpAt: Timestamp) -> Timestamp? {
    guard now < giveUpAt else { return nil }
    return min(nextAttempt(afterFailures: failures, at: now), giveUpAt)
  }

  /// For work that is never given up.
  package static func nextAttempt(afterFailures failures: Int, at now: Timestamp) -> Timestamp {
    let doublings = min(max(failures, 0), 6)
    return now + min(first * (1 << doublings), longest)
  }
}
