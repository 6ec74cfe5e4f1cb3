internal import ArgumentParser

@main
struct Usher: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "usher",
    abstract: "Identity and access control: signs people in once and answers what they may do.",
    discussion: """
      To look around, run 'deploy/run' in the repository: it starts a sample world on http://127.0.0.1:8080.
      Settings come from a file, the environment and flags, in that rising order; docs/configuration.md lists them.
      """,
    version: Version.line,
    subcommands: [
      Serve.self, Migrate.self, CreateOperatorCommand.self, RotateKeys.self, RootKeyCommand.self, JobsCommand.self,
      DatabaseCommand.self,
      ManageCommand.self, CheckConfiguration.self, Audit.self, Backup.self, Restore.self,
    ])
}
