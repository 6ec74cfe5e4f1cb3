internal import AccessControl
internal import GRDB
internal import Identity
internal import Primitives
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

  @Test func `what was there before groups survives the upgrade, and its history begins with it`() async throws {
    let temporary = try TemporaryStoreFolder()
    let samples = try await before12(at: temporary.databasePath)
    let begun = clock.now()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    #expect(try await store.migrate().first == "principals")
    clock.advance(by: .hours(1))
    let stored = try await store.read { tx throws in
      try (
        tx.roleAssignments(in: samples.organization, .all, PageRequest()).items, tx.resource(type: "order", id: "1"),
        tx.pastFacts(
          of: .account(samples.account), in: samples.organization, about: ResourceName(type: "order", id: "1"), at: begun),
        tx.pastFacts(of: .account(samples.account), in: samples.organization, about: nil, at: begun - .seconds(1))
      )
    }
    let assignment = RoleAssignment(
      id: RoleAssignmentID(trusted: "a"), organization: samples.organization, holder: .account(samples.account),
      role: RoleID(trusted: "report-viewer"), grantedBy: "command:test", createdAt: Timestamp(seconds: 0))
    #expect(stored.0 == [assignment])
    #expect(stored.1?.organization == samples.organization && stored.1?.parent == nil && stored.1?.attributes == [:])
    guard case .known(let facts) = stored.2, case .beginAt(begun) = stored.3 else {
      Issue.record("answered \(stored.2) and \(stored.3)")
      return
    }
    #expect(facts.accounts[samples.account]??.memberships[samples.organization]?.roles == [assignment.role])
    #expect(facts.resources[ResourceName(type: "order", id: "1")]??.organization == samples.organization)
    try store.close()
  }

  @Test func `what a program of before changed is written down when this one starts again`() async throws {
    let temporary = try TemporaryStoreFolder()
    let samples = try await before12(at: temporary.databasePath)
    let first = try Storage.open(path: temporary.databasePath, options: options)
    try await first.migrate()
    try first.close()
    let old = try DatabaseQueue(path: temporary.databasePath)
    try await old.write { database in
      try database.execute(
        sql: """
          UPDATE accounts SET state = 'suspended'; DELETE FROM resources; UPDATE policy_state SET revision = revision + 1;
          """)
    }
    try old.close()
    clock.advance(by: .hours(1))
    let again = try Storage.open(path: temporary.databasePath, options: options)
    try await again.migrate()
    let now = clock.now()
    let past = try await again.read { tx throws in
      try [now - .hours(1), now].map { moment in
        try tx.pastFacts(
          of: .account(samples.account), in: samples.organization, about: ResourceName(type: "order", id: "1"), at: moment)
      }
    }
    guard case .known(let before) = past[0], case .known(let after) = past[1] else {
      Issue.record("answered \(past)")
      return
    }
    #expect(before.accounts[samples.account]??.state == .active && after.accounts[samples.account]??.state == .suspended)
    #expect(before.resources.compactMapValues(\.self).count == 1 && after.resources.compactMapValues(\.self).isEmpty)
    try again.close()
  }

  /// A database of the schema before groups, with a member who holds a role, and a resource.
  private func before12(at path: String) async throws -> (organization: OrganizationID, account: AccountID) {
    let old = try DatabaseQueue(path: path)
    try await old.write { database in
      try database.execute(
        sql: """
          CREATE TABLE schema_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
          """)
      for migration in Migration.all.prefix(11) {
        try database.execute(sql: migration.sql)
        try database.execute(
          sql: "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, 0)",
          arguments: [migration.number, migration.name])
      }
      try database.execute(
        sql: """
          INSERT INTO organizations VALUES ('o', 'customer', 'Contoso', 'active', 0, 1);
          INSERT INTO accounts VALUES ('p', 'work', 'o', 'ada@contoso.test', 'ada@contoso.test', 'Ada', 'L', 'en', NULL, 'active', 0, 1);
          INSERT INTO memberships VALUES ('p', 'o', 'active', 0, 1);
          INSERT INTO role_assignments VALUES ('a', 'o', 'p', NULL, 'report-viewer', 'command:test', 0);
          INSERT INTO resources VALUES ('order', '1', 'o', 0, 1);
          UPDATE policy_state SET revision = 5;
          """)
    }
    try old.close()
    return (OrganizationID(trusted: "o"), AccountID(trusted: "p"))
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
