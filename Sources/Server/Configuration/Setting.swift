/// One row of the table of settings: what a value is called, what it may be, and what it means.
///
/// The same row serves the configuration file, the environment, the command line and `docs/configuration.md`.
struct Setting<Value: Sendable>: Sendable {
  /// As it stands in the file: `public_address`.
  let name: String
  let kind: SettingKind<Value>
  let standard: Value
  /// One or two sentences for whoever runs Usher.
  let meaning: String

  init(_ name: String, _ kind: SettingKind<Value>, standard: Value, _ meaning: String) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.meaning = meaning
  }

  /// The row without its type, for walking over the table.
  var row: SettingRow {
    SettingRow(
      name: name, allowed: kind.allowed, standard: kind.write(standard), meaning: meaning,
      accepts: { [kind] text in kind.read(text) != nil }, show: kind.show)
  }
}

/// How the values of a setting are read and written.
struct SettingKind<Value: Sendable>: Sendable {
  /// What may be given, worded so that "must be …" precedes it: `a whole number from 1 to 65535`.
  let allowed: String
  /// Reads one text; nil when it is not allowed.
  let read: @Sendable (String) -> Value?
  let write: @Sendable (Value) -> String
  /// What of a given text may be printed: all of it, unless it may hold a secret.
  var show: @Sendable (String) -> String = { $0 }
}

/// A row of the table, its type forgotten.
struct SettingRow: Sendable {
  let name: String
  let allowed: String
  let standard: String
  let meaning: String
  let accepts: @Sendable (String) -> Bool
  let show: @Sendable (String) -> String

  /// `USHER_PUBLIC_ADDRESS`
  var variable: String { SettingName.variable(name) }
  /// `--public-address`
  var flag: String { SettingName.flag(name) }
}

/// The three spellings of a setting's name.
enum SettingName {
  static let variablePrefix = "USHER_"

  static func variable(_ name: String) -> String { variablePrefix + name.uppercased() }
  static func flag(_ name: String) -> String { "--" + String(name.map { $0 == "_" ? "-" : $0 }) }
  /// The name a flag stands for, its leading dashes taken off before.
  static func name(flag: some StringProtocol) -> String { String(flag.map { $0 == "-" ? "_" : $0 }) }
}
