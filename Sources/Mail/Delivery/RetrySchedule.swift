package import Primitives

/// When a letter that could not be delivered is tried again: after 1 minute, then 2, 4 … up to an hour, until its time is over.
package enum RetrySchedule {
  package static let first = Duration.minutes(1)
  package static let longest = Duration.hours(1)

  /// - Parameters:
  ///   - failures: how often the letter failed before this time.
  ///   - giveUpAt: the last attempt is made then.
  /// - Returns: nil when the letter's time is over and it must be given up.
  package static func nextAttempt(afterFailures failures: Int, at now: Timestamp, giveUpAt: Timestamp) -> Timestamp? {
    guard now < giveUpAt else { return nil }
    let doublings = min(max(failures, 0), 6)
    return min(now + min(first * (1 << doublings), longest), giveUpAt)
  }
}
