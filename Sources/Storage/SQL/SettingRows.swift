internal import Identity
internal import Primitives

extension SQLTransaction {
  /// One of the few things that are kept of the installation as a whole.
  func setting(_ name: String) throws -> String? {
    try row("SELECT value FROM settings WHERE name = $1", [.text(name)]) { try $0.text(0) }
  }

  func set(_ name: String, to value: String) throws {
    try change(
      "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      [.text(name), .text(value)])
  }
}
