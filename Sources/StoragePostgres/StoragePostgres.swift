// StoragePostgres owns the way to PostgreSQL by libpq: connections, the pool, what is tried again, and how instances hear of each other.
//
// It does not own: a statement of the contract, a table, a rule. Those are Storage's, written once for every engine.

package import Identity

/// The door of this module.
package enum StoragePostgres {
  /// Makes the store at `address`. Connects to nothing yet, and does not migrate: see `PostgresStore.migrate`.
  ///
  /// - Parameters:
  ///   - direct: where to listen for other instances' commits when `address` leads through a pooler that gives connections away between
  ///     transactions; nil listens at `address`.
  ///   - observer: told what every commit changed; nil for a process that decides nothing, such as a command.
  ///   - bell: rung after every commit with new letters; nil where nobody delivers any.
  package static func open(
    _ address: PostgresAddress, listeningAt direct: PostgresAddress? = nil, observer: (any PolicyObserver)? = nil,
    bell: OutboxBell? = nil, options: PostgresOptions
  ) -> PostgresStore {
    PostgresStore(address, listeningAt: direct, observer: observer, bell: bell, options: options)
  }
}
