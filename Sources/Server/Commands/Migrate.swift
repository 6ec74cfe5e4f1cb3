internal import ArgumentParser
internal import Identity
internal import Primitives

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Brings the database up to date, and makes it (and the root key) when there is none.",
    discussion: """
      'usher serve' does the same at its start. Run this to prepare an installation, or an upgrade, without serving. Either every
      step is done or none. Back it up first with 'usher backup'.
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let foundations = try await options.layFoundations(as: "migrate")
    print("The database \(foundations.configuration.storage.database) is up to date.")
    try await foundations.settle()
  }
}
