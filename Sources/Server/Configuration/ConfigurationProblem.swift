internal import Primitives

/// One thing that is wrong with the configuration, worded for whoever wrote it.
struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  static func unknown(_ name: String, source: GivenSettings.Source) -> ConfigurationProblem {
    let close = Settings.rows.map(\.name).filter { EditDistance.between($0, name) <= 3 }
      .min { EditDistance.between($0, name) < EditDistance.between($1, name) }
    let hint = close.map { "; did you mean \($0)?" } ?? ""
    return ConfigurationProblem("\(LogText.line(name, limit: 80)) (\(source)) is not a setting\(hint)")
  }

  static func notAllowed(_ row: SettingRow, _ given: GivenSettings.Text) -> ConfigurationProblem {
    ConfigurationProblem(
      "\(row.name) (\(given.source)) must be \(row.allowed), not '\(LogText.line(row.show(given.text), limit: 120))'")
  }
}

/// Everything that is wrong, told at once.
struct ConfigurationRefusal: Error, CustomStringConvertible {
  let problems: [ConfigurationProblem]

  var description: String { problems.map { "configuration: \($0)" }.joined(separator: "\n") }
}

/// How many single-letter changes lie between two words, for "did you mean".
enum EditDistance {
  static func between(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8.prefix(64)), Array(b.utf8.prefix(64)))
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
