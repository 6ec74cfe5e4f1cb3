package import Identity
internal import Synchronization

/// A store that counts the writes it passes on.
package final class CountedWrites: Store {
  private let store: any Store
  private let counter = Mutex(0)

  package init(_ store: any Store) { self.store = store }

  package var count: Int { counter.withLock { $0 } }

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await store.read(body)
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    counter.withLock { $0 += 1 }
    return try await store.write(body)
  }

  package func catchUp() async throws { try await store.catchUp() }
}
