package import Identity
internal import Synchronization

/// A store that can be read and, while it is full, not written.
package final class FullDisk: Store {
  private let store: any Store
  private let full = Mutex(false)

  package init(_ store: any Store) { self.store = store }

  package var isFull: Bool {
    get { full.withLock { $0 } }
    set { full.withLock { $0 = newValue } }
  }

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await store.read(body)
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    guard !isFull else { throw StoreError.unavailable("the disk is full") }
    return try await store.write(body)
  }

  package func catchUp() async throws { try await store.catchUp() }
}

extension Environment {
  /// The same world over another store.
  package func over(_ store: any Store) -> Environment {
    Environment(
      clock: clock, randomness: randomness, store: store, policy: policy, keys: keys, passwords: passwords, settings: settings,
      audit: audit)
  }
}
