internal import Identity
internal import Synchronization

/// A body that runs once and is let go of before its caller hears the answer.
///
/// A body may hold the last reference to the store itself. Were it let go of later, on the store's own queue, closing the store would wait
/// for that queue from within it.
final class OnceBody<Value: Sendable>: Sendable {
  private let body: Mutex<(@Sendable (any Transaction) throws -> Value)?>

  init(_ body: @escaping @Sendable (any Transaction) throws -> Value) { self.body = Mutex(body) }

  func run(_ transaction: any Transaction) throws -> Value {
    guard let body = take() else { throw StoreError.unavailable("the body has run") }
    return try body(transaction)
  }

  func drop() { _ = take() }

  private func take() -> (@Sendable (any Transaction) throws -> Value)? {
    body.withLock { body in
      defer { body = nil }
      return body
    }
  }
}
