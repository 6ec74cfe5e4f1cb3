internal import Glibc
internal import Identity
internal import Logging
internal import Primitives
internal import Storage

/// What every command stands on: the root key, the opened and prepared database, and the environment of the use cases.
struct Foundations: Sendable {
  let configuration: Configuration
  let store: any PersistentStore
  let environment: Environment
  /// Rung by the store, for whoever delivers letters.
  let outboxBell: OutboxBell
  /// Held by the one process that serves from this database.
  let serveLock: ServeLock?

  /// Opens the database, makes it ready where it is new, and takes the keys out of it.
  ///
  /// The order matters: the root key is proved against what is stored before anything is written, so that a wrong key leaves the data
  /// untouched (THREATS KEY3); and a key is made only for a database that nothing was ever stored in.
  ///
  /// - Parameters:
  ///   - serves: whether this process is going to serve; a second one on the same database is refused.
  ///   - logger: told what is damaged and does not stop the start.
  static func lay(
    _ configuration: Configuration, as command: String, serves: Bool, clock: @escaping @Sendable () -> Timestamp,
    randomness: any RandomSource, logger: Logger
  ) async throws -> Foundations {
    do {
      // Where the database is a server, nothing else makes it. Who writes there says what is wrong with it.
      if serves { try? SmallFile.makeFolder(configuration.storage.dataFolder) }
      let root = try await rootKey(configuration.storage, clock: clock, randomness: randomness)
      let keys = KeyRing(root: root, logger: logger)
      _ = try await glance(configuration.storage, clock: clock) { store in
        try await PreparePortal().checkRootKey(store: store, keys: keys)
      }
      let policy = PolicySnapshot(keys: keys, seededBy: SystemRandomness())
      let bell = OutboxBell()
      let store = try Database.open(configuration.storage, observer: policy, bell: bell, clock: clock)
      // Of SQLite's file one process serves; on PostgreSQL there may be any number.
      let lock = serves ? try (store as? SQLiteStore)?.acquireServeLock() : nil
      if serves, lock == nil, store is SQLiteStore {
        throw StartRefusal("another 'usher serve' is running on the database \(configuration.storage.database).")
      }
      try await store.migrate()
      let occasion = Occasion(
        now: clock(), actor: Actor(.command(command), address: nil, requestID: nil), randomness: randomness)
      try await PreparePortal()(occasion, store: store, keys: keys, portalName: configuration.identity.portalName)
      try await store.loadPolicy()
      let passwords = PasswordKeeper(
        pool: hashingPool(configuration.passwords), cost: configuration.passwords.cost, randomness: randomness)
      passwords.replace(peppers: try PepperVault.open(try await store.read { try $0.peppers() }, keys: keys))
      var settings = configuration.identity
      settings.breachedPasswords = try configuration.passwords.breachedFile.map(breachedPasswords)
      return Foundations(
        configuration: configuration, store: store,
        environment: Environment(
          clock: clock, randomness: randomness, store: store, policy: policy, keys: keys, passwords: passwords,
          settings: settings, audit: AuditAlarm(logger: logger)), outboxBell: bell, serveLock: lock)
    } catch {
      throw StartRefusal.wording(error)
    }
  }

  /// The store, where it is a file.
  var sqlite: SQLiteStore? { store as? SQLiteStore }

  /// The occasion of a command of this machine's operator.
  func occasion(_ command: String) -> Occasion {
    environment.occasion(of: Actor(.command(command), address: nil, requestID: nil))
  }

  /// Carries the write-ahead log over into the database file, and lets go of it. Where another process is just doing that, it is left to it: what was
  /// answered is on the disk either way.
  func settle() async throws {
    try? await store.settle()
    try store.close()
  }

  /// Lets go of the database.
  func close() throws { try store.close() }

  private static func rootKey(
    _ storage: Configuration.Storage, clock: @escaping @Sendable () -> Timestamp, randomness: any RandomSource
  ) async throws -> RootKey {
    let file = RootKeyFile.ofThisProcess(storage.rootKeyFile)
    do {
      return try file.load()
    } catch RootKeyFile.Refusal.missing {
      // Where something is stored by now, whoever stored it has made the key by now.
      return try await holdsNothing(storage, clock: clock) ? file.makeUnlessMade(from: randomness) : file.load()
    }
  }

  private static func holdsNothing(_ storage: Configuration.Storage, clock: @escaping @Sendable () -> Timestamp) async throws
    -> Bool
  {
    try await glance(storage, clock: clock) { store in try await store.read { try $0.holdsNothing() } } ?? true
  }

  /// Looks into a database in which something was stored, before anything is decided about it: a file is not even opened for writing.
  ///
  /// - Returns: nil where nothing was.
  static func glance<Value: Sendable>(
    _ storage: Configuration.Storage, clock: @escaping @Sendable () -> Timestamp, _ look: (any Store) async throws -> Value
  ) async throws -> Value? {
    switch storage.database {
    case .file(let path):
      guard let file = try Storage.glance(path: path) else { return nil }
      defer { try? file.close() }
      return try await look(file)
    case .server:
      let store = try Database.open(storage, clock: clock)
      defer { try? store.close() }
      return try await store.isEmpty ? nil : look(store)
    }
  }

  private static func breachedPasswords(_ path: String) throws -> BreachedPasswords {
    do {
      return try BreachedPasswords(path: path)
    } catch {
      switch error {
      case .unreadable(let code):
        throw StartRefusal("breached_passwords_file (\(path)) cannot be read: \(String(cString: strerror(code))).")
      case .notAList:
        throw StartRefusal("breached_passwords_file (\(path)) does not begin with a SHA-1 in upper-case hexadecimal digits.")
      }
    }
  }

  private static func hashingPool(_ passwords: Configuration.Passwords) -> HashingPool {
    let threads = passwords.hashingThreads > 0 ? passwords.hashingThreads : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1)
    return HashingPool(threads: threads, bound: threads + passwords.hashingQueue)
  }
}
