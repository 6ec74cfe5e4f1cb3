internal import Dispatch
internal import Synchronization

/// Threads of their own for password hashing, with a bound in front: an event loop never derives a key, and a storm of sign-ins is answered
/// "later" at once instead of being queued without end (THREATS OVR1).
package final class HashingPool: Sendable {
  /// The queue in front is full: answer 503 with `Retry-After`.
  package struct Full: Error {
    /// In how many seconds it is worth trying again.
    package let retryAfterSeconds: Int
  }

  private let lanes: [DispatchQueue]
  private let bound: Int
  private let waiting = Atomic<Int>(0)
  private let next = Atomic<Int>(0)

  /// - Parameters:
  ///   - threads: how many derivations run at once; the number of cores less one leaves room for everybody else.
  ///   - bound: how many may wait or run at once; past it `run` throws `Full`.
  package init(threads: Int, bound: Int) {
    lanes = (0..<max(1, threads)).map { DispatchQueue(label: "usher.hashing.\($0)", qos: .userInitiated) }
    self.bound = max(1, bound)
  }

  package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    let before = waiting.wrappingAdd(1, ordering: .relaxed).oldValue
    guard before < bound else {
      waiting.wrappingSubtract(1, ordering: .relaxed)
      throw Full(retryAfterSeconds: 2)
    }
    defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
    // Derivations cost the same, so taking turns keeps the lanes equally long.
    let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
    let lane = lanes[Int(turn.magnitude % UInt(lanes.count))]
    return try await withCheckedThrowingContinuation { continuation in
      lane.async { continuation.resume(with: Result(catching: work)) }
    }
  }
}
