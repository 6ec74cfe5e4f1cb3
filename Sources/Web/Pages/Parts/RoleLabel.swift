internal import Localization

/// A role as pages show it: a built-in one by the name of the reader's language, any other by the name it was given.
package struct RoleLabel: Sendable, Hashable {
  package var id: String
  /// The name as defined; built-in roles do without.
  package var name: String
  /// What it is for, as defined; built-in roles do without.
  package var about: String?

  package init(id: String, name: String, about: String? = nil) {
    self.id = id
    self.name = name
    self.about = about
  }

  func label(_ say: Sentences) -> String { say.roleName(id) ?? name }
  func hint(_ say: Sentences) -> String? { say.roleHint(id) ?? about }
}

/// A role somebody may be given, as a box to tick.
package struct RoleChoice: Sendable, Hashable {
  package var id: String
  package var name: String
  package var held: Bool
  /// False for a role the viewer may not give or take: shown, but not to be changed.
  package var mayChange: Bool
  /// See `RoleLabel`.
  package var about: String?

  package init(id: String, name: String, about: String? = nil, held: Bool, mayChange: Bool = true) {
    self.id = id
    self.name = name
    self.about = about
    self.held = held
    self.mayChange = mayChange
  }

  package init(_ label: RoleLabel, held: Bool, mayChange: Bool = true) {
    self.init(id: label.id, name: label.name, about: label.about, held: held, mayChange: mayChange)
  }

  func label(_ say: Sentences) -> String { say.roleName(id) ?? name }
  func hint(_ say: Sentences) -> String? { say.roleHint(id) ?? about }
}

extension [RoleLabel] {
  /// All names in one line, or nil when there are none.
  func line(_ say: Sentences) -> String? { isEmpty ? nil : map { $0.label(say) }.joined(separator: ", ") }
}
