/// Turns texts into values, row by row, and remembers everything that was wrong on the way.
struct SettingsReader {
  private let given: GivenSettings
  var problems: [ConfigurationProblem]
  /// Which settings were asked for: a test sees that none of the table is read by nobody.
  private(set) var names: Set<String> = []

  init(_ given: GivenSettings) {
    self.given = given
    problems = given.problems
  }

  /// The value given, or the standard one. A text that is not allowed is reported, and the standard value stands in for it so that the
  /// rest can be checked too.
  mutating func read<Value>(_ setting: Setting<Value>) -> Value {
    names.insert(setting.name)
    guard let text = given.texts[setting.name] else { return setting.standard }
    if let value = setting.kind.read(text.text) { return value }
    problems.append(.notAllowed(setting.row, text))
    return setting.standard
  }
}
