internal import Localization

/// A role as pages show it: a built-in one by the name of the reader's language, any other by the name it was given.
package struct RoleLabel: Sendable, Hashable {
  package var id: String
  /// The name as defined; built-in roles do without.
  package var name: String

  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  func label(_ say: Sentences) -> String { say.roleName(id) ?? name }
}

/// A role somebody may be given, as a box to tick.
package struct RoleChoice: Sendable, Hashable {
  package var id: String
  package var name: String
  package var held: Bool
  /// False for a role the viewer may not give or take: shown, but not to be changed.
  package var mayChange: Bool

  package init(id: String, name: String, held: Bool, mayChange: Bool = true) {
    self.id = id
    self.name = name
    self.held = held
    self.mayChange = mayChange
  }

  func label(_ say: Sentences) -> String { say.roleName(id) ?? name }
}

extension [RoleLabel] {
  /// All names in one line, or nil when there are none.
  func line(_ say: Sentences) -> String? { isEmpty ? nil : map { $0.label(say) }.joined(separator: ", ") }
}
