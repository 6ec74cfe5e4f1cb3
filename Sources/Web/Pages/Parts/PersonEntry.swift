internal import Localization

/// A person as typed into a form so far: what signing up and inviting somebody both ask for. Sent under `email`, `given_name`, `family_name`,
/// `language` and `country`.
package struct PersonEntry: Sendable {
  package var email: String
  package var givenName: String
  package var familyName: String
  package var language: String
  package var country: String

  package init(email: String = "", givenName: String = "", familyName: String = "", language: String = "", country: String = "") {
    self.email = email
    self.givenName = givenName
    self.familyName = familyName
    self.language = language
    self.country = country
  }
}

extension Form {
  /// Whose particulars are typed: a browser knows its own person's and can fill them in, anybody else's it must not offer.
  enum Subject {
    case reader, somebodyElse
  }

  /// Adds the fields of a person, in the order in which people give them.
  ///
  /// - Parameters:
  ///   - email: the label of the address.
  ///   - chosenLanguage: selected as long as nothing was typed.
  mutating func person(
    _ entry: PersonEntry, _ subject: Subject, email: String, chosenLanguage: String, countryIsOptional: Bool
  ) {
    func autocomplete(_ token: String) -> String { subject == .reader ? token : "off" }
    line(FormName.email, email, type: "email", value: entry.email, autocomplete: autocomplete("username"), maximum: 254)
    line(
      FormName.givenName, say.fields.givenName, value: entry.givenName, autocomplete: autocomplete("given-name"), maximum: 100)
    line(
      FormName.familyName, say.fields.familyName, value: entry.familyName, autocomplete: autocomplete("family-name"),
      maximum: 100)
    choice(
      FormName.language, say.fields.language, options: say.languageOptions,
      chosen: entry.language.isEmpty ? chosenLanguage : entry.language, autocomplete: autocomplete("language"),
      hint: say.fields.languageHint)
    choice(
      FormName.country, say.fields.country, options: say.countryOptions, chosen: entry.country,
      placeholder: say.fields.chooseCountry, autocomplete: autocomplete("country"), optional: countryIsOptional)
  }
}
