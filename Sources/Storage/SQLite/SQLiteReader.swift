internal import GRDB
internal import Glibc
package import Identity

/// A database file opened for reading only: one that is served, one that rests, or a copy on a medium that cannot be written.
///
/// It makes no file of ours and changes none. Beside a file that rests SQLite itself may leave its empty log.
package final class SQLiteReader: Store {
  private let queue: DatabaseQueue

  /// - Parameter olderToo: whether one that would have to be migrated before its rows can be read is opened all the same, for copying.
  convenience init(path: String, olderToo: Bool = false) throws {
    try self.init(unchecked: path)
    try check(olderToo: olderToo)
  }

  private init(unchecked path: String) throws {
    queue = try SQLiteErrors.translated {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      configuration.label = "usher.storage.reader"
      do {
        return try Self.open(path, configuration)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY {
        // Where SQLite cannot make its log, nobody else can write either.
        return try Self.open("file:\(Self.escaped(path))?immutable=1", configuration)
      }
    }
  }

  /// - Returns: nil where there is no file, or none with our tables.
  static func glancing(path: String) throws -> SQLiteReader? {
    guard access(path, F_OK) == 0 else { return nil }
    let reader = try SQLiteReader(unchecked: path)
    let isOurs = try SQLiteErrors.translated { try reader.queue.read { try $0.tableExists("schema_migrations") } }
    guard isOurs else {
      try reader.close()
      return nil
    }
    try reader.check(olderToo: true)
    return reader
  }

  private static func open(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    // SQLite opens a file at the first question.
    try queue.read { _ = try Int64.fetchOne($0, sql: "SELECT COUNT(*) FROM sqlite_master") }
    return queue
  }

  /// A path as it stands in a URI.
  private static func escaped(_ path: String) -> String {
    path.unicodeScalars.map { $0 == "%" || $0 == "?" || $0 == "#" ? "%\(String($0.value, radix: 16))" : String($0) }.joined()
  }

  private func check(olderToo: Bool) throws {
    try SQLiteErrors.translated {
      try queue.read { database in
        guard try database.tableExists("schema_migrations") else { throw StoreError.unreadable("it is no database of Usher") }
        let reached = try Migrator.reached(SQLiteConnection(database))
        guard olderToo || reached >= Migration.firstReadable else {
          throw StoreError.unreadable("it was written by an older version of Usher; 'usher migrate' brings it up to date")
        }
      }
    }
  }

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await queue.answer(body)
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    throw StoreError.readOnly
  }

  /// Nobody is told anything.
  package func catchUp() async throws {}

  /// Copies everything, as it is at one moment, into an empty file. What was deleted from the database is not in the copy.
  func copy(into path: String) throws { try SQLiteErrors.translated { try queue.vacuum(into: path) } }

  package func close() throws { try SQLiteErrors.translated { try queue.close() } }
}
