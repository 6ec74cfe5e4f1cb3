internal import GRDB
internal import GRDBSQLite
internal import Identity

/// Our statements on one SQLite connection of GRDB, valid while GRDB lends it.
///
/// GRDB opens the connection, keeps its prepared statements and knows its transactions; values and rows go straight to SQLite and back, because the
/// way through GRDB's own rows costs more than the statement.
final class SQLiteConnection: SQLConnection {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func rows<Value>(_ sql: String, _ values: [SQLValue], _ decode: (any SQLRow) throws -> Value) throws -> [Value] {
    var found: [Value] = []
    try run(sql, values) { row in found.append(try decode(row)) }
    return found
  }

  func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
    try run(sql, values) { _ in }
    return database.changesCount
  }

  func script(_ sql: String) throws {
    try SQLiteErrors.translated { try database.execute(sql: sql) }
  }

  /// SQLite has one writer at a time.
  var skipLocked: String { "" }

  func elements(of placeholder: String) -> String { "json_each(\(placeholder))" }

  func declaredColumns(of table: String) throws -> [DeclaredColumn] {
    try rows("SELECT name, type FROM pragma_table_info($1) ORDER BY cid", [.text(table)]) { row in
      try row.declaredColumn(name: 0, type: 1)
    }
  }

  func beginRevisions(after revision: Int64) throws {
    _ = try execute("UPDATE policy_state SET revision = $1 WHERE id = 1", [.integer(revision)])
  }

  var policyRevisionQuery: String { "SELECT revision FROM policy_state WHERE id = 1" }

  private func run(_ sql: String, _ values: [SQLValue], _ each: (any SQLRow) throws -> Void) throws {
    try SQLiteErrors.translated {
      let statement = try database.cachedStatement(sql: sql).sqliteStatement
      defer {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
      }
      try bind(values, to: statement)
      while true {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: try each(SQLiteRow(statement: statement))
        case SQLITE_DONE: return
        default: throw failure(of: sql)
        }
      }
    }
  }

  /// SQLite takes `$2` for a name, and counts names by their first appearance: the number in it says which value it stands for.
  private func bind(_ values: [SQLValue], to statement: OpaquePointer) throws {
    let count = sqlite3_bind_parameter_count(statement)
    guard count > 0 else { return }
    for index in 1...count {
      guard let name = sqlite3_bind_parameter_name(statement, index), let place = Int(String(cString: name).dropFirst()),
        values.indices.contains(place - 1)
      else { throw SQLFault("no value for parameter \(index) in: \(String(cString: sqlite3_sql(statement)))") }
      let outcome =
        switch values[place - 1] {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .boolean(let truth): sqlite3_bind_int64(statement, index, truth ? 1 : 0)
        case .text(var text): text.withUTF8 { bind($0, at: index, of: statement) }
        }
      guard outcome == SQLITE_OK else { throw failure(of: String(cString: sqlite3_sql(statement))) }
    }
  }

  private func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int32, of statement: OpaquePointer) -> Int32 {
    // Without an address SQLite would take an empty text for NULL.
    guard let start = text.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, Self.copies) }
    return start.withMemoryRebound(to: CChar.self, capacity: text.count) { start in
      sqlite3_bind_text(statement, index, start, Int32(clamping: text.count), Self.copies)
    }
  }

  /// SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite makes a copy of its own.
  private static let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private func failure(of sql: String) -> DatabaseError {
    let connection = database.sqliteConnection
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)),
      sql: sql)
  }
}

/// The row where a statement stands.
private struct SQLiteRow: SQLRow {
  let statement: OpaquePointer

  func isNull(_ column: Int) throws -> Bool { try kind(of: column) == SQLITE_NULL }

  func integer(_ column: Int) throws -> Int64 {
    guard try kind(of: column) == SQLITE_INTEGER else { throw StoredValue.unreadable("whole number", column) }
    return sqlite3_column_int64(statement, Int32(column))
  }

  func text(_ column: Int) throws -> String {
    guard try kind(of: column) == SQLITE_TEXT, let start = sqlite3_column_text(statement, Int32(column)) else {
      throw StoredValue.unreadable("text", column)
    }
    return String(
      decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column)))), as: UTF8.self)
  }

  func boolean(_ column: Int) throws -> Bool { try integer(column) != 0 }

  private func kind(of column: Int) throws -> Int32 {
    guard column >= 0, column < Int(sqlite3_column_count(statement)) else { throw StoredValue.unreadable("column", column) }
    return sqlite3_column_type(statement, Int32(column))
  }
}
