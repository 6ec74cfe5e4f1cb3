/// One connection of one engine, as the statements of this module see it. Used by one thread at a time.
///
/// Statements are written once, in the SQL that SQLite and PostgreSQL share, with placeholders `$1`, `$2`, … that may be repeated. A
/// driver prepares each text once and keeps it. Errors come out as `StoreError` or, where the statement itself is at fault, `SQLFault`.
package protocol SQLConnection: AnyObject {
  /// Runs a statement to its end and decodes each row while it stands there. `decode` must not use the connection.
  func rows<Value>(_ sql: String, _ values: [SQLValue], _ decode: (any SQLRow) throws -> Value) throws -> [Value]
  /// Runs a statement that returns no rows.
  ///
  /// - Returns: how many rows it changed.
  func execute(_ sql: String, _ values: [SQLValue]) throws -> Int
  /// Runs several statements without values: a migration.
  func script(_ sql: String) throws
  /// What ends a SELECT that picks rows to change, so that another connection's pick passes by those picked already instead of waiting for
  /// them: `FOR UPDATE SKIP LOCKED`, or nothing where one connection alone writes.
  var skipLocked: String { get }
  /// The elements of a JSON list that is bound as text, one a row, in a column called `value`: a function that stands in a FROM.
  func elements(of placeholder: String) -> String
  /// The columns of a table, in the order in which they were added.
  ///
  /// - Throws: `StoreError.unreadable` for one of a type that the schema does not use.
  func declaredColumns(of table: String) throws -> [DeclaredColumn]
  /// Lets the counting of the policy's revisions go on from a number, in a database where nothing was counted yet.
  func beginRevisions(after revision: Int64) throws
  /// The one thing that is counted differently: a statement without values that gives the number of the newest commit that changed the policy.
  var policyRevisionQuery: String { get }
}

/// A statement that the engine refused although nothing was wrong outside: our fault, shown to nobody.
package struct SQLFault: Error, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
