internal import Synchronization

/// What whoever runs Usher should look at soon, though it goes on working: told by `/health/ready`, which stays ready over it.
///
/// Raised and cleared by the work beside the requests that notices it.
package final class HealthWarnings: Sendable {
  package enum Warning: String, Sendable {
    /// The database's log grows, because it cannot be cut.
    case writeAheadLog = "write_ahead_log"
  }

  private let raised = Mutex<Set<Warning>>([])
  private let stopping = Atomic(false)

  package init() {}

  /// Whether nobody should be sent here any more: this process was told to stop, and goes on serving until the balancer has noticed.
  package var isStopping: Bool { stopping.load(ordering: .acquiring) }
  package func beginToStop() { stopping.store(true, ordering: .releasing) }

  /// Their names, sorted.
  package var names: [String] { raised.withLock { $0.map(\.rawValue) }.sorted() }

  package func raise(_ warning: Warning) { raised.withLock { _ = $0.insert(warning) } }
  package func clear(_ warning: Warning) { raised.withLock { _ = $0.remove(warning) } }
}
