internal import ArgumentParser
internal import Identity
internal import Primitives
internal import Storage

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies the database into one file, while Usher serves or rests.",
    discussion: """
      The copy holds everything that was answered before it began. It has its name only when it is whole, checked and on the disk; a file \
      that is there is never replaced. The root key is not in it: keep that elsewhere. 'usher restore' puts it back; docs/backup.md. The \
      settings are those of 'usher check-configuration'.
      """)

  @Option(name: .customLong("to"), help: ArgumentHelp("The file to make.", valueName: "file"))
  var target: String

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
    let path = try configuration.storage.database.file(for: Self.self)
    do {
      let length = try SQLiteBackup.make(of: path, at: target)
      print(
        "\(LogText.line(target, limit: 1_000)) holds the database \(LogText.line(path, limit: 1_000)): \(length) bytes, whole and checked."
      )
      let copy = try Storage.openForReading(path: target)
      let head = try await copy.read { tx in try tx.auditHead() }
      try copy.close()
      if head != .start { print("Its audit trail goes up to this checkpoint:\n\(LogText.line(head.line))") }
    } catch {
      throw StartRefusal.wording(error)
    }
  }
}
