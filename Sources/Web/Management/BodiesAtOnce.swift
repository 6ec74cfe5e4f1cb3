internal import Synchronization

/// Bounds how many long bodies are held at the same time, so that those who may send them cannot fill the memory together; and how many of them one organization
/// sends, so that one cannot keep the others out by sending slowly.
final class BodiesAtOnce: Sendable {
  private let most: Int
  private let mostOfOne: Int
  /// How many each sends; whoever sends none is not there.
  private let held = Mutex<[String: Int]>([:])

  init(_ most: Int, ofOne mostOfOne: Int) {
    self.most = most
    self.mostOfOne = mostOfOne
  }

  /// - Throws: `Failure.unavailable` when as many are held as may, and what the body throws.
  func holding<Value: Sendable>(for sender: String, _ body: () async throws -> Value) async throws -> Value {
    let isFree = held.withLock { held in
      guard held[sender, default: 0] < mostOfOne, held.values.reduce(0, +) < most else { return false }
      held[sender, default: 0] += 1
      return true
    }
    guard isFree else { throw Failure.unavailable(retryAfter: .seconds(1)) }
    defer {
      held.withLock { held in
        let others = held[sender, default: 1] - 1
        held[sender] = others > 0 ? others : nil
      }
    }
    return try await body()
  }
}
