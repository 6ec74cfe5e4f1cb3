internal import Primitives

/// A country or region with its name in one language.
package struct Country: Sendable, Hashable {
  /// ISO 3166-1 alpha-2, upper case.
  package let code: String
  package let name: String

  /// A table of countries is a JSON object from code to name, in the order in which a reader of the language looks for them.
  static func read(_ text: String) -> [Country] {
    let members = (try? JSON.parse(Array(text.utf8)))?.objectValue?.members ?? []
    return members.compactMap { code, name in name.stringValue.map { Country(code: code, name: $0) } }
  }
}

extension Sentences {
  /// Every country and region of ISO 3166-1, alphabetically by its name in this language.
  package var countries: [Country] { tables.countries[language] ?? [] }

  /// The name of a country or region by its code, or nil when there is none such.
  package func countryName(_ code: String) -> String? { countries.first { $0.code == code }?.name }
}
