internal import Identity
internal import Synchronization

/// A body of the contract whose value's type a queue need not know. Touched by one thread at a time: first its caller, then those of the queue.
protocol WaitingBody: AnyObject, Sendable {
  /// - Returns: whether the body ran through.
  func run(_ transaction: SQLTransaction) -> Bool
  var succeeded: Bool { get }
  var failure: (any Error)? { get }
  /// Answers the caller what came of it. Of a write: its commit is durable.
  func finish()
  /// Answers the caller that it was not run, or came to nothing.
  func fail(_ error: any Error)
}

final class PendingBody<Value: Sendable>: WaitingBody {
  private let body: OnceBody<Value>
  private let continuation: CheckedContinuation<Value, any Error>
  private let outcome = Mutex<Result<Value, any Error>?>(nil)

  init(body: @escaping @Sendable (any Transaction) throws -> Value, continuation: CheckedContinuation<Value, any Error>) {
    self.body = OnceBody(body)
    self.continuation = continuation
  }

  func run(_ transaction: SQLTransaction) -> Bool {
    let result = Result {
      let value = try body.run(transaction)
      try transaction.mustBeWhole()
      return value
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

  func finish() {
    guard let outcome = outcome.withLock({ $0 }) else { return fail(StoreError.unavailable("it was not run")) }
    continuation.resume(with: outcome)
  }

  func fail(_ error: any Error) {
    body.drop()
    continuation.resume(throwing: error)
  }
}
