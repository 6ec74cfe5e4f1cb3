internal import Identity
internal import Synchronization

/// Where a body leaves its value for its caller, so that no queue on its way need know of what type it is.
package final class Slot<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  package init() {}

  package func put(_ value: Value) { self.value.withLock { $0 = value } }

  package func take() throws -> Value {
    guard let value = value.withLock({ $0 }) else { throw StoreError.unavailable("it was not run") }
    return value
  }
}
