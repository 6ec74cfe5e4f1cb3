internal import Identity
internal import Localization
internal import Primitives

/// A person as somebody typed them into a form, and what is wrong with it. Nothing is repaired behind the back of who typed it.
struct TypedPerson: Sendable {
  let email: String
  let givenName: String
  let familyName: String
  let language: String
  let country: String

  init(_ form: FormFields) {
    email = form.first(FormName.email) ?? ""
    givenName = form.first(FormName.givenName) ?? ""
    familyName = form.first(FormName.familyName) ?? ""
    language = form.first(FormName.language) ?? ""
    country = form.first(FormName.country) ?? ""
  }

  var readEmail: EmailAddress? { EmailAddress(email) }
  var readName: PersonName? { PersonName(first: givenName, last: familyName) }
  var readLanguage: Language? { Language(language) }
  var readCountry: CountryCode? { CountryCode(country).flatMap { code in Self.isCountry(code) ? code : nil } }

  var problems: [String: FieldProblem] {
    var problems: [String: FieldProblem] = [:]
    if email.isEmpty {
      problems[FormName.email] = .required
    } else if readEmail == nil {
      problems[FormName.email] = .emailMalformed
    }
    for (name, part) in [(FormName.givenName, givenName), (FormName.familyName, familyName)] {
      if part.isEmpty {
        problems[name] = .required
      } else if PersonName(first: part, last: part) == nil {
        problems[name] = part.count > 100 ? .tooLong(100) : .nameMalformed
      }
    }
    if readLanguage == nil { problems[FormName.language] = .languageUnknown }
    if !country.isEmpty, readCountry == nil { problems[FormName.country] = .countryUnknown }
    return problems
  }

  private static func isCountry(_ code: CountryCode) -> Bool {
    Sentences(.fallback).countryName(code.text) != nil
  }
}

extension PersonEntry {
  init(_ typed: TypedPerson) {
    self.init(
      email: typed.email, givenName: typed.givenName, familyName: typed.familyName, language: typed.language,
      country: typed.country)
  }
}
