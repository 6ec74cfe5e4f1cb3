internal import Identity
internal import Storage
internal import StorageConformance
internal import StoragePostgres
internal import TestKit
internal import Testing

/// Holds PostgreSQL to every promise of the store's contract.
@Suite struct PostgreSQLKeepsTheContract {
  @Test(.timeLimit(.minutes(1)), arguments: Promise.all)
  func `PostgreSQL keeps the promise that`(_ promise: Promise) async throws {
    try await promise.check(PostgresEngine())
  }
}

struct PostgresEngine: StoreEngine {
  func makeStore(_ clock: FixedClock, observer: (any PolicyObserver)?, bell: OutboxBell) async throws -> any ConformingStore {
    let store = try PostgresConformingStore(await TemporaryDatabase(), clock, observer, bell)
    try await store.postgres.migrate()
    try await store.postgres.loadPolicy()
    return store
  }
}

/// A store together with its database, which stays until the last of them is gone.
private final class PostgresConformingStore: ConformingStore {
  let postgres: PostgresStore
  private let database: TemporaryDatabase
  private let clock: FixedClock

  init(_ database: TemporaryDatabase, _ clock: FixedClock, _ observer: (any PolicyObserver)?, _ bell: OutboxBell?) throws {
    self.database = database
    self.clock = clock
    postgres = StoragePostgres.open(
      try database.address, observer: observer, bell: bell, options: PostgresOptions(store: StorageOptions(now: { clock.now() })))
  }

  deinit { postgres.close() }

  func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await postgres.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await postgres.write(body)
  }

  func openAnother(observer: (any PolicyObserver)?) async throws -> any ConformingStore {
    try PostgresConformingStore(database, clock, observer, nil)
  }

  func catchUp() async throws { try await postgres.catchUp() }

  func watchOtherProcesses() async { await postgres.watchOtherProcesses() }
}
