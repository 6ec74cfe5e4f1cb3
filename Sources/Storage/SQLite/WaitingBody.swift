internal import Identity
internal import Synchronization

/// A body of the contract that waits in a queue, and its caller. Touched by one thread at a time: first its caller's, then those of the queue.
///
/// It knows nothing of the value: that stands in a `Slot`. Were it generic, every step on its way would look types up at run time, which costs more
/// than a short read.
final class WaitingBody: Sendable {
  private let body: OnceBody<Void>
  private let continuation: CheckedContinuation<Void, any Error>
  private let outcome = Mutex<Result<Void, any Error>?>(nil)

  init(body: @escaping @Sendable (any Transaction) throws -> Void, continuation: CheckedContinuation<Void, any Error>) {
    self.body = OnceBody(body)
    self.continuation = continuation
  }

  /// - Returns: whether the body ran through.
  func run(_ transaction: SQLTransaction) -> Bool {
    let result = Result {
      try body.run(transaction)
      try transaction.mustBeWhole()
    }
    outcome.withLock { $0 = result }
    return succeeded
  }

  var succeeded: Bool {
    outcome.withLock { outcome in
      if case .success? = outcome { true } else { false }
    }
  }

  var failure: (any Error)? {
    outcome.withLock { outcome in
      if case .failure(let error)? = outcome { error } else { nil }
    }
  }

  /// Answers the caller what came of it. Of a write: its commit is durable.
  func finish() {
    guard let outcome = outcome.withLock({ $0 }) else { return fail(StoreError.unavailable("it was not run")) }
    continuation.resume(with: outcome)
  }

  /// Answers the caller that it was not run, or came to nothing.
  func fail(_ error: any Error) {
    body.drop()
    continuation.resume(throwing: error)
  }
}
