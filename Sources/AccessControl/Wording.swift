/// What a role or a permission is called, and what it is for, in the words of whoever defined it.
///
/// Nothing here is ever compared to decide anything: roles are told apart by `Role.id`, permissions by their names.
package struct Wording: Hashable, Sendable {
  /// The same in one more language.
  package struct Translation: Hashable, Sendable {
    package let name: String
    /// Empty where nobody wrote one.
    package let description: String

    package init(name: String, description: String = "") {
      self.name = name
      self.description = description
    }
  }

  package let name: String
  /// One sentence or two; empty where nobody wrote one.
  package let description: String
  /// By language tag (BCP 47) in lower case.
  package let translations: [String: Translation]

  package init(name: String, description: String = "", translations: [String: Translation] = [:]) {
    self.name = name
    self.description = description
    self.translations = translations
  }

  /// The words for somebody who reads this language: those of the very tag (`de-ch`), else of the language it belongs to (`de`), else the
  /// untranslated ones.
  package func text(in language: String) -> Translation {
    var tag = Substring(language.lowercased())
    while !tag.isEmpty {
      if let translation = translations[String(tag)] { return translation }
      tag = tag.lastIndex(of: "-").map { tag[..<$0] } ?? ""
    }
    return Translation(name: name, description: description)
  }
}
