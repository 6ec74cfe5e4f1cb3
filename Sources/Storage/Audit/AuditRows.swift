package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction: AuditStore {
  /// Without a position: giving it here would make every write wait for the one before.
  package func append(_ entry: AuditEntry) throws {
    try change(AuditEntry.insertion, entry.row)
  }

  package func append(_ entries: [AuditEntry]) throws {
    guard !entries.isEmpty else { return }
    try change(
      """
      INSERT INTO audit_entries (\(AuditEntry.names)) SELECT \(AuditEntry.names)
      FROM \(given("$1", AuditEntry.columns))
      """, [.rows(entries.map(\.row))])
  }

  package func auditEntries(organization: OrganizationID?, since: Timestamp?, after: Int64?, limit: Int) throws -> Page<
    AuditEntry
  > {
    var values: [SQLValue] = [.integer(after ?? 0), .count(limit + 1)]
    var conditions = "position > $1 AND chain IS NOT NULL"
    if let organization {
      values.append(.id(organization))
      conditions += " AND organization_id = $\(values.count)"
    }
    if let since {
      // The second condition says nothing new; it spares reading the whole trail from its beginning. What stands before an entry that is an hour
      // older than `since` cannot be of `since` or later: it was committed before that one, and no request takes an hour, or it is older by its id.
      values += [.time(since), .time(since - .hours(1))]
      conditions += """
         AND happened_at >= $\(values.count - 1) AND position > COALESCE((
          SELECT position FROM audit_entries WHERE happened_at < $\(values.count) AND position IS NOT NULL
          ORDER BY happened_at DESC LIMIT 1), 0)
        """
    }
    let found = try rows("\(AuditEntry.select) WHERE \(conditions) ORDER BY position LIMIT $2", values) { row in
      (entry: try AuditEntry(row), position: try row.integer(10))
    }
    let page = Page(of: found, limit: limit) { String($0.position) }
    return Page(items: page.items.map(\.entry), next: page.next)
  }

  package func countFailure(_ event: String, hour: Timestamp) throws {
    try change(
      """
      INSERT INTO failure_counts (event, hour, count) VALUES ($1, $2, 1)
      ON CONFLICT (hour, event) DO UPDATE SET count = failure_counts.count + 1
      """,
      [.text(event), .time(hour)])
  }

  package func failureCounts(since: Timestamp) throws -> [FailureCount] {
    try rows("SELECT event, hour, count FROM failure_counts WHERE hour >= $1 ORDER BY hour, event", [.time(since)]) { row in
      FailureCount(event: try row.text(0), hour: try row.time(1), count: try row.count(2))
    }
  }
}

extension AuditEntry {
  static let select = "SELECT \(names), position FROM audit_entries"

  fileprivate static let columns: KeyValuePairs<String, SQLTransaction.ColumnType> = [
    "id": .text, "happened_at": .whole, "actor": .text, "event": .text, "object": .text, "organization_id": .text,
    "outcome": .text, "address": .text, "request_id": .text, "details": .text,
  ]
  fileprivate static let names = columns.map(\.key).joined(separator: ", ")
  fileprivate static let insertion =
    "INSERT INTO audit_entries (\(names)) VALUES (\(SQLTransaction.placeholders(columns.count, from: 1)))"

  fileprivate var row: [SQLValue] {
    [
      .id(id), .time(at), .text(actor), .text(event), .text(object), .id(organization), .state(outcome), .text(address),
      .text(requestID), .text(details?.text),
    ]
  }

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), at: try row.time(1), actor: try row.text(2), event: try row.text(3), object: try row.optionalText(4),
      organization: try row.optionalID(5), outcome: try row.state(6), address: try row.optionalText(7),
      requestID: try row.optionalText(8),
      details: try row.isNull(9) ? nil : row.value(9) { (try? JSON.parse($0.utf8))?.objectValue })
  }
}
