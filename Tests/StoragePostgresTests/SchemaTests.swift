internal import Identity
internal import Storage
internal import StoragePostgres
internal import TestKit
internal import Testing

@Suite(.timeLimit(.minutes(1))) struct SchemaOnPostgreSQL {
  @Test func `an empty database is migrated once, and is empty until a root key has proved itself`() async throws {
    let database = try await TemporaryDatabase()
    defer { withExtendedLifetime(database) {} }
    let store = try open(database)
    #expect(try await store.isEmpty)
    #expect(try await store.migrate() == Migration.all.map(\.name))
    #expect(try await store.migrate().isEmpty)
    #expect(try await store.isEmpty)
    try await store.write { try $0.setRootKeyProof("sealed") }
    #expect(try await !store.isEmpty)
    store.close()
  }

  @Test(.threat("KEY4")) func `eight instances that migrate an empty database at once make one schema`() async throws {
    let database = try await TemporaryDatabase()
    defer { withExtendedLifetime(database) {} }
    let stores = try (0..<8).map { _ in try open(database) }
    let applied = try await withThrowingTaskGroup(of: [String].self) { group in
      for store in stores { group.addTask { try await store.migrate() } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(applied == Migration.all.map(\.name))
    stores.forEach { $0.close() }
  }

  @Test func `a database of a newer version is refused in words and stays untouched`() async throws {
    let database = try await TemporaryDatabase()
    let store = try open(database)
    try await store.migrate()
    let newer = Migration.newest + 1
    try await database.server.run("INSERT INTO schema_migrations VALUES (\(newer), 'from the future', 0)", in: database.name)
    for refused in [{ _ = try await store.isEmpty }, { try await store.migrate() }] as [@Sendable () async throws -> Void] {
      let error = await #expect(throws: StoreError.self) { try await refused() }
      guard case .unreadable(let words) = error else {
        Issue.record("said \(String(describing: error))")
        return
      }
      #expect(words.contains("newer version of Usher"))
    }
    store.close()
  }

  @Test func `every text compares byte by byte, whatever language the database speaks`() async throws {
    let server = try await PostgresServer.ofThisRun()
    let database = try await TemporaryDatabase(
      on: server, "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C.UTF-8'")
    let store = try open(database)
    try await store.migrate()
    let others = try await server.run(
      """
      SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
      """, in: database.name)
    #expect(others.isEmpty)
    store.close()
  }

  @Test func `a database that is not in UTF-8 is refused in words`() async throws {
    let database = try await TemporaryDatabase(on: .ofThisRun(), "TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    defer { withExtendedLifetime(database) {} }
    let store = try open(database)
    await #expect(throws: StoreError.unreadable("the database is encoded in LATIN1, not in UTF8")) { try await store.migrate() }
    store.close()
  }

  private func open(_ database: TemporaryDatabase) throws -> PostgresStore {
    let clock = FixedClock()
    return StoragePostgres.open(
      try database.address, options: PostgresOptions(store: StorageOptions(now: { clock.now() })))
  }
}
