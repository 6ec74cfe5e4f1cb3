/// Hash indexes for rows that are looked up by a name and by nothing else.
///
/// A serializable transaction remembers what it read by pages of the index that it read it through, and conflicts with whoever inserts into such a
/// page meanwhile. Names grow with time, so in a B-tree everybody who signs in at a moment reads and writes the same last page. A hash index spreads
/// them over all of its pages, and the planner prefers it for `=`; the B-tree of the primary key goes on keeping names unique.
/// `deploy/scale/database` measures the difference.
enum LookUps {
  /// Primary keys, and the two references that sign-ins follow. None of them may have many rows for one name: those would stand in one long chain.
  private static let columns = [
    ("accounts", "id"), ("agreements", "id"), ("applications", "id"), ("audit_entries", "id"),
    ("authorization_codes", "grant_id"),
    ("grants", "id"), ("grants", "session_id"), ("invitations", "id"), ("jobs", "id"), ("letters", "id"), ("organizations", "id"),
    ("purchasing_accounts", "id"), ("refresh_families", "grant_id"), ("role_assignments", "id"), ("sessions", "id"),
  ]

  /// Adds what is missing.
  static let script = columns.map { table, column in
    "CREATE INDEX IF NOT EXISTS \(table)_by_\(column) ON \(table) USING hash (\(column));"
  }.joined(separator: "\n")
}
