internal import Primitives
internal import Synchronization

/// Another instance works on the job now, or it was switched off.
package struct LeaseLost: Error, Hashable {}

/// A job in the hands of its worker.
package final class HeldJob: Sendable {
  package let id: JobID
  private let holder: InstanceName
  private let length: Duration
  private let env: Environment
  private let until: Mutex<Timestamp>

  package init(_ id: JobID, heldBy lease: Lease, lasting length: Duration, env: Environment) {
    self.id = id
    self.length = length
    self.env = env
    holder = lease.holder
    until = Mutex(lease.until)
  }

  /// To be called between two steps of a work, of which none may take as long as the lease: lengthens it when less than half is left. So a worker
  /// that goes on keeps its job however long it takes, and one that hangs loses it.
  ///
  /// - Throws: `LeaseLost`; `CancellationError` when the process is being stopped.
  package func goOn() async throws {
    try Task.checkCancellation()
    let now = env.clock()
    guard until.withLock({ $0 }) - now < length / 2 else { return }
    let longer = now + length
    let isOurs = try await env.store.write { [id, holder] tx in try tx.renewLease(of: id, heldBy: holder, until: longer) }
    guard isOurs else { throw LeaseLost() }
    until.withLock { $0 = longer }
  }
}
