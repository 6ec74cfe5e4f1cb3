internal import Synchronization

/// A value that is held until it is let go of.
final class LetGo<Value: Sendable>: Sendable {
  private let held: Mutex<Value?>

  init(_ value: Value) { held = Mutex(value) }

  var value: Value? { held.withLock { $0 } }

  func letGo() { held.withLock { $0 = nil } }
}
