internal import Identity
internal import Primitives

/// Brings the schema of one connection up to the newest migration.
package enum Migrator {
  private static let table = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
      number BIGINT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      applied_at BIGINT NOT NULL
    )
    """

  /// Applies what is missing. Runs inside the caller's transaction, so that either every migration is in or none.
  ///
  /// - Returns: the names of those that were missing, oldest first.
  /// - Throws: `StoreError.unreadable` for a database of a newer version; nothing is touched then.
  package static func migrate(_ connection: any SQLConnection, at now: Int64) throws -> [String] {
    try connection.script(table)
    let reached = try reached(connection)
    let missing = Migration.all.filter { $0.number > reached }
    for migration in missing {
      try connection.script(migration.sql)
      _ = try connection.execute(
        "INSERT INTO schema_migrations (number, name, applied_at) VALUES ($1, $2, $3)",
        [.integer(migration.number), .text(migration.name), .integer(now)])
    }
    if !missing.isEmpty { try noteWhomTheyServe(missing, connection) }
    // Read once everything is in, as all statements expect it.
    if missing.contains(where: { $0.sql == Migration.principals }) {
      try SQLTransaction(connection, isReadOnly: false).beginHistory(at: Timestamp(microseconds: now))
    }
    return missing.map(\.name)
  }

  /// The column is younger than the table, and stands there when all are in.
  private static func noteWhomTheyServe(_ applied: [Migration], _ connection: any SQLConnection) throws {
    for migration in applied {
      _ = try connection.execute(
        "UPDATE schema_migrations SET serves_from = $2 WHERE number = $1",
        [.integer(migration.number), .integer(migration.servesFrom)])
    }
  }

  /// The number of the newest migration that was applied; the table must exist.
  ///
  /// - Throws: `StoreError.unreadable` when it is newer than we know, and made for programs newer than this.
  package static func reached(_ connection: any SQLConnection) throws -> Int64 {
    let reached =
      try connection.rows("SELECT COALESCE(MAX(number), 0) FROM schema_migrations", []) { try $0.integer(0) }.first ?? 0
    guard try reached <= Migration.newest || servesUs(connection) else {
      throw StoreError.unreadable(
        "the database was written by a newer version of Usher (schema \(reached)); this version knows schema \(Migration.newest)")
    }
    return reached
  }

  /// Whether every migration that we do not know was made to go on with programs as old as this one.
  private static func servesUs(_ connection: any SQLConnection) throws -> Bool {
    let newest = Migration.newest
    return try connection.rows(
      "SELECT COALESCE(MAX(COALESCE(serves_from, number)), 0) FROM schema_migrations WHERE number > $1", [.integer(newest)]
    ) { try $0.integer(0) <= newest }.first ?? false
  }
}
