internal import ArgumentParser
internal import Identity
internal import Primitives
internal import Web

struct ManageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manage",
    abstract: "Does what the management API can do, by the name of the operation, and prints its answer as JSON.",
    discussion: """
      'usher manage --list' names every operation; what its path and its query name are options:

        usher manage listMembers --organization 01k2… --limit 10
        usher manage assignRole --organization 01k2… --body assignment.json
        usher manage assignRole --describe

      It needs no token: it acts as an operator of the portal, and the audit trail names this command. It may be run while the server
      runs, which knows of a change at once. What is refused is told on standard error as a problem document (RFC 9457), and the exit
      status is 2.
      """)

  @Argument(help: ArgumentHelp("Its name, as --list shows it.", valueName: "operation"))
  var operation: String?

  @Flag(help: "Only lists the operations and what each of them takes; opens no database.")
  var list = false

  @Flag(help: "Only shows the operation and its messages as an OpenAPI document; opens no database.")
  var describe = false

  @Option(help: ArgumentHelp("The file with the body in JSON; - is standard input.", valueName: "file"))
  var body: String?

  @Option(help: ArgumentHelp("The version that was seen: the change happens to that one or not at all.", valueName: "version"))
  var ifMatch: Int64?

  @OptionGroup var options: ConfigurationOptions

  /// What an expected refusal ends with. 1 is a command that could not begin, 64 one that nobody can understand.
  static let refused = ExitCode(2)

  /// What every command has, which no parameter may be called.
  static let ownOptions: Set<String> = ["list", "describe", "body", "if-match", "configuration", "help", "version"]

  func run() async throws {
    if list { return LocalManagement.entries.forEach { StandardOutput.say(Self.line($0)) } }
    guard let operation else { throw ValidationError("Name an operation; 'usher manage --list' shows them.") }
    guard let management = LocalManagement(operation) else { throw Self.unknown(operation) }
    var options = options
    let entry = management.entry
    let given = try OperationArguments(of: entry, takenFrom: &options.settings)
    if describe {
      let address = try Configuration(options.given(environment: ConfigurationOptions.processEnvironment())).identity
        .publicAddress
      return StandardOutput.say(String(decoding: management.description(issuer: address), as: UTF8.self))
    }
    let places = try given.places(of: entry)
    guard ifMatch == nil || entry.isVersioned else { throw ValidationError("\(entry.name) takes no --if-match.") }
    let bytes = try readBody(of: entry)

    let foundations = try await options.layFoundations(as: "manage")
    let tables = try Appearance.renderer(foundations.configuration).tables
    let outcome: LocalManagement.Outcome
    do {
      outcome = try await management(
        places: places, query: given.query(of: entry), body: bytes, seen: ifMatch, foundations.occasion("manage"),
        env: foundations.environment, saying: tables)
    } catch {
      throw StartRefusal.wording(error)
    }
    try await foundations.settle()
    switch outcome {
    case .done(let answer): if !answer.isEmpty { StandardOutput.say(String(decoding: answer, as: UTF8.self)) }
    case .refused(let problem):
      StandardError.write(problem + Array("\n".utf8))
      throw Self.refused
    }
  }

  private func readBody(of entry: LocalManagement.Entry) throws -> [UInt8] {
    guard entry.takesBody else {
      guard body == nil else { throw ValidationError("\(entry.name) takes no --body.") }
      return []
    }
    guard let body else { throw ValidationError("\(entry.name) takes a --body.") }
    do {
      return body == "-"
        ? try SmallFile.readStandardInput(maximumBytes: entry.maximumBytes)
        : try SmallFile.read(body, maximumBytes: entry.maximumBytes).bytes
    } catch {
      throw StartRefusal("\(body == "-" ? "the body" : LogText.line(body)) cannot be read: \(error).")
    }
  }

  private static func unknown(_ name: String) -> ValidationError {
    let close = LocalManagement.entries.map(\.name).min { EditDistance.between($0, name) < EditDistance.between($1, name) }
    let hint = close.map { EditDistance.between($0, name) <= 5 ? " Did you mean \($0)?" : "" } ?? ""
    return ValidationError("'\(LogText.line(name, limit: 80))' is no operation.\(hint) 'usher manage --list' shows them.")
  }

  private static func line(_ entry: LocalManagement.Entry) -> String {
    let required = entry.places.map { OperationArguments.flag($0) } + (entry.takesBody ? ["--body"] : [])
    let optional = entry.parameters.map { OperationArguments.flag($0) } + (entry.isVersioned ? ["--if-match"] : [])
    return ([entry.name] + required + optional.map { "[\($0)]" }).joined(separator: " ") + "\n    " + entry.summary
  }
}

/// The options of a command that name a place or a parameter of an operation: `--organization ID` and `--organization=ID`.
struct OperationArguments {
  private var values: [String: String] = [:]

  /// How a parameter is written on the command line: `purchasing_account` as `--purchasing-account`.
  static func flag(_ name: String) -> String {
    "--" + name.map { $0.isUppercase ? "-\($0.lowercased())" : $0 == "_" ? "-" : String($0) }.joined()
  }

  /// - Parameter arguments: what was not understood so far; what names no parameter stays there, for the settings.
  /// - Throws: `ValidationError` for one that stands there twice or has no value.
  init(of entry: LocalManagement.Entry, takenFrom arguments: inout [String]) throws {
    let names = Dictionary((entry.places + entry.parameters).map { (Self.flag($0), $0) }, uniquingKeysWith: { first, _ in first })
    var others: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let flag = String(halves[0])
      guard let name = names[flag] else {
        others.append(argument)
        // The value of a setting may look like a parameter of ours.
        if halves.count == 1, argument.hasPrefix("--"), let value = rest.popFirst() { others.append(value) }
        continue
      }
      guard values[name] == nil else { throw ValidationError("\(flag) stands there twice.") }
      guard let value = halves.count == 2 ? String(halves[1]) : rest.popFirst() else {
        throw ValidationError("\(flag) needs a value.")
      }
      values[name] = value
    }
    arguments = others
  }

  /// - Throws: `ValidationError` when one is missing.
  func places(of entry: LocalManagement.Entry) throws -> [String: String] {
    let missing = entry.places.filter { values[$0] == nil }
    guard missing.isEmpty else {
      throw ValidationError("\(entry.name) needs \(missing.map(Self.flag).joined(separator: ", ")).")
    }
    return values.filter { entry.places.contains($0.key) }
  }

  func query(of entry: LocalManagement.Entry) -> [String: String] { values.filter { entry.parameters.contains($0.key) } }
}
