/// A language Usher speaks completely: every sentence of every page and letter exists in it.
///
/// A value can only name such a language, so whoever holds one can always be answered. On the wire and in the database it is its
/// BCP 47 tag. To add one: a table in `Tables/`, its countries, a plural rule in `PluralForm`, a line in `all`, and run
/// `deploy/generate`; the tests of this module then say what is still missing.
package struct Language: Hashable, Sendable, CustomStringConvertible {
  /// The BCP 47 tag: `en`, `ru`.
  package let tag: String

  /// The language's name for itself, as a person who reads nothing else would look for it.
  package let ownName: String

  package static let english = Language(tag: "en", ownName: "English")
  package static let russian = Language(tag: "ru", ownName: "Русский")

  /// Every language Usher speaks, the one for everybody else first.
  package static let all: [Language] = [english, russian]

  /// The language spoken to somebody who asked for none we know.
  package static let fallback = english

  private init(tag: String, ownName: String) {
    self.tag = tag
    self.ownName = ownName
  }

  /// The language a BCP 47 tag asks for, judged by its primary subtag alone (`ru-RU` and `RU` are Russian), or nil when we do not
  /// speak it. Longer than 35 characters is no tag (RFC 5646 §4.4.1).
  package init?(_ presented: String) {
    guard presented.utf8.count <= 35, let primary = presented.split(separator: "-", omittingEmptySubsequences: false).first,
      let known = Language.all.first(where: { $0.tag == primary.lowercased() })
    else { return nil }
    self = known
  }

  package var description: String { tag }

  package static func == (one: Language, other: Language) -> Bool { one.tag == other.tag }

  package func hash(into hasher: inout Hasher) { hasher.combine(tag) }
}

extension Language: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let language = Language(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a language Usher speaks")
    }
    self = language
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(tag)
  }
}
