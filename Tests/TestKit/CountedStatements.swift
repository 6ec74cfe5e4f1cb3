package import Identity
internal import Storage
internal import Synchronization

/// A store that counts the statements of its writes: those of the body, and those by which an engine keeps the history and learns what to tell the
/// observer. Nobody is told, and beginning and committing count as nothing.
package final class CountedStatements: Store {
  private let store: any PersistentStore
  private let clock: FixedClock
  private let counter = Mutex(0)

  package init(_ store: TemporaryStore, clock: FixedClock) {
    self.store = store.persistent
    self.clock = clock
  }

  package var count: Int { counter.withLock { $0 } }

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await store.read(body)
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let (value, count) = try await store.lend(.writing) { [now = clock.now()] connection in
      let counting = CountingConnection(connection)
      let transaction = SQLTransaction(counting, isReadOnly: false)
      let value = try body(transaction)
      try transaction.mustBeWhole()
      try transaction.keepHistory(at: now)
      _ = try transaction.policyFacts(.changed(transaction.changed))
      return (value, counting.count)
    }
    counter.withLock { $0 += count }
    return value
  }

  package func catchUp() async throws { try await store.catchUp() }
}

private final class CountingConnection: SQLConnection {
  private let connection: any SQLConnection
  private(set) var count = 0

  init(_ connection: any SQLConnection) { self.connection = connection }

  func rows<Value>(_ sql: String, _ values: [SQLValue], _ decode: (any SQLRow) throws -> Value) throws -> [Value] {
    count += 1
    return try connection.rows(sql, values, decode)
  }

  func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
    count += 1
    return try connection.execute(sql, values)
  }

  func script(_ sql: String) throws { try connection.script(sql) }
  var skipLocked: String { connection.skipLocked }
  func elements(of placeholder: String) -> String { connection.elements(of: placeholder) }
  func declaredColumns(of table: String) throws -> [DeclaredColumn] { try connection.declaredColumns(of: table) }
  func beginRevisions(after revision: Int64) throws { try connection.beginRevisions(after: revision) }
  var policyRevisionQuery: String { connection.policyRevisionQuery }
}
