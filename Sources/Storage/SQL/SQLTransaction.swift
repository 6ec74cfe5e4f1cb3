internal import AccessControl
package import Identity
internal import Primitives

/// One transaction on one connection: what use cases get as `tx`. The feature folders of this module each add the calls of theirs.
///
/// Every statement that touches what decisions depend on notes it in `changed`, here in the row writers, so that no use case can forget.
package final class SQLTransaction: Transaction {
  private let connection: any SQLConnection
  let isReadOnly: Bool
  let memory: CatalogMemory?
  /// The catalogs, once they were read, until they are changed here.
  var catalogsHere: Catalogs?
  /// What this transaction changed so far of what decisions depend on.
  package internal(set) var changed = PolicyChange()
  /// What it gave.
  package internal(set) var given = Given()
  /// And what the history must know beside.
  package internal(set) var notes = HistoryNotes()
  /// The first refusal of a changing statement. After it the transaction can only end: PostgreSQL takes nothing more, and SQLite must not take what
  /// the other would not.
  private var refusal: (any Error)?
  /// Whether it put a letter into the outbox.
  package internal(set) var hasNewLetters = false

  /// - Parameter memory: what others have read of the catalogs; nil reads them anew.
  package init(_ connection: any SQLConnection, isReadOnly: Bool, remembering memory: CatalogMemory? = nil) {
    self.connection = connection
    self.isReadOnly = isReadOnly
    self.memory = memory
  }

  /// See `SQLConnection`.
  var skipLocked: String { connection.skipLocked }

  func rows<Value>(_ sql: String, _ values: [SQLValue] = [], _ decode: (any SQLRow) throws -> Value) throws -> [Value] {
    try mustBeWhole()
    return try connection.rows(sql, values, decode)
  }

  var policyRevisionQuery: String { connection.policyRevisionQuery }

  /// See `SQLConnection`.
  func elements(of placeholder: String) -> String { connection.elements(of: placeholder) }

  /// To be asked before the commit, for a body may have swallowed what it was told.
  package func mustBeWhole() throws { if let refusal { throw refusal } }

  /// Refuses a changing call that no engine would: the transaction can only end after it, as after a refusal of the engine's.
  func refuse(_ error: any Error) -> any Error {
    if refusal == nil { refusal = error }
    return error
  }

  private func remembering<Value>(_ statement: () throws -> Value) throws -> Value {
    try mustBeWhole()
    guard !isReadOnly else { throw StoreError.readOnly }
    do {
      return try statement()
    } catch {
      refusal = error
      throw error
    }
  }

  func row<Value>(_ sql: String, _ values: [SQLValue] = [], _ decode: (any SQLRow) throws -> Value) throws -> Value? {
    try rows(sql, values, decode).first
  }

  /// Writes.
  ///
  /// - Returns: how many rows changed.
  /// - Throws: `StoreError.readOnly` inside `Store.read`, `StoreError.taken` for a name that is taken.
  @discardableResult
  func change(_ sql: String, _ values: [SQLValue]) throws -> Int {
    try remembering { try connection.execute(sql, values) }
  }

  /// `$2, $3, $4` for three values of which the first is the statement's second.
  static func placeholders(_ count: Int, from first: Int) -> String {
    (first..<first + count).map { "$\($0)" }.joined(separator: ", ")
  }

  /// `column IS NULL`, for a statement that finds its row by a name. Written so that PostgreSQL does not see that a partial index over that very
  /// condition would do: where it believes such an index to be empty it reads all of it, and conflicts with whoever adds to it.
  static func isUnset(_ column: String) -> String { "(\(column) IS NULL) IS TRUE" }

  /// Clean-up: takes rows away that a moment makes worthless, at most `count`, so that one commit never holds up the others for long.
  ///
  /// - Parameters:
  ///   - key: the column, or the columns with commas between, that tell the rows apart.
  ///   - condition: over `$1`, the moment.
  func delete(
    from table: String, by key: String, _ condition: String, _ moment: Timestamp, atMost count: Int
  ) throws -> Int {
    try change(
      "DELETE FROM \(table) WHERE (\(key)) IN (SELECT \(key) FROM \(table) WHERE \(condition) LIMIT $2)",
      [.time(moment), .count(max(count, 0))])
  }

  package func rehearsing<Value>(_ body: () throws -> Value) throws -> Value {
    let (changed, notes, given, catalogsHere, hasNewLetters) = (changed, notes, given, catalogsHere, hasNewLetters)
    try change("SAVEPOINT rehearsal", [])
    let value = try body()
    try change("ROLLBACK TO SAVEPOINT rehearsal", [])
    try change("RELEASE SAVEPOINT rehearsal", [])
    (self.changed, self.notes) = (changed, notes)
    (self.given, self.catalogsHere, self.hasNewLetters) = (given, catalogsHere, hasNewLetters)
    return value
  }

  /// Writes with `RETURNING`: one conditional write whose rows tell what it hit.
  func changeReturning<Value>(_ sql: String, _ values: [SQLValue], _ decode: (any SQLRow) throws -> Value) throws -> [Value] {
    try remembering { try connection.rows(sql, values, decode) }
  }
}
