internal import GRDB
internal import Identity

/// What SQLite's result codes mean to the contract.
enum SQLiteErrors {
  /// Another program held its lock for longer than `busyTimeout`.
  static let locked = StoreError.unavailable("the database is locked by another program")

  static func translated<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      throw translation(of: error)
    }
  }

  static func translation(of error: DatabaseError) -> any Error {
    let message = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
      return StoreError.taken(UniqueKeys.name(of: violated(in: message)))
    default: break
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return locked
    case .SQLITE_FULL: return StoreError.unavailable("the disk is full")
    case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL:
      return StoreError.unavailable(message)
    case .SQLITE_READONLY: return StoreError.unavailable("the database cannot be written: \(message)")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return StoreError.unreadable("the database is damaged or no database: \(message)")
    // GRDB's word for a pool that was closed, and SQLite's for a connection that is not there.
    case .SQLITE_MISUSE where message == "Connection is closed" || message == "out of memory":
      return StoreError.unavailable("the store is closed")
    case .SQLITE_ABORT: return StoreError.unavailable("the database gave up the transaction")
    default:
      // The statement, never its values: they may be secrets or names.
      return SQLFault("SQLite \(error.extendedResultCode.rawValue): \(message) in: \(error.sql ?? "no statement")")
    }
  }

  /// `UNIQUE constraint failed: accounts.kind, accounts.email_key` names the columns; of an index over expressions, the index.
  private static func violated(in message: String) -> String {
    guard let colon = message.firstIndex(of: ":") else { return "" }
    return String(message[message.index(after: colon)...].drop { $0 == " " })
  }
}
