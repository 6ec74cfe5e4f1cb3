internal import CLibpq
internal import Identity
internal import Storage

/// What went wrong on a connection, by what can be done about it.
enum PostgresFailure: Error {
  /// Two transactions could not both be: run this one again (SQLSTATE 40001, 40P01).
  case conflict(String)
  /// The connection is of no use any more. Whether a commit that was under way has happened is not known.
  case lost(String)
  /// The server said no, and would say so again.
  case refused(any Error)

  /// What callers beyond the store see.
  var outside: any Error {
    switch self {
    case .conflict: StoreError.unavailable("too many writes of the same rows at once")
    case .lost(let reason): StoreError.unavailable("the database cannot be reached: \(reason)")
    case .refused(let error): error
    }
  }

  /// Reads what the server said about a statement.
  ///
  /// - Parameter sql: the statement; never its values, which may be secrets or names.
  static func reading(_ result: OpaquePointer?, of sql: String) -> PostgresFailure {
    let state = usher_pq_sqlstate(result).map { String(cString: $0) } ?? ""
    let message = usher_pq_message(result).map { String(cString: $0) } ?? ""
    switch state {
    case "40001", "40P01": return .conflict(message)
    case "23505":
      let constraint = usher_pq_constraint(result).map { String(cString: $0) } ?? ""
      return .refused(StoreError.taken(UniqueKeys.name(of: constraint)))
    // A statement or a lock took longer than it may.
    case "57014", "55P03": return .refused(StoreError.unavailable("the database is too busy: \(message)"))
    // We talk to a standby: another host may be the one to write to by now.
    case "25006": return .lost(message)
    case "XX001", "XX002": return .refused(StoreError.unreadable("the database is damaged: \(message)"))
    case "42501": return .refused(StoreError.unavailable("the database does not permit it: \(message)"))
    default: break
    }
    switch state.prefix(2) {
    // Connection exceptions, and what the server says when it stops, starts or has no room for us.
    case "", "08", "57": return .lost(message.isEmpty ? "the connection broke" : message)
    // Out of connections, memory or disk.
    case "53": return .refused(StoreError.unavailable("the database has no room: \(message)"))
    case "58": return .refused(StoreError.unavailable("the database cannot use its files: \(message)"))
    default: return .refused(SQLFault("PostgreSQL \(state): \(message) in: \(sql)"))
    }
  }
}
