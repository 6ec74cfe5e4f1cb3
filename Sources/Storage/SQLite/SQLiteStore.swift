internal import Dispatch
internal import GRDB
internal import Glibc
package import Identity
internal import Primitives

/// The store on one SQLite file: one writing connection, some reading ones, a write-ahead log, every commit synced to the disk.
///
/// Bodies run on GRDB's queues. A write that has begun is never cut short: a client that hangs up cannot undo the counting of its own failures.
/// Close it before the process ends, or leave it to the operating system: a commit that was answered is on the disk either way.
package final class SQLiteStore: PersistentStore {
  private let path: String
  private let pool: DatabasePool
  private let reads: ReadQueue
  private let writes: WriteQueue
  private let watch: PolicyWatch?
  private let options: StorageOptions

  init(path: String, observer: (any PolicyObserver)?, bell: OutboxBell?, options: StorageOptions) throws {
    try SQLiteFiles.prepare(path: path)
    self.path = path
    self.options = options
    let pool = try SQLiteErrors.translated {
      let pool = try Self.opened(path, options)
      // GRDB sets NORMAL when it opens the log, after `prepareDatabase`; NORMAL may lose answered commits when the power fails.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      return pool
    }
    self.pool = pool
    let memory = CatalogMemory()
    reads = ReadQueue(pool: pool, readers: options.readers, bound: options.waitingReads, remembering: memory)
    let policy = observer.map { PolicyFeed(observer: $0, options: options) }
    writes = WriteQueue(
      pool: pool, feed: policy, bell: bell, now: options.now, limit: options.writesPerCommit, bound: options.waitingWrites,
      remembering: memory)
    watch = try policy.map { try PolicyWatch(path: path, pool: pool, feed: $0, options: options) }
    try refuseNewerSchema()
  }

  /// Two that make the same file at once get into each other's way: to go over to the log SQLite raises a lock for reading that it holds, and
  /// where another does so too it says that it cannot, without waiting.
  private static func opened(_ path: String, _ options: StorageOptions) throws -> DatabasePool {
    let deadline = ContinuousClock.now + options.startTimeout
    while true {
      do {
        return try DatabasePool(path: path, configuration: configuration(options))
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline {
        usleep(10_000)
      }
    }
  }

  private static func configuration(_ options: StorageOptions) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(options.busyTimeout.microseconds) / 1_000_000)
    configuration.maximumReaderCount = options.readers
    configuration.foreignKeysEnabled = true
    // GRDB would end the process over a transaction left open by a rollback that failed; the next write rolls it back instead.
    configuration.allowsUnsafeTransactions = true
    configuration.label = "usher.storage"
    return configuration
  }

  // MARK: Store

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let slot = Slot<Value>()
    try await reads.read { tx in slot.put(try body(tx)) }
    return try slot.take()
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let slot = Slot<Value>()
    try await writes.write { tx in slot.put(try body(tx)) }
    return try slot.take()
  }

  package func catchUp() async throws { try await watch?.reload(evenIfKnown: false) }

  // MARK: schema

  @discardableResult
  package func migrate() async throws -> [String] {
    let now = options.now()
    let usual = options.busyTimeout.microseconds / 1_000
    let patience = options.startTimeout.microseconds / 1_000
    return try await onWriter { database in
      var applied: [String] = []
      // Whoever starts while another brings the schema up waits for that.
      try database.execute(sql: "PRAGMA busy_timeout = \(patience)")
      defer { try? database.execute(sql: "PRAGMA busy_timeout = \(usual)") }
      try database.inTransaction(.immediate) {
        applied = try Migrator.migrate(SQLiteConnection(database), at: now.microseconds)
        try SQLTransaction(SQLiteConnection(database), isReadOnly: false).makeHistoryWhole(at: now)
        return .commit
      }
      return applied
    }
  }

  package var isEmpty: Bool {
    get async throws {
      let hasSchema = try await onWriter { try $0.tableExists("settings") }
      guard hasSchema else { return true }
      return try await read { try $0.holdsNothing() }
    }
  }

  private func refuseNewerSchema() throws {
    try SQLiteErrors.translated {
      try pool.writeWithoutTransaction { database in
        if try database.tableExists("schema_migrations") { _ = try Migrator.reached(SQLiteConnection(database)) }
      }
    }
  }

  // MARK: policy

  package func loadPolicy() async throws { try await watch?.reload() }

  /// After each commit that changed it the observer gets the whole policy; before `failed` it is told that nothing is confirmed.
  package func watchOtherProcesses(failed: @escaping @Sendable (any Error) -> Void) async {
    await watch?.run(failed: failed)
  }

  // MARK: care

  /// Refuses a second `serve` on the same file.
  ///
  /// - Returns: the lock, to be kept for as long as the process serves; nil when another one serves already.
  package func acquireServeLock() throws -> ServeLock? { try ServeLock(besides: path) }

  package var isServed: Bool { get async throws { try acquireServeLock() == nil } }

  package func lend<Value: Sendable>(
    _ purpose: LendingPurpose, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await onWriter { database in
      var value: Value?
      try database.inTransaction(purpose == .reading ? .deferred : .immediate) {
        value = try body(SQLiteConnection(database))
        return purpose == .reading ? .rollback : .commit
      }
      guard let value else { throw StoreError.unavailable("the transaction was not run") }
      return value
    }
  }

  package func settle() async throws { try await checkpoint() }

  /// Carries the write-ahead log over into the database file, as far as no reader needs it.
  package func checkpoint() async throws { _ = try await onWriter { try $0.checkpoint(.passive) } }

  /// Opens every connection at once, for a process that serves: later there may be no file left for one.
  package func openReaders() async throws { try await pool.openReaders(options.readers) }

  /// Cuts the write-ahead log off when it has grown past `StorageOptions.longestLog`; to be called every few seconds.
  package func cutLog() async throws -> WriteAheadLog { try await WriteAheadLog.cut(path: path, pool: pool, options: options) }

  /// What SQLite answers to a `PRAGMA` on the writing connection, for whoever must be sure of how this database is kept.
  package func setting(_ name: StaticString) async throws -> String? {
    try await onWriter { database in try String.fetchOne(database, sql: "PRAGMA \(name)") }
  }

  package func close() throws {
    writes.close()
    try SQLiteErrors.translated {
      try watch?.close()
      try pool.close()
    }
  }

  private func onWriter<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await pool.onWriter(work)
  }
}

extension DatabaseReader {
  /// Runs a read of the contract, on a state that stands still.
  func answer<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let body = OnceBody(body)
    return try await withCheckedThrowingContinuation { continuation in
      asyncRead { lent in
        let result = Result {
          try SQLiteErrors.translated { try body.run(SQLTransaction(SQLiteConnection(try lent.get()), isReadOnly: true)) }
        }
        body.drop()
        continuation.resume(with: result)
      }
    }
  }
}

extension DatabasePool {
  /// Runs on the writing connection, outside a transaction and beyond cancellation.
  func onWriter<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      asyncWriteWithoutTransaction { database in
        continuation.resume(with: Result { try SQLiteErrors.translated { try work(database) } })
      }
    }
  }
}
