package import Localization

/// The answer to signing up: the same whether or not the address had an account.
package struct CheckMailPage: Page {
  package static let template = "check-mail"
  package var frame: PageFrame
  package var email: String
  /// How long the link in the message is good.
  package var hours: Int
  /// Path and query of the form, to begin again with another address.
  package var signUp: String
  /// Path and query of the page to sign in at: whoever has an account, or made it in another browser, goes on from here.
  package var signIn: String

  package init(frame: PageFrame, email: String, hours: Int, signUp: String = "/sign-up", signIn: String = "/sign-in") {
    self.frame = frame
    self.email = email
    self.hours = hours
    self.signUp = signUp
    self.signIn = signIn
  }

  package func title(_ say: Sentences) -> String { say.checkMail.title }

  package func view(_ say: Sentences) -> View {
    ["sent": say.checkMail.sent(email), "term": say.checkMail.term(hours), "signUp": signUp, "signIn": signIn]
  }
}

/// *Confirm your address*: where the link in that message leads. Opening it changes nothing, as mail scanners open links; the button sends
/// `csrf` and `password`, the one chosen at sign-up, to its own address.
package struct ConfirmAddressPage: Page {
  package static let template = "confirm-address"
  package var frame: PageFrame
  package var email: String
  /// By `FormName`: `password`.
  package var problems: [String: FieldProblem]
  package var delay: FormDelay?

  package init(frame: PageFrame, email: String, problems: [String: FieldProblem] = [:], delay: FormDelay? = nil) {
    self.frame = frame
    self.email = email
    self.problems = problems
    self.delay = delay
  }

  package func title(_ say: Sentences) -> String { say.confirm.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.fixedAddress(say.fields.email, value: email)
    form.password(FormName.password, say.fields.password, new: false, hint: say.confirm.passwordHint)
    return [
      "introduction": say.confirm.introduction(email), "fields": form.fields, "problems": form.problemSummary,
      "alert": delay?.text(say),
    ]
  }
}
