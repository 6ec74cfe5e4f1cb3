internal import Primitives

/// Every sentence of every language, by its name (`signIn.title`), and the names of countries.
///
/// The tables are JSON files in `Tables/`, compiled in; an operator may replace single sentences at start from a folder. A table is an
/// object of groups; a group holds sentences by name; a sentence is a string, or an object with `by` (the parameter that counts) and
/// one string per plural form.
package struct SentenceTables: Sendable {
  package enum Fault: Error, Equatable, Sendable {
    /// Not the shape described above.
    case malformed(language: String, at: String)
    /// A replacement for a sentence that does not exist.
    case unknownSentence(language: String, name: String)
    /// A replacement with other parameters than the sentence has: something would go unsaid.
    case otherParameters(language: String, name: String)
    /// A replacement that lacks a plural form its language needs, or has one too many.
    case otherForms(language: String, name: String)
  }

  private(set) var sentences: [Language: [String: Sentence]] = [:]
  private(set) var countries: [Language: [Country]] = [:]
  /// What `{portal}` says: the product's own name, until the operator gives the portal another.
  private(set) var portal = "Usher"

  /// What the program brings with it. A test holds every table complete and well formed.
  package static let compiledIn: SentenceTables = {
    var tables = SentenceTables()
    for language in Language.all {
      tables.sentences[language] = try? read(CompiledTables.sentences[language.tag] ?? "", language)
      tables.countries[language] = Country.read(CompiledTables.countries[language.tag] ?? "")
    }
    return tables
  }()

  /// These tables, calling the portal by this name.
  package func naming(portal: String) -> SentenceTables {
    var named = self
    named.portal = portal
    return named
  }

  /// These tables with some sentences said otherwise. `texts` are JSON tables by language; a table may hold as few sentences as it likes.
  package func replacing(_ texts: [Language: String]) throws(Fault) -> SentenceTables {
    var changed = self
    for (language, text) in texts {
      for (name, sentence) in try SentenceTables.read(text, language) {
        guard let present = sentences[language]?[name] else { throw .unknownSentence(language: language.tag, name: name) }
        guard present.parameters == sentence.parameters else { throw .otherParameters(language: language.tag, name: name) }
        guard sentence.hasFormsOf(language) else { throw .otherForms(language: language.tag, name: name) }
        changed.sentences[language, default: [:]][name] = sentence
      }
    }
    return changed
  }

  /// The names of all sentences of a language.
  package func names(in language: Language) -> Set<String> { Set(sentences[language, default: [:]].keys) }

  /// The sentence of that name, or nil.
  package func sentence(_ name: String, in language: Language) -> Sentence? { sentences[language]?[name] }

  private static func read(_ text: String, _ language: Language) throws(Fault) -> [String: Sentence] {
    guard let groups = (try? JSON.parse(Array(text.utf8), maximumDepth: 4))?.objectValue else {
      throw .malformed(language: language.tag, at: "")
    }
    var sentences: [String: Sentence] = [:]
    for (group, members) in groups.members {
      guard let members = members.objectValue else { throw .malformed(language: language.tag, at: group) }
      for (name, value) in members.members {
        guard let sentence = Sentence(value) else { throw .malformed(language: language.tag, at: "\(group).\(name)") }
        sentences["\(group).\(name)"] = sentence
      }
    }
    return sentences
  }
}

extension Sentence {
  /// A sentence as a table writes it.
  fileprivate init?(_ value: JSON) {
    if let text = value.stringValue {
      self.init(text)
      return
    }
    guard let object = value.objectValue, let by = object["by"]?.stringValue else { return nil }
    var forms: [PluralForm: String] = [:]
    for (name, text) in object.members where name != "by" {
      guard let form = PluralForm(rawValue: name), let text = text.stringValue else { return nil }
      forms[form] = text
    }
    self.init(by: by, forms: forms)
  }

  /// Whether a counted sentence has exactly the forms its language needs.
  package func hasFormsOf(_ language: Language) -> Bool {
    guard case .plural(_, let forms) = forms else { return true }
    return Set(forms.keys) == PluralForm.needed(in: language)
  }
}
