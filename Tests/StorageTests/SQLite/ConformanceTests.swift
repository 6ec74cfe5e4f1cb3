internal import Identity
internal import Storage
internal import StorageConformance
internal import TestKit
internal import Testing

/// Holds SQLite to every promise of the store's contract.
@Suite struct SQLiteKeepsTheContract {
  @Test(.timeLimit(.minutes(1)), arguments: Promise.all)
  func `SQLite keeps the promise that`(_ promise: Promise) async throws {
    try await promise.check(SQLiteEngine())
  }
}

struct SQLiteEngine: StoreEngine {
  func makeStore(_ clock: FixedClock, observer: (any PolicyObserver)?, bell: OutboxBell) async throws -> any ConformingStore {
    let store = try SQLiteConformingStore(TemporaryStoreFolder(), clock, observer, bell)
    try await store.sqlite.migrate()
    try await store.sqlite.loadPolicy()
    return store
  }
}

/// A store together with the folder it lies in, so that the folder stays until the last of them is gone.
private struct SQLiteConformingStore: ConformingStore {
  let sqlite: SQLiteStore
  private let folder: TemporaryStoreFolder
  private let clock: FixedClock

  init(_ folder: TemporaryStoreFolder, _ clock: FixedClock, _ observer: (any PolicyObserver)?, _ bell: OutboxBell?) throws {
    self.folder = folder
    self.clock = clock
    sqlite = try Storage.open(
      path: folder.databasePath, observer: observer, bell: bell, options: StorageOptions(now: { clock.now() }))
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await sqlite.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await sqlite.write(body)
  }

  func openAnother(observer: (any PolicyObserver)?) async throws -> any ConformingStore {
    try SQLiteConformingStore(folder, clock, observer, nil)
  }

  func catchUp() async throws { try await sqlite.catchUp() }

  func watchOtherProcesses() async { await sqlite.watchOtherProcesses() }
}
