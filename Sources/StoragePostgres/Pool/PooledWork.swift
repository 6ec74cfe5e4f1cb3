internal import Identity
internal import Synchronization

/// Something to be done on a connection: a read, a write. Touched by one thread at a time: first its caller, then a lane's.
protocol PooledWork: AnyObject, Sendable {
  /// Does it and answers the caller. Called once, unless `fail` is.
  func run(on lane: Lane)
  /// Answers the caller that it was not done.
  func fail(_ error: any Error)
}

/// A body that may be run again, and its caller. Its value stands in a `Slot`.
final class PendingBody: Sendable {
  /// nil once the caller was answered.
  private let body: Mutex<(@Sendable (any Transaction) throws -> Void)?>
  private let continuation: CheckedContinuation<Void, any Error>

  init(
    _ body: @escaping @Sendable (any Transaction) throws -> Void, _ continuation: CheckedContinuation<Void, any Error>
  ) {
    self.body = Mutex(body)
    self.continuation = continuation
  }

  func callAsFunction(_ transaction: any Transaction) throws {
    guard let body = body.withLock({ $0 }) else { throw StoreError.unavailable("the body has run") }
    try body(transaction)
  }

  /// Lets go of the body first: it may hold the last reference to the store, which must not be closed by one of its own threads.
  func answer(_ result: Result<Void, any Error>) {
    body.withLock { $0 = nil }
    continuation.resume(with: result)
  }
}
