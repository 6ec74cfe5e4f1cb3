// Storage owns the schema, every SQL statement once, the way between rows and entities, and the SQLite driver.
//
// It does not own: any rule. What must hold across rows is said by the contract in Identity/Store and checked by Tests/StorageConformance.
//
// Where things are: `SQL/` is the thin layer every driver speaks, `Schema/` the migrations, a feature folder the statements of that
// feature, `SQLite/` everything that knows GRDB. A second driver brings its own `SQLConnection` and nothing else.

package import Identity

/// The door of this module.
package enum Storage {
  /// Opens the SQLite database at `path`, and makes an empty file where there is none. Does not migrate: see `SQLiteStore.migrate`.
  ///
  /// A folder that is missing is made with mode 0700; database files are made with mode 0600.
  ///
  /// - Parameters:
  ///   - observer: told what every commit changed; nil for a process that decides nothing, such as a command.
  ///   - bell: rung after every commit with new letters; nil where nobody delivers any.
  /// - Throws: `StoreError.unavailable` when the file cannot be opened, `StoreError.unreadable` when it is no database of ours or one
  ///   of a newer version.
  package static func open(
    path: String, observer: (any PolicyObserver)? = nil, bell: OutboxBell? = nil, options: StorageOptions
  ) throws -> SQLiteStore {
    try SQLiteStore(path: path, observer: observer, bell: bell, options: options)
  }

  /// Refuses whoever wants to serve from the database at `path` for as long as the lock is kept; the database need not be there.
  ///
  /// - Returns: nil when somebody serves from it.
  package static func lock(path: String) throws -> ServeLock? {
    try SQLiteFiles.prepareFolder(of: path)
    return try ServeLock(besides: path)
  }

  /// Opens a SQLite database that is there for reading only, whether somebody serves from it or not.
  ///
  /// - Throws: as `open`, and `StoreError.unreadable` for one of a version so old that it must be migrated first.
  package static func openForReading(path: String) throws -> SQLiteReader { try SQLiteReader(path: path) }

  /// Looks into a database file before anything is decided about it. Opening it for writing changes bytes of it, whatever is done then.
  ///
  /// - Returns: nil where there is no file, or none in which anything was ever stored. To be closed.
  /// - Throws: as `open`.
  package static func glance(path: String) throws -> SQLiteReader? { try SQLiteReader.glancing(path: path) }
}
