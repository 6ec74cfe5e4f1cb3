internal import GRDB
internal import Identity
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct Schema {
  private let clock = FixedClock()

  @Test func `an empty file is migrated once, and is empty until the portal is made or a root key has proved itself`()
    async throws
  {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    #expect(try await store.isEmpty)
    #expect(try await store.migrate() == Migration.all.map(\.name))
    #expect(try await store.migrate().isEmpty)
    #expect(try await store.isEmpty)
    try await store.write { try $0.setRootKeyProof("sealed") }
    #expect(try await !store.isEmpty)
    try store.close()
  }

  @Test func `two processes that migrate an empty file at once make one schema`() async throws {
    let temporary = try TemporaryStoreFolder()
    let stores = try (0..<2).map { _ in try Storage.open(path: temporary.databasePath, options: options) }
    async let first = stores[0].migrate()
    async let second = stores[1].migrate()
    let applied = try await [first, second]
    #expect(applied.flatMap(\.self) == Migration.all.map(\.name))
    for store in stores { try store.close() }
  }

  @Test func `a database of a newer version is refused in words and stays untouched`() async throws {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    try await store.migrate()
    try store.close()
    let newer = Migration.newest + 1
    let foreign = try DatabaseQueue(path: temporary.databasePath)
    try await foreign.write { database in
      try database.execute(
        sql: "INSERT INTO schema_migrations (number, name, applied_at) VALUES (\(newer), 'from the future', 0)")
    }
    let error = #expect(throws: StoreError.self) { try Storage.open(path: temporary.databasePath, options: options) }
    guard case .unreadable(let words) = error else {
      Issue.record("said \(String(describing: error))")
      return
    }
    #expect(words.contains("newer version of Usher"))
    #expect(try await foreign.read { try Int64.fetchOne($0, sql: "SELECT MAX(number) FROM schema_migrations") } == newer)
    try foreign.close()
  }

  @Test func `a database of a newer version is served as long as it was made to serve this one`() async throws {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    try await store.migrate()
    try store.close()
    let newer = try DatabaseQueue(path: temporary.databasePath)
    let add = "INSERT INTO schema_migrations (number, name, applied_at, serves_from) VALUES (?, 'from the future', 0, ?)"
    try await newer.write { try $0.execute(sql: add, arguments: [Migration.newest + 1, Migration.newest]) }
    let beside = try Storage.open(path: temporary.databasePath, options: options)
    #expect(try await beside.migrate().isEmpty)
    try await beside.write { try $0.setRootKeyProof("written by the older") }
    try beside.close()
    try await newer.write { try $0.execute(sql: add, arguments: [Migration.newest + 2, Migration.newest + 1]) }
    #expect(throws: StoreError.self) { try Storage.open(path: temporary.databasePath, options: options) }
    try newer.close()
  }

  @Test func `every table is copied from database to database, or is one that each keeps for itself`() async throws {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    try await store.migrate()
    let tables = try await store.lend(.reading) { connection in
      try connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'", []) { try $0.text(0) }
    }
    #expect(Set(tables) == Set(CopiedTable.all.map(\.name) + CopiedTable.keptByEach))
    try store.close()
  }

  @Test func `audit entries of a file from before they had positions get them in the order of their ids`() async throws {
    let temporary = try TemporaryStoreFolder()
    let old = try DatabaseQueue(path: temporary.databasePath)
    try await old.write { database in
      try database.execute(sql: try #require(Migration.all.first).sql)
      try database.execute(
        sql: """
          CREATE TABLE schema_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
          INSERT INTO schema_migrations (number, name, applied_at) VALUES (1, 'the front door', 0);
          """)
      for (index, id) in ["c", "a", "b"].enumerated() {
        try database.execute(
          sql: "INSERT INTO audit_entries (id, happened_at, actor, event, outcome) VALUES (?, ?, 'anonymous', 'x', 'success')",
          arguments: [id, index])
      }
    }
    try old.close()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    #expect(try await store.migrate() == Migration.all.dropFirst().map(\.name))
    try store.close()
    let migrated = try DatabaseQueue(path: temporary.databasePath)
    let ids = try await migrated.read { try String.fetchAll($0, sql: "SELECT id FROM audit_entries ORDER BY position") }
    #expect(ids == ["a", "b", "c"])
    try migrated.close()
  }

  @Test func `the numbers of the migrations rise by one from one`() {
    #expect(Migration.all.map(\.number) == Array(1...Migration.newest))
  }

  @Test func `a migration that fails leaves the file as it was`() async throws {
    let temporary = try TemporaryStoreFolder()
    let foreign = try DatabaseQueue(path: temporary.databasePath)
    // In the way of ours, in the middle of the first migration.
    try await foreign.write { try $0.execute(sql: "CREATE TABLE sessions (id TEXT)") }
    try foreign.close()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    await #expect(throws: SQLFault.self) { try await store.migrate() }
    try store.close()
    let after = try DatabaseQueue(path: temporary.databasePath)
    #expect(
      try await after.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") } == ["sessions"]
    )
    try after.close()
  }

  private var options: StorageOptions { StorageOptions(now: { [clock] in clock.now() }) }
}
