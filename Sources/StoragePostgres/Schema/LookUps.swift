internal import Storage

/// Hash indexes for rows that are looked up by a name and by nothing else.
///
/// A serializable transaction remembers what it read by pages of the index that it read it through, and conflicts with whoever inserts into such a
/// page meanwhile. Names grow with time, so in a B-tree everybody who signs in at a moment reads and writes the same last page. A hash index spreads
/// them over all of its pages, and the planner prefers it for `=`; the B-tree of the primary key goes on keeping names unique.
/// `deploy/scale/database` measures the difference.
enum LookUps {
  /// Primary keys, and the references that sign-ins follow. None of them may have many rows for one name: those would stand in one long chain.
  private static let columns = [
    ("accounts", "id"), ("access_reviews", "id"), ("agreements", "id"), ("applications", "id"),
    ("assignment_uses", "assignment_id"), ("audit_entries", "id"),
    ("authorization_codes", "grant_id"),
    ("further_role_assignments", "id"), ("grants", "id"), ("grants", "session_id"), ("groups", "id"), ("invitations", "id"),
    ("jobs", "id"), ("letters", "id"), ("organizations", "id"),
    ("past_role_assignments", "id"), ("purchasing_accounts", "id"), ("refresh_families", "grant_id"), ("role_assignments", "id"),
    ("sessions", "id"),
    ("subjects", "id"),
  ].map { table, column in (name: "\(table)_by_\(column)", place: "\(table) USING hash (\(column))") }

  /// Makes all of them, in a transaction that has just made the tables.
  static func make(on connection: PostgresConnection) throws {
    try connection.script(columns.map { "CREATE INDEX \($0.name) ON \($0.place);" }.joined(separator: "\n"))
  }

  /// An index that is not there, or was left half made.
  struct Missing: Sendable {
    let name: String
    let place: String
    let isHalfMade: Bool
  }

  static func missing(on connection: PostgresConnection) throws -> [Missing] {
    let known = try connection.rows(
      """
      SELECT relname, indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
      WHERE relnamespace = current_schema()::regnamespace AND relam = (SELECT oid FROM pg_am WHERE amname = 'hash')
      """, []
    ) { row in (try row.text(0), try row.boolean(1)) }
    let whole = Dictionary(known) { first, _ in first }
    return columns.compactMap { column in
      whole[column.name] == true ? nil : Missing(name: column.name, place: column.place, isHalfMade: whole[column.name] == false)
    }
  }

  /// Makes what is missing while others read and write, for as long as that takes: tables of an older version may be long. Of several who start
  /// together one does. The connection is of no other use afterwards.
  static func makeMissing(on connection: PostgresConnection) throws {
    let isFree = try connection.rows("SELECT pg_try_advisory_lock(\(AdvisoryLock.lookUps))", []) { try $0.boolean(0) }
    guard isFree.first == true else { return }
    try connection.script("SET statement_timeout = 0")
    // Looked for under the lock: what somebody is still making seems half made.
    for index in try missing(on: connection) {
      if index.isHalfMade { try connection.script("DROP INDEX CONCURRENTLY IF EXISTS \(index.name)") }
      try connection.script("CREATE INDEX CONCURRENTLY IF NOT EXISTS \(index.name) ON \(index.place)")
    }
  }
}
