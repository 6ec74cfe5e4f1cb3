internal import ArgumentParser

struct CheckConfiguration: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-configuration",
    abstract: "Tells which settings are in force and where they were given, or everything that is wrong with them.",
    discussion: """
      Reads the files of the appearance folder too; opens no database and no port. Exits with 0 when the configuration can be used.
      """)

  @Flag(help: "Print the reference of all settings instead (Markdown).")
  var reference = false

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    if reference {
      print(ConfigurationReference.markdown, terminator: "")
      return
    }
    let given = options.given(environment: ConfigurationOptions.processEnvironment())
    _ = try Appearance.renderer(try Server.Configuration(given))
    EffectiveSettings.lines(given).forEach { print($0) }
  }
}
