/// Everything Usher says in one language: `Sentences(.russian).signIn.title`.
///
/// Sentences with parameters are functions, so a forgotten parameter does not compile. The groups and their members are generated from
/// `Tables/en.json` by `deploy/generate`; what needs more than a table (a day, a wait, a role's name) stands beside this file.
package struct Sentences: Sendable {
  package let language: Language
  let tables: SentenceTables

  /// - Parameter tables: what the program brings with it, unless the operator says some of it otherwise.
  package init(_ language: Language, from tables: SentenceTables = .compiledIn) {
    self.language = language
    self.tables = tables
  }

  /// The same in another language, from the same tables.
  package func spoken(in language: Language) -> Sentences { Sentences(language, from: tables) }

  /// A sentence without parameters by its name, for templates, which name what they say; nil when there is none such or it has parameters.
  package func plain(_ name: String) -> String? {
    guard let sentence = tables.sentence(name, in: language), sentence.parameters.isEmpty else { return nil }
    return sentence.said(with: [:], count: nil, in: language, portal: tables.portal)
  }

  /// Says a sentence. A name that is missing (a test rules it out) is shown as itself: odd, but better than nothing or a crash.
  func say(_ name: String, _ values: [String: String] = [:], count: Int? = nil) -> String {
    tables.sentence(name, in: language)?.said(with: values, count: count, in: language, portal: tables.portal) ?? name
  }
}

extension Sentences {
  /// What a built-in role is called, or nil for a role that an operator or organization defined: those carry their own name.
  package func roleName(_ id: String) -> String? { plain("roles.\(id)") }

  /// What a built-in role is for, in a few words.
  package func roleHint(_ id: String) -> String? { plain("roleHints.\(id)") }
}
