internal import Synchronization

/// Bounds how many long bodies are held at the same time, so that those who may send them cannot fill the memory together.
final class BodiesAtOnce: Sendable {
  private let most: Int
  private let held = Mutex(0)

  init(_ most: Int) { self.most = most }

  /// - Throws: `Failure.unavailable` when as many are held as may, and what the body throws.
  func holding<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    let isFree = held.withLock { held in
      guard held < most else { return false }
      held += 1
      return true
    }
    guard isFree else { throw Failure.unavailable(retryAfter: .seconds(1)) }
    defer { held.withLock { $0 -= 1 } }
    return try await body()
  }
}
