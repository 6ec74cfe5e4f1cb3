package import Storage

/// How the engine behaves on PostgreSQL, beside what every engine is told.
package struct PostgresOptions: Sendable {
  package var store: StorageOptions
  /// How many connections serve reads and writes; one more listens. All instances together must stay below the server's `max_connections`.
  package var connections = 10
  /// How long the server works on one statement, and how long a statement waits for a lock, before it is refused with
  /// `StoreError.unavailable`.
  package var statementTimeout: Duration = .seconds(5)
  /// How long a read or write may stand in the queue before it is refused.
  package var longestWait: Duration = .seconds(5)
  /// How often the newest revision is asked for although no word of a commit came.
  package var asksEvery: Duration = .milliseconds(500)
  /// For how long what is known counts as current without having been confirmed anew: the bound of THREATS AZN2 for an instance that lost its
  /// database. Longer than a restart of the server takes; much shorter than anybody waits for a role to be taken away.
  package var confirmedFor: Duration = .seconds(3)

  package init(store: StorageOptions) { self.store = store }
}
