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
    return missing.map(\.name)
  }

  /// The number of the newest migration that was applied; the table must exist.
  ///
  /// - Throws: `StoreError.unreadable` when it is newer than we know.
  package static func reached(_ connection: any SQLConnection) throws -> Int64 {
    let reached =
      try connection.rows("SELECT COALESCE(MAX(number), 0) FROM schema_migrations", []) { try $0.integer(0) }.first ?? 0
    guard reached <= Migration.newest else {
      throw StoreError.unreadable(
        "the database was written by a newer version of Usher (schema \(reached)); this version knows schema \(Migration.newest)")
    }
    return reached
  }
}
