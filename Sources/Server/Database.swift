internal import Identity
internal import Primitives
internal import Storage
internal import StoragePostgres

/// The engine that the configuration names.
enum Database {
  /// Neither migrates nor, for a server, connects.
  static func open(
    _ settings: Configuration.Storage, observer: (any PolicyObserver)? = nil, bell: OutboxBell? = nil,
    clock: @escaping @Sendable () -> Timestamp
  ) throws -> any PersistentStore {
    let options = StorageOptions(now: clock)
    switch settings.database {
    case .file(let path): return try Storage.open(path: path, observer: observer, bell: bell, options: options)
    case .server(let address):
      var onServer = PostgresOptions(store: options)
      onServer.connections = settings.databaseConnections
      return StoragePostgres.open(
        address, listeningAt: settings.databaseListen, observer: observer, bell: bell, options: onServer)
    }
  }
}
