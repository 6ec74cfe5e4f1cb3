internal import Identity
internal import Primitives

/// What a table held when it was copied, alike on both sides or not.
package struct CopiedContents: Sendable, Hashable {
  package let table: String
  package var rows: Int
  /// SHA-256 over every value of every row in the order of its key, the same on every engine.
  package var digest: String
}

/// Moves everything that is stored into an empty database of any engine, and compares both sides by counts and digests.
///
/// The target is filled in one transaction, whole or not at all. Nobody may write to the source meanwhile; that is the caller's to see to, and before the
/// target commits the source is read once more, as it is at one moment, so that what somebody wrote all the same does not stay behind unnoticed.
package struct DatabaseCopy: Sendable {
  /// How many rows are held in memory at once.
  private static let page = 500

  package init() {}

  package enum Refusal: Error, Sendable, Hashable {
    /// The target holds something already.
    case notEmpty
    /// A table came out otherwise than it went in; nothing was kept.
    case differs(table: String)
  }

  /// - Returns: what each table held.
  /// - Throws: `Refusal`; `StoreError` of either side.
  package func callAsFunction(from source: any PersistentStore, to target: any PersistentStore) async throws -> [CopiedContents] {
    guard try await target.isEmpty else { throw Refusal.notEmpty }
    try await target.migrate()
    return try await target.lend(.writing) { connection in try Self.fill(connection, from: source) }
  }

  /// Runs on the target's thread, which stands still while the source's reads.
  private static func fill(_ target: any SQLConnection, from source: any PersistentStore) throws -> [CopiedContents] {
    var arrived: [CopiedContents] = []
    for table in CopiedTable.all {
      let columns = try Standstill.until { try await source.lend(.reading) { try $0.declaredColumns(of: table.name) } }
      if table.isSeeded { _ = try target.execute("DELETE FROM \(table.name)", []) }
      guard try target.rows("SELECT COUNT(*) FROM \(table.name)", [], { try $0.integer(0) }).first == 0 else {
        throw Refusal.notEmpty
      }
      let insertion = Insertion(table.name, columns)
      var last: [SQLValue]?
      while true {
        let after = last
        let rows = try Standstill.until {
          try await source.lend(.reading) { try Self.rows(of: table, columns, after: after, $0) }
        }
        for row in rows { try insertion.put(row, into: target) }
        guard rows.count == page else { break }
        last = rows.last.map { table.key(of: $0, columns) }
      }
      arrived.append(try contents(of: table, columns, target))
    }
    let (sent, revision) = try Standstill.until {
      try await source.lend(.reading) { connection in
        let tables = try CopiedTable.all.map { table in
          try contents(of: table, connection.declaredColumns(of: table.name), connection)
        }
        return (tables, try connection.rows(connection.policyRevisionQuery, []) { try $0.integer(0) }.first ?? 0)
      }
    }
    if let (_, other) = zip(sent, arrived).first(where: { $0 != $1 }) { throw Refusal.differs(table: other.table) }
    // The counting goes on where it was, so that a revision somebody has seen is never made anew.
    try target.beginRevisions(after: revision)
    return arrived
  }

  private static func rows(
    of table: CopiedTable, _ columns: [DeclaredColumn], after last: [SQLValue]?, _ connection: any SQLConnection
  ) throws -> [[SQLValue]] {
    let order = table.key.joined(separator: ", ")
    let places = SQLTransaction.placeholders(table.key.count, from: 1)
    return try connection.rows(
      """
      SELECT \(columns.map(\.name).joined(separator: ", ")) FROM \(table.name) \(last == nil ? "" : "WHERE (\(order)) > (\(places))")
      ORDER BY \(order) LIMIT \(page)
      """, last ?? []
    ) { row in try columns.enumerated().map { index, column in try column.value(row, index) } }
  }

  private static func contents(
    of table: CopiedTable, _ columns: [DeclaredColumn], _ connection: any SQLConnection
  ) throws -> CopiedContents {
    var digest = RunningDigest()
    var count = 0
    var last: [SQLValue]?
    while true {
      let rows = try rows(of: table, columns, after: last, connection)
      for value in rows.joined() { digest.take(value) }
      count += rows.count
      guard rows.count == page else { break }
      last = rows.last.map { table.key(of: $0, columns) }
    }
    return CopiedContents(table: table.name, rows: count, digest: digest.text)
  }
}

extension CopiedTable {
  fileprivate func key(of row: [SQLValue], _ columns: [DeclaredColumn]) -> [SQLValue] {
    key.compactMap { name in columns.firstIndex { $0.name == name }.map { row[$0] } }
  }
}

/// The statement that puts a row into a table.
private struct Insertion {
  private let sql: String

  init(_ table: String, _ columns: [DeclaredColumn]) {
    let places = columns.indices.map { "$\($0 + 1)" }
    sql = "INSERT INTO \(table) (\(columns.map(\.name).joined(separator: ", "))) VALUES (\(places.joined(separator: ", ")))"
  }

  func put(_ row: [SQLValue], into connection: any SQLConnection) throws { _ = try connection.execute(sql, row) }
}

/// A digest of values one after the other, each with its kind and length before it, so that no two lists look alike.
private struct RunningDigest {
  private var hash = SHA256Digest.Running()

  mutating func take(_ value: SQLValue) {
    switch value {
    case .null: hash.take([0])
    case .integer(let number): hash.take([1] + withUnsafeBytes(of: number.bigEndian) { Array($0) })
    case .boolean(let truth): hash.take([2, truth ? 1 : 0])
    case .text(let text):
      let bytes = Array(text.utf8)
      hash.take([3] + withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { Array($0) })
      hash.take(bytes)
    }
  }

  var text: String { Base64URL.encode(hash.digest) }
}
