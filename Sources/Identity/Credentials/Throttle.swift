package import Primitives

/// How often something failed under one key lately, and until when it is not tried again.
package struct ThrottleState: Sendable, Hashable {
  /// Failures in a row since the last success or since the window went by.
  package var failures: Int
  /// When the count started.
  package var since: Timestamp
  package var blockedUntil: Timestamp?

  package init(failures: Int, since: Timestamp, blockedUntil: Timestamp? = nil) {
    self.failures = failures
    self.since = since
    self.blockedUntil = blockedUntil
  }
}
