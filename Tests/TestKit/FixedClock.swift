package import Primitives
internal import Synchronization

/// A clock that stands still until a test moves it.
package final class FixedClock: Sendable {
  private let moment: Mutex<Timestamp>

  /// Starts at 2026-03-02T09:00:00Z, a Monday, unless told otherwise.
  package init(at moment: Timestamp = Timestamp(seconds: 1_772_442_000)) {
    self.moment = Mutex(moment)
  }

  package func now() -> Timestamp {
    moment.withLock { $0 }
  }

  package func set(_ moment: Timestamp) {
    self.moment.withLock { $0 = moment }
  }

  package func advance(by span: Duration) {
    moment.withLock { $0 = $0 + span }
  }
}
