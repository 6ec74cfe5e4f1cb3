internal import Foundation
package import Identity
internal import Primitives
package import Storage

/// A folder of its own for one test, gone when nobody holds it any more.
package final class TemporaryStoreFolder: Sendable {
  package let path: String

  package init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-test-\(UUID().uuidString.lowercased())")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package var databasePath: String { "\(path)/usher.sqlite" }
}

/// A migrated SQLite store in a folder of its own. It is a `Store` itself: hold it and use it, and nothing is left when it goes.
///
/// `policy`, where given, has been told everything that is stored (nothing, at first).
package final class TemporaryStore: Store {
  package let folder: TemporaryStoreFolder
  /// The store beneath, for what only SQLite has: the serve lock, checkpoints.
  package let sqlite: SQLiteStore

  package init(clock: FixedClock = FixedClock(), policy: (any PolicyObserver)? = nil, bell: OutboxBell? = nil) async throws {
    folder = try TemporaryStoreFolder()
    sqlite = try Storage.open(
      path: folder.databasePath, observer: policy, bell: bell, options: StorageOptions(now: { clock.now() }))
    try await sqlite.migrate()
    try await sqlite.loadPolicy()
  }

  /// Tells the observer everything anew, as after a commit of another process.
  package func loadPolicy() async throws { try await sqlite.loadPolicy() }

  /// Opens the same database once more, as another process would, for as long as the body runs.
  package func besides(_ body: (any Store) async throws -> Void) async throws {
    let other = try Storage.open(path: folder.databasePath, options: StorageOptions(now: { Timestamp(seconds: 0) }))
    do { try await body(other) } catch {
      try? other.close()
      throw error
    }
    try other.close()
  }

  /// The store lets go of a body before it answers, so this never runs on the store's own queue.
  deinit { try? sqlite.close() }

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await sqlite.read(body)
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await sqlite.write(body)
  }
}
