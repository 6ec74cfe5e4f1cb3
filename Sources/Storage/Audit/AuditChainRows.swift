package import Identity
package import Primitives

/// The chain over the audit trail. These are the only statements that write to an entry after it was appended, and they touch nothing it tells.
extension SQLTransaction {
  package func auditHead() throws -> AuditCheckpoint {
    let head = try row(
      "SELECT position, chain, sealed_at, signature FROM audit_heads WHERE name = 'trail'", [], AuditCheckpoint.init)
    guard let head else { throw StoreError.unreadable("the audit trail has lost its head") }
    return head
  }

  package func unsealedAudit(behind head: AuditCheckpoint, limit: Int) throws -> [AuditRecord] {
    // Two statements, because one index serves each.
    let placed = try rows(
      "SELECT \(AuditRecord.columns) FROM audit_entries WHERE position > $1 ORDER BY position LIMIT $2",
      [.integer(head.position), .count(limit)]
    ) { try AuditRecord($0, from: 0) }
    guard placed.count < limit else { return placed }
    return try placed
      + rows(
        "SELECT \(AuditRecord.columns) FROM audit_entries WHERE position IS NULL ORDER BY id LIMIT $1",
        [.count(limit - placed.count)]
      ) { try AuditRecord($0, from: 0) }
  }

  package func unsealedAudit(behind head: AuditCheckpoint) throws -> (count: Int, oldest: Timestamp?) {
    let counts = try rows(
      """
      SELECT COUNT(*), MIN(happened_at) FROM audit_entries WHERE position > $1
      UNION ALL SELECT COUNT(*), MIN(happened_at) FROM audit_entries WHERE position IS NULL
      """, [.integer(head.position)]
    ) { (try $0.count(0), try $0.optionalTime(1)) }
    return (counts.reduce(0) { $0 + $1.0 }, counts.compactMap(\.1).min())
  }

  package func moveAuditHead(from seen: AuditCheckpoint, to next: AuditCheckpoint) throws -> Bool {
    try change(
      """
      UPDATE audit_heads SET position = $3, chain = $4, sealed_at = $5, signature = $6
      WHERE name = 'trail' AND position = $1 AND chain = $2
      """,
      [
        .integer(seen.position), .text(seen.chain), .integer(next.position), .text(next.chain), .time(next.sealedAt),
        .text(next.signature),
      ]) == 1
  }

  package func sealAudit(entry id: String, at position: Int64, chain: String) throws -> Bool {
    try change(
      "UPDATE audit_entries SET position = $2, chain = $3 WHERE id = $1", [.text(id), .integer(position), .text(chain)]) == 1
  }

  package func keep(_ checkpoint: AuditCheckpoint) throws {
    try change(
      """
      INSERT INTO audit_checkpoints (position, chain, sealed_at, signature) VALUES ($1, $2, $3, $4)
      ON CONFLICT (position) DO NOTHING
      """,
      [.integer(checkpoint.position), .text(checkpoint.chain), .time(checkpoint.sealedAt), .text(checkpoint.signature)])
  }

  package func newestAuditCheckpoint() throws -> AuditCheckpoint? {
    try row(
      "SELECT position, chain, sealed_at, signature FROM audit_checkpoints ORDER BY position DESC LIMIT 1", [],
      AuditCheckpoint.init)
  }

  package func auditCheckpoints(after position: Int64, limit: Int) throws -> [AuditCheckpoint] {
    try rows(
      "SELECT position, chain, sealed_at, signature FROM audit_checkpoints WHERE position > $1 ORDER BY position LIMIT $2",
      [.integer(position), .count(limit)], AuditCheckpoint.init)
  }

  package func auditRecords(after position: Int64, limit: Int) throws -> [SealedRecord] {
    try rows(
      """
      SELECT position, chain, \(AuditRecord.columns) FROM audit_entries WHERE position > $1 ORDER BY position LIMIT $2
      """, [.integer(position), .count(limit)]
    ) { row in
      // What no longer can be read is what a check must be able to tell of.
      SealedRecord(
        position: try row.integer(0), record: try? AuditRecord(row, from: 2), chain: try? row.optionalText(1))
    }
  }

  package func thinAuditCheckpoints(sealedBefore moment: Timestamp, atMost count: Int) throws -> Int {
    try change(
      """
      DELETE FROM audit_checkpoints WHERE position IN (
        SELECT position FROM audit_checkpoints AS early WHERE sealed_at < $1 AND sealed_at / $3 = (
          SELECT late.sealed_at / $3 FROM audit_checkpoints AS late WHERE late.position > early.position
          ORDER BY late.position LIMIT 1)
        ORDER BY position LIMIT $2)
      """, [.time(moment), .count(max(count, 0)), .integer(Duration.days(1).microseconds)])
  }
}

extension AuditCheckpoint {
  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      position: try row.integer(0), chain: try row.text(1), sealedAt: try row.time(2), signature: try row.text(3))
  }
}

extension AuditRecord {
  fileprivate static let columns = """
    id, happened_at, actor, event, object, organization_id, outcome, address, request_id, details
    """

  /// - Parameter first: the number of the first of `columns`.
  fileprivate init(_ row: any SQLRow, from first: Int) throws {
    self.init(
      id: try row.text(first), happenedAt: try row.integer(first + 1), actor: try row.text(first + 2),
      event: try row.text(first + 3), object: try row.optionalText(first + 4), organization: try row.optionalText(first + 5),
      outcome: try row.text(first + 6), address: try row.optionalText(first + 7), requestID: try row.optionalText(first + 8),
      details: try row.optionalText(first + 9))
  }
}
