internal import ArgumentParser
internal import StoragePostgres

/// Where the database is: a file of SQLite's, or a server of PostgreSQL's. Printed, it shows no password.
enum DatabaseLocation: Sendable, Hashable, CustomStringConvertible {
  case file(String)
  case server(PostgresAddress)

  /// - Returns: nil for an address of some other kind of server, and for what is no path.
  init?(_ text: String) {
    if let address = PostgresAddress(text) {
      self = .server(address)
    } else {
      guard !text.isEmpty, !text.utf8.contains(0), !text.contains("://") else { return nil }
      self = .file(text)
    }
  }

  /// A relative path is taken from the folder.
  func inside(_ folder: String) -> DatabaseLocation {
    if case .file(let path) = self { .file(Configuration.path(path, in: folder)) } else { self }
  }

  /// The path, for a command that copies files.
  func file(for command: any ParsableCommand.Type) throws -> String {
    switch self {
    case .file(let path): return path
    case .server:
      throw StartRefusal(
        "'usher \(command._commandName)' is for SQLite. PostgreSQL has tools of its own for that: see docs/backup.md.")
    }
  }

  var description: String {
    switch self {
    case .file(let path): path
    case .server(let address): address.description
    }
  }
}

extension SettingKind where Value == DatabaseLocation {
  static let database = SettingKind(
    allowed: "a path, or an address such as postgresql://usher@db.example.com/usher",
    read: { DatabaseLocation($0) },
    write: { $0.description },
    show: { DatabaseLocation($0)?.description ?? "an address of another kind" })
}

extension SettingKind where Value == PostgresAddress? {
  static let optionalServer = SettingKind(
    allowed: "an address such as postgresql://usher@db.example.com/usher, or nothing",
    read: { text in text.isEmpty ? .some(nil) : PostgresAddress(text).map { .some($0) } },
    write: { $0?.description ?? "" },
    show: { PostgresAddress($0)?.description ?? "something else" })
}
