internal import GRDB
internal import Glibc
internal import Identity
internal import Primitives

/// What became of the write-ahead log when it was looked at.
///
/// SQLite carries the log over into the database by itself, every thousand pages, but begins it anew only when nobody reads from it any more. A
/// program that keeps one read open (a shell, a copying tool) lets it grow until the disk is full; and a log that once grew keeps its
/// length.
package enum WriteAheadLog: Sendable, Hashable {
  /// It was short enough.
  case short
  /// It was too long, and is empty now.
  case cut
  /// It is too long, and somebody reads from it.
  case heldUp(bytes: Int64)

  /// How long those who read are waited for, and all writes with us: enough for every read of ours.
  private static let patience = 100

  static func cut(path: String, pool: DatabasePool, options: StorageOptions) async throws -> WriteAheadLog {
    let bytes = length(of: path)
    guard bytes > options.longestLog else { return .short }
    let usual = options.busyTimeout.microseconds / 1_000
    let isDone = try await pool.onWriter { database in
      try database.execute(sql: "PRAGMA busy_timeout = \(patience)")
      defer { try? database.execute(sql: "PRAGMA busy_timeout = \(usual)") }
      // Who is in the way is told in the first column, not as an error.
      return try Int64.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
    return isDone ? .cut : .heldUp(bytes: bytes)
  }

  private static func length(of path: String) -> Int64 {
    var status = stat()
    return stat("\(path)-wal", &status) == 0 ? Int64(status.st_size) : 0
  }
}
