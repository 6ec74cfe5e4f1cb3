internal import AccessControl
internal import Dispatch
internal import Identity
internal import Primitives
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

  @Test func `whoever looks a row up by its name conflicts with nobody who adds another`() async throws {
    let database = try await TemporaryDatabase()
    let store = try open(database)
    try await store.migrate()
    let withoutHash = try await database.server.run(
      """
      SELECT indrelid::regclass FROM pg_index
      WHERE indisprimary AND indnatts = 1 AND indrelid IN (SELECT attrelid FROM pg_attribute WHERE attname = 'id' AND attnum = indkey[0])
        AND indrelid NOT IN ('policy_state'::regclass, 'peppers'::regclass, 'signing_keys'::regclass, 'roles'::regclass, 'role_exclusions'::regclass) -- which hardly grow
        AND indrelid NOT IN (SELECT indrelid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relam = (SELECT oid FROM pg_am WHERE amname = 'hash'))
      """, in: database.name)
    #expect(withoutHash.isEmpty)
    store.close()
  }

  @Test func `indexes that an older version did not have are added while others write, and half made ones are made anew`()
    async throws
  {
    let database = try await TemporaryDatabase()
    let store = try open(database)
    try await store.migrate()
    let names = try await hashIndexes(database)
    try await database.server.run(
      """
      DROP INDEX sessions_by_id; DROP INDEX grants_by_id;
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'accounts_by_id'::regclass;
      """, in: database.name)
    // Somebody writes there all the while, and is kept waiting by nothing.
    let other = try open(database)
    let writes = Task {
      var written = 0
      while !Task.isCancelled {
        try await other.write { try $0.countFailure("test", hour: Timestamp(seconds: 0)) }
        written += 1
      }
      return written
    }
    #expect(try await store.migrate().isEmpty)
    #expect(try await hashIndexes(database) == names)
    writes.cancel()
    #expect(try await writes.value > 0)
    store.close()
    other.close()
  }

  @Test func `a start touches no table of a schema that is as it should be`() async throws {
    let database = try await TemporaryDatabase()
    let (store, other) = (try open(database), try open(database))
    try await store.migrate()
    let (begun, gate) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
    let writer = Task {
      try await other.write { tx in
        _ = try tx.endSession(.make(at: FixedClock().now(), from: CountedRandomness()), as: .signedOut, at: FixedClock().now())
        begun.continuation.yield()
        gate.wait()
      }
    }
    for await _ in begun.stream { break }
    // Would wait until it is refused, were it to ask for a lock that a writer shuts out.
    #expect(try await store.migrate().isEmpty)
    gate.signal()
    try await writer.value
    store.close()
    other.close()
  }

  private func hashIndexes(_ database: TemporaryDatabase) async throws -> String {
    try await database.server.run(
      """
      SELECT relname FROM pg_class JOIN pg_index ON oid = indexrelid
      WHERE relam = (SELECT oid FROM pg_am WHERE amname = 'hash') AND indisvalid ORDER BY relname
      """, in: database.name)
  }

  @Test func `what is found by its name is found by nothing else, however empty an index seemed when it was last looked at`()
    async throws
  {
    let database = try await TemporaryDatabase()
    let store = try open(database)
    try await store.migrate()
    // Everything has ended or was redeemed, so the indexes over what is open are empty.
    try await database.server.run(
      """
      SET session_replication_role = replica;
      INSERT INTO sessions SELECT n, n, n, 'work', 0, 0, 0, 0, 1, 'signed-out', '', '' FROM generate_series(1, 1000) n;
      INSERT INTO grants SELECT n, 'one', n, 'work', NULL, n, '[]', '', false, 0, 0, 0, 1, 'signed-out' FROM generate_series(1, 1000) n;
      INSERT INTO authorization_codes SELECT n, n, 'one', '', true, '', NULL, 0, 1 FROM generate_series(1, 1000) n;
      ANALYZE;
      """, in: database.name)
    let (now, random) = (FixedClock().now(), CountedRandomness())
    try await store.write { tx in
      _ = try tx.redeem(SecretToken.make(from: random).digest, at: now)
      _ = try tx.setAuthenticated(.make(at: now, from: random), secret: SecretToken.make(from: random).digest, at: now)
      _ = try tx.endSession(.make(at: now, from: random), as: .signedOut, at: now)
      _ = try tx.endGrant(.make(at: now, from: random), as: .signedOut, at: now)
    }
    // Its statistics are sent when a session ends, if not before.
    store.close()
    var used = ""
    repeat {
      used = try await database.server.run(
        """
        SELECT indexrelname, idx_scan FROM pg_stat_user_indexes
        WHERE relname IN ('sessions', 'grants', 'authorization_codes') AND idx_scan > 0 ORDER BY 1
        """, in: database.name)
    } while used.split(separator: "\n").isEmpty
    #expect(used.split(separator: "\n") == ["authorization_codes_pkey|2", "grants_by_id|1", "sessions_by_id|2"])
  }

  @Test func `what a program of before changes beside this one is written down by those that know history`() async throws {
    let database = try await TemporaryDatabase()
    let clock = FixedClock()
    let store = StoragePostgres.open(
      try database.address, observer: NobodyListens(), options: PostgresOptions(store: StorageOptions(now: { clock.now() })))
    try await store.migrate()
    try await store.loadPolicy()
    let organization = Organization(
      id: .make(at: clock.now(), from: CountedRandomness()), kind: .customer, name: "Contoso", createdAt: clock.now())
    try await store.write { try $0.insert(organization) }
    clock.advance(by: .hours(1))
    let account = AccountID.make(at: clock.now(), from: CountedRandomness())
    let before = clock.now() - .seconds(1)
    try await database.server.run(
      """
      UPDATE organizations SET state = 'closed';
      INSERT INTO policy_changes SELECT nextval('policy_revisions'), '{"organizations":["\(organization.id.text)"]}', 0;
      """, in: database.name)
    try await store.catchUp()
    let now = clock.now()
    let past = try await store.read { tx throws in
      try [before, now].map { try tx.pastFacts(of: .account(account), in: organization.id, about: nil, at: $0) }
    }
    let states = past.map { past -> Organization.State? in
      guard case .known(let facts) = past else { return nil }
      return facts.organizations[organization.id]??.state
    }
    #expect(states == [.active, .closed])
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

private struct NobodyListens: PolicyObserver {
  func apply(_ facts: PolicyFacts) {}
  func replace(with facts: PolicyFacts) {}
  func confirm(isCurrent: Bool, until: ContinuousClock.Instant?) {}
}
