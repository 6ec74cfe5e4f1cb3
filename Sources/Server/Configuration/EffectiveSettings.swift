/// What is in force and who said so: the answer of `usher check-configuration`.
enum EffectiveSettings {
  static func lines(_ given: GivenSettings) -> [String] {
    let width = Settings.rows.map(\.name.count).max() ?? 0
    return Settings.rows.map { row in
      let text = given.texts[row.name]
      let name = row.name + String(repeating: " ", count: width - row.name.count)
      return "\(name) = \(text.map { row.show($0.text) } ?? row.standard)  (\(text.map { "\($0.source)" } ?? "standard"))"
    }
  }
}
