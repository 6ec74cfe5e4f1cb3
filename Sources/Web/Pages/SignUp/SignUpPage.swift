package import Localization

/// *Sign up for a personal account.* Sends `csrf`, `continue`, `email`, `given_name`, `family_name`, `language`, `country`, `password`,
/// `password_again` to `/sign-up`.
package struct SignUpPage: Page {
  /// What has been typed so far, as typed; passwords are never shown again.
  package struct Entry: Sendable {
    package var email: String
    package var givenName: String
    package var familyName: String
    package var language: String
    package var country: String

    package init(email: String = "", givenName: String = "", familyName: String = "", language: String = "", country: String = "")
    {
      self.email = email
      self.givenName = givenName
      self.familyName = familyName
      self.language = language
      self.country = country
    }
  }

  package static let template = "sign-up"
  package var frame: PageFrame
  package var continueTo: String
  package var entry: Entry
  package var minimumPassword: Int
  /// By `FormName`. Never that the address has an account: the letter tells that, to whoever owns the mailbox.
  package var problems: [String: FieldProblem]
  /// Said when signing up has to wait: the service is busy.
  package var busy: Bool

  package init(
    frame: PageFrame, continueTo: String = "", entry: Entry = Entry(), minimumPassword: Int,
    problems: [String: FieldProblem] = [:],
    busy: Bool = false
  ) {
    self.frame = frame
    self.continueTo = continueTo
    self.entry = entry
    self.minimumPassword = minimumPassword
    self.problems = problems
    self.busy = busy
  }

  package func title(_ say: Sentences) -> String { say.signUp.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.line(FormName.email, say.fields.email, type: "email", value: entry.email, autocomplete: "username", maximum: 254)
    form.line(FormName.givenName, say.fields.givenName, value: entry.givenName, autocomplete: "given-name", maximum: 100)
    form.line(FormName.familyName, say.fields.familyName, value: entry.familyName, autocomplete: "family-name", maximum: 100)
    form.choice(
      FormName.language, say.fields.language, options: say.languageOptions,
      chosen: entry.language.isEmpty ? frame.language.tag : entry.language, autocomplete: "language",
      hint: say.fields.languageHint)
    form.choice(
      FormName.country, say.fields.country, options: say.countryOptions, chosen: entry.country,
      placeholder: say.fields.chooseCountry,
      autocomplete: "country", optional: true)
    form.password(FormName.password, say.fields.password, new: true, hint: say.passwords.hint(minimumPassword))
    form.password(FormName.passwordAgain, say.fields.passwordAgain, new: true)
    return [
      "continueTo": continueTo, "fields": form.fields, "problems": form.problemSummary,
      "alert": busy ? say.errors.unavailable : nil,
    ]
  }
}
