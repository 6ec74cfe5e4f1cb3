internal import GRDB
internal import Identity

/// Our statements on one SQLite connection of GRDB, valid while GRDB lends it.
final class SQLiteConnection: SQLConnection {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func rows<Value>(_ sql: String, _ values: [SQLValue], _ decode: (any SQLRow) throws -> Value) throws -> [Value] {
    try SQLiteErrors.translated {
      let cursor = try Row.fetchCursor(prepared(sql, values))
      var found: [Value] = []
      while let row = try cursor.next() { found.append(try decode(SQLiteRow(row: row))) }
      return found
    }
  }

  func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
    try SQLiteErrors.translated {
      try prepared(sql, values).execute()
      return database.changesCount
    }
  }

  func script(_ sql: String) throws {
    try SQLiteErrors.translated { try database.execute(sql: sql) }
  }

  /// SQLite has one writer at a time.
  var skipLocked: String { "" }
  func declaredColumns(of table: String) throws -> [DeclaredColumn] {
    try rows("SELECT name, type FROM pragma_table_info($1) ORDER BY cid", [.text(table)]) { row in
      try row.declaredColumn(name: 0, type: 1)
    }
  }

  func beginRevisions(after revision: Int64) throws {
    _ = try execute("UPDATE policy_state SET revision = $1 WHERE id = 1", [.integer(revision)])
  }

  var policyRevisionQuery: String { "SELECT revision FROM policy_state WHERE id = 1" }

  /// SQLite takes `$2` for a name and numbers names by their first appearance; `?2` is the second value wherever it stands.
  private func prepared(_ sql: String, _ values: [SQLValue]) throws -> Statement {
    let numbered = String(decoding: sql.utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    let statement = try database.cachedStatement(sql: numbered)
    try statement.setArguments(StatementArguments(values.map(\.databaseValue)))
    return statement
  }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .boolean(let truth): truth.databaseValue
    }
  }
}

/// A row of GRDB's cursor, which reads the statement's columns in place.
private struct SQLiteRow: SQLRow {
  let row: Row

  func isNull(_ column: Int) throws -> Bool { try inside(column) { row.hasNull(atIndex: column) } }
  func integer(_ column: Int) throws -> Int64 { try decoded(Int64.self, column) }
  func text(_ column: Int) throws -> String { try decoded(String.self, column) }
  func boolean(_ column: Int) throws -> Bool { try integer(column) != 0 }

  private func decoded<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ kind: Value.Type, _ column: Int) throws
    -> Value
  {
    try inside(column) {
      guard let value = try? row.decode(kind, atIndex: column) else { throw StoredValue.unreadable("\(kind)", column) }
      return value
    }
  }

  /// GRDB traps on a column that is not there; we do not.
  private func inside<Value>(_ column: Int, _ read: () throws -> Value) throws -> Value {
    guard column >= 0, column < row.count else { throw StoredValue.unreadable("column", column) }
    return try read()
  }
}
