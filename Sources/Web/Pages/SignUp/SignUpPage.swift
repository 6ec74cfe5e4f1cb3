package import Localization

/// *Sign up for a personal account.* Sends `csrf`, `continue`, `email`, `given_name`, `family_name`, `language`, `country`, `password`,
/// `password_again` to `/sign-up`.
package struct SignUpPage: Page {
  package static let template = "sign-up"
  package var frame: PageFrame
  package var continueTo: String
  /// Path and query of the page where somebody with an account signs in instead.
  package var signIn: String
  package var entry: PersonEntry
  package var minimumPassword: Int
  /// By `FormName`. Never that the address has an account: the letter tells that, to whoever owns the mailbox.
  package var problems: [String: FieldProblem]
  package var delay: FormDelay?

  package init(
    frame: PageFrame, continueTo: String = "", signIn: String = "/sign-in", entry: PersonEntry = PersonEntry(),
    minimumPassword: Int, problems: [String: FieldProblem] = [:], delay: FormDelay? = nil
  ) {
    self.frame = frame
    self.continueTo = continueTo
    self.signIn = signIn
    self.entry = entry
    self.minimumPassword = minimumPassword
    self.problems = problems
    self.delay = delay
  }

  package func title(_ say: Sentences) -> String { say.signUp.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.person(entry, .reader, email: say.fields.email, chosenLanguage: frame.language.tag, countryIsOptional: true)
    form.password(FormName.password, say.fields.password, new: true, hint: say.passwords.hint(minimumPassword))
    form.password(FormName.passwordAgain, say.fields.passwordAgain, new: true)
    return [
      "continueTo": continueTo, "signIn": signIn, "fields": form.fields, "problems": form.problemSummary,
      "alert": delay?.text(say),
    ]
  }
}
