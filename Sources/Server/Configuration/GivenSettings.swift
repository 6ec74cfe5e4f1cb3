/// What was given for the settings, by whom, before anybody looked at what it means.
struct GivenSettings: Sendable {
  /// Where a text came from, for messages and for `check-configuration`.
  enum Source: Sendable, Hashable, CustomStringConvertible {
    case file(String, line: Int)
    case environment(variable: String)
    case flag(String)

    var description: String {
      switch self {
      case .file(let path, let line): "\(path), line \(line)"
      case .environment(let variable): "the environment variable \(variable)"
      case .flag(let flag): "the flag \(flag)"
      }
    }
  }

  struct Text: Sendable, Hashable {
    let text: String
    let source: Source
  }

  private(set) var texts: [String: Text] = [:]
  private(set) var problems: [ConfigurationProblem] = []

  /// Later calls win over earlier ones, so give the file first, then the environment, then the flags.
  mutating func give(_ name: String, _ text: String, from source: Source) {
    guard Settings.byName[name] != nil else {
      problems.append(.unknown(name, source: source))
      return
    }
    // No setting is longer, and a message about a wrong one quotes it.
    guard text.utf8.count <= 4096 else {
      problems.append(ConfigurationProblem("\(name) (\(source)) is longer than 4096 bytes"))
      return
    }
    texts[name] = Text(text: text, source: source)
  }

  mutating func report(_ problem: ConfigurationProblem) { problems.append(problem) }
}

extension GivenSettings {
  /// Takes the variables that are named after settings. Others that begin with `USHER_` are left alone: a container platform sets some
  /// by itself for a service of that name.
  mutating func takeEnvironment(_ environment: [String: String]) {
    for row in Settings.rows {
      guard let text = environment[row.variable] else { continue }
      give(row.name, text, from: .environment(variable: row.variable))
    }
  }

  /// Takes `--public-address https://…` and `--public-address=https://…`.
  mutating func takeFlags(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--"), argument.count > 2 else {
        report(ConfigurationProblem("'\(argument)' is not understood here: settings are given as --name value"))
        continue
      }
      let halves = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let flag = "--" + halves[0]
      if halves.count == 2 {
        give(SettingName.name(flag: halves[0]), String(halves[1]), from: .flag(flag))
      } else if let value = rest.popFirst() {
        give(SettingName.name(flag: halves[0]), value, from: .flag(flag))
      } else {
        report(ConfigurationProblem("the flag \(flag) needs a value"))
      }
    }
  }
}
