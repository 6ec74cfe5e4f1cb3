internal import GRDB
internal import Glibc
internal import Identity

/// Whole copies of a SQLite database, made while it is used or while it rests.
package enum SQLiteBackup {
  /// Copies the database at `source` as it is at one moment: everything that was answered before is in the copy, and of no write only a part. Writes
  /// go on meanwhile.
  ///
  /// The copy is one file of mode 0600 that needs nothing beside it. It has its name only when it is whole, checked and on the disk.
  ///
  /// - Returns: its length in bytes.
  /// - Throws: `StoreError.unavailable` when it cannot be written or there is a file of that name; `StoreError.unreadable` when `source` is no
  ///   database of ours, one of a newer version, or damaged.
  @discardableResult
  package static func make(of source: String, at target: String) throws -> Int64 {
    guard access(target, F_OK) != 0 else { throw StoreError.unavailable("there is a file \(target) already") }
    let draft = "\(target).new-\(getpid())"
    defer { unlink(draft) }
    let length = try copy(source, to: draft)
    guard link(draft, target) == 0 else { throw SQLiteFiles.unavailable("the copy cannot be given its name") }
    try SQLiteFiles.syncFolder(of: target)
    return length
  }

  /// Puts a database in the place of another, or where none is. At every moment there is one of the two under that name.
  ///
  /// - Parameters:
  ///   - draft: a closed database in the same folder, with what was written to it; it is gone afterwards.
  ///   - aside: where the replaced one is kept. Nothing may be there.
  /// - Returns: whether there was one to keep.
  /// - Throws: `StoreError.unavailable` when another program has the replaced database open; nothing is changed then.
  package static func replace(_ path: String, with draft: String, keeping aside: String) throws -> Bool {
    // Whoever closed it may have left its newest changes in its log, which does not come along.
    try carryOverLog(of: draft)
    try SQLiteFiles.sync(draft)
    var replaced = stat()
    let isThere = stat(path, &replaced) == 0
    if isThere {
      try settle(path, keeping: aside)
      // Whoever serves must be able to open it, also when somebody else restores.
      if replaced.st_uid != geteuid() || replaced.st_gid != getegid() { _ = chown(draft, replaced.st_uid, replaced.st_gid) }
      guard link(path, aside) == 0 else { throw SQLiteFiles.unavailable("the replaced database cannot be kept aside") }
    }
    guard rename(draft, path) == 0 else { throw SQLiteFiles.unavailable("the database cannot be put in its place") }
    try SQLiteFiles.syncFolder(of: path)
    return isThere
  }

  /// Leaves a database that is about to be replaced without a log of its own beside it: the log would be taken for that of the next.
  private static func settle(_ path: String, keeping aside: String) throws {
    do {
      try carryOverLog(of: path)
    } catch StoreError.unreadable {
      // Damaged: its log is kept as it is.
      for ending in ["-wal", "-journal"] where access(path + ending, F_OK) == 0 {
        guard rename(path + ending, aside + ending) == 0 else {
          throw SQLiteFiles.unavailable("the log of the replaced database cannot be kept aside")
        }
      }
      unlink("\(path)-shm")
    }
  }

  /// Leaves a database as one file that needs nothing beside it. Only who is alone with it can do this.
  private static func carryOverLog(of path: String) throws {
    try SQLiteErrors.translated {
      let queue = try DatabaseQueue(path: path)
      let mode = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
      try queue.close()
      guard mode == "delete" else { throw SQLiteErrors.locked }
    }
  }

  /// Copies and checks; `draft` is a new file of mode 0600, whole and on the disk afterwards.
  package static func copy(_ source: String, to draft: String) throws -> Int64 {
    let made = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard made >= 0 else { throw SQLiteFiles.unavailable("the copy cannot be made") }
    Glibc.close(made)
    do {
      let reader = try SQLiteReader(path: source, olderToo: true)
      defer { try? reader.close() }
      try reader.copy(into: draft)
      try check(draft)
      return try SQLiteFiles.sync(draft)
    } catch {
      unlink(draft)
      throw error
    }
  }

  private static func check(_ path: String) throws {
    try SQLiteErrors.translated {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      try queue.read { database in
        let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(3)")
        guard found == ["ok"] else { throw StoreError.unreadable("the database is damaged: \(found.joined(separator: "; "))") }
        guard try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") == nil else {
          throw StoreError.unreadable("the database is damaged: rows point to rows that are not there")
        }
      }
    }
  }
}
