internal import ArgumentParser
internal import Glibc
internal import Primitives

/// What every command that needs a configuration takes: `--configuration FILE`, and each setting of the table as a flag.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The configuration file (YAML).", valueName: "file"))
  var configuration: String?

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "Any setting as a flag: --public-address https://usher.example.com. 'usher check-configuration --reference' lists them.",
      valueName: "settings"))
  var settings: [String] = []

  static let fileVariable = SettingName.variablePrefix + "CONFIGURATION"

  /// Gathers what was given, in rising order: file, environment, flags.
  func given(environment: [String: String]) -> GivenSettings {
    var given = GivenSettings()
    if let path = configuration ?? environment[Self.fileVariable] {
      do {
        let contents = try SmallFile.read(path, maximumBytes: ConfigurationFile.maximumBytes)
        ConfigurationFile.take(String(decoding: contents.bytes, as: UTF8.self), path: path, into: &given)
      } catch {
        given.report(ConfigurationProblem("\(path) cannot be read: \(error)"))
      }
    }
    given.takeEnvironment(environment)
    given.takeFlags(settings)
    return given
  }

  /// The environment of this process.
  static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let halves = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if halves.count == 2 { variables[String(halves[0])] = String(halves[1]) }
      entry += 1
    }
    return variables
  }
}

extension ConfigurationOptions {
  /// Reads the configuration of this process and opens what it names.
  func layFoundations(as command: String) async throws -> Foundations {
    let configuration = try Configuration(given(environment: Self.processEnvironment()))
    return try await Foundations.lay(
      configuration, as: command, serves: false, clock: SystemClock.now, randomness: SystemRandomness(),
      logger: configuration.log.logger(now: SystemClock.now, write: StandardError.write))
  }
}
