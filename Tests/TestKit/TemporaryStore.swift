package import Foundation
package import Identity
package import Storage
internal import StoragePostgres

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

/// Which engine the stores of this run lie on: the same tests hold for each.
package enum TestEngine: String, Sendable {
  case sqlite, postgresql

  /// As `USHER_TEST_DATABASE` says; SQLite where it says nothing.
  package static let ofThisRun: TestEngine =
    ProcessInfo.processInfo.environment["USHER_TEST_DATABASE"].flatMap(TestEngine.init) ?? .sqlite
}

/// A migrated store on a database of its own. It is a `Store` itself: hold it and use it, and nothing is left when it goes.
///
/// `policy`, where given, has been told everything that is stored (nothing, at first).
package final class TemporaryStore: Store {
  /// Where it lies.
  private enum Place: Sendable {
    case file(TemporaryStoreFolder)
    case database(TemporaryDatabase)
  }

  private let place: Place
  private let clock: FixedClock
  /// The store beneath, for what is no part of the contract.
  package let persistent: any PersistentStore

  package init(
    on engine: TestEngine = .ofThisRun, clock: FixedClock = FixedClock(), policy: (any PolicyObserver)? = nil,
    bell: OutboxBell? = nil
  ) async throws {
    switch engine {
    case .sqlite: place = .file(try TemporaryStoreFolder())
    case .postgresql: place = .database(try await TemporaryDatabase())
    }
    self.clock = clock
    persistent = try Self.open(place, clock, policy, bell)
    try await persistent.migrate()
    try await persistent.loadPolicy()
  }

  private init(besides other: TemporaryStore, policy: (any PolicyObserver)?, bell: OutboxBell?) throws {
    place = other.place
    clock = other.clock
    persistent = try Self.open(place, clock, policy, bell)
  }

  private static func open(_ place: Place, _ clock: FixedClock, _ policy: (any PolicyObserver)?, _ bell: OutboxBell?) throws
    -> any PersistentStore
  {
    let options = StorageOptions(now: { clock.now() })
    return switch place {
    case .file(let folder): try Storage.open(path: folder.databasePath, observer: policy, bell: bell, options: options)
    case .database(let database):
      StoragePostgres.open(try database.address, observer: policy, bell: bell, options: PostgresOptions(store: options))
    }
  }

  /// What only SQLite has: the serve lock, checkpoints.
  package var sqlite: SQLiteStore {
    get throws {
      guard let store = persistent as? SQLiteStore else { throw TestWorld.Missing(what: "a store on SQLite") }
      return store
    }
  }

  /// The folder of a store on SQLite.
  package var folder: TemporaryStoreFolder {
    get throws {
      guard case .file(let folder) = place else { throw TestWorld.Missing(what: "a store on SQLite") }
      return folder
    }
  }

  /// What lies on the disk, for whoever looks for a secret in it: the files of SQLite's database, or a dump of PostgreSQL's.
  package func everythingStored() async throws -> Data {
    switch place {
    case .file(let folder):
      try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(into: Data()) { all, name in
        all += try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
      }
    case .database(let database): Data(try await database.server.dump(database.name).utf8)
    }
  }

  /// Tells the observer everything anew, as after a commit of another process.
  package func loadPolicy() async throws { try await persistent.loadPolicy() }

  /// The same database once more, as another process opens it.
  package func another(policy: (any PolicyObserver)? = nil, bell: OutboxBell? = nil) throws -> TemporaryStore {
    try TemporaryStore(besides: self, policy: policy, bell: bell)
  }

  /// The store lets go of a body before it answers, so this never runs on the store's own threads.
  deinit { try? persistent.close() }

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await persistent.read(body)
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await persistent.write(body)
  }

  package func watchOtherProcesses() async { await persistent.watchOtherProcesses() }

  package func catchUp() async throws { try await persistent.catchUp() }
}
