internal import ArgumentParser
internal import Identity
internal import Primitives
internal import Storage

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "database", abstract: "Looks after the database itself.", subcommands: [Copy.self, Restored.self])

  struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copies everything into an empty database, of the same engine or the other.",
      discussion: """
        Moves an installation from SQLite to PostgreSQL and back: the database that the settings name is copied into the one given here, \
        in one transaction, and both are compared by counts and digests. Stop every server first; one that still serves is noticed. The \
        root key stays the same. Afterwards let the setting 'database' name the new one. The old one is left as it was.

          usher database copy --to postgresql://usher@db.example.com/usher
        """)

    @Option(help: ArgumentHelp("A path, or an address such as postgresql://usher@db.example.com/usher.", valueName: "target"))
    var to: String

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
      guard let location = DatabaseLocation(to)?.inside(configuration.storage.dataFolder) else {
        throw ValidationError("The target must be \(SettingKind<DatabaseLocation>.database.allowed).")
      }
      guard location != configuration.storage.database else { throw StartRefusal("source and target are the same database.") }
      do {
        try await Self.copy(configuration.storage.database, location, configuration.storage)
      } catch {
        throw StartRefusal.wording(error)
      }
    }

    private static func copy(
      _ from: DatabaseLocation, _ location: DatabaseLocation, _ settings: Configuration.Storage
    ) async throws {
      let source = try Database.open(settings.at(from), clock: SystemClock.now)
      guard try await !source.isEmpty else { throw StartRefusal("there is nothing in \(from).") }
      guard try await !source.isServed else {
        throw StartRefusal("a server is running on \(from): what it writes meanwhile would stay behind. Stop it first.")
      }
      try await source.migrate()
      let target = try Database.open(settings.at(location), clock: SystemClock.now)
      let contents: [CopiedContents]
      do {
        contents = try await DatabaseCopy()(from: source, to: target)
      } catch let refusal as DatabaseCopy.Refusal {
        switch refusal {
        case .notEmpty: throw StartRefusal("\(location) holds something already; nothing was copied.")
        case .differs(let table): throw StartRefusal("\(table) did not arrive as it was; nothing was kept.")
        }
      }
      try await target.settle()
      try target.close()
      try source.close()
      for table in contents { StandardOutput.say("\(table.table)  \(table.rows)  \(table.digest)") }
      StandardOutput.say("Copied to \(location): every table has as many rows there, and the same digest. Set database to it.")
    }
  }
}

extension Configuration.Storage {
  /// The same settings for another database.
  fileprivate func at(_ location: DatabaseLocation) -> Self {
    Self(
      dataFolder: dataFolder, database: location, databaseListen: nil, databaseConnections: databaseConnections,
      rootKeyFile: rootKeyFile)
  }
}
