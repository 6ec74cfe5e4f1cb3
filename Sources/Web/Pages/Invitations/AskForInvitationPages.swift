package import Localization

/// *Didn't get the invitation?* Sends `csrf`, `email`, `agreement_number`, `purchasing_account_number` to `/invitation-again`.
package struct AskForInvitationPage: Page {
  package static let template = "invitation-again"
  package var frame: PageFrame
  package var email: String
  package var agreementNumber: String
  package var purchasingAccountNumber: String
  /// By `FormName`. Only about what was typed (empty, no address), never about whether it exists.
  package var problems: [String: FieldProblem]
  package var delay: FormDelay?

  package init(
    frame: PageFrame, email: String = "", agreementNumber: String = "", purchasingAccountNumber: String = "",
    problems: [String: FieldProblem] = [:], delay: FormDelay? = nil
  ) {
    self.frame = frame
    self.email = email
    self.agreementNumber = agreementNumber
    self.purchasingAccountNumber = purchasingAccountNumber
    self.problems = problems
    self.delay = delay
  }

  package func title(_ say: Sentences) -> String { say.invitationAgain.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.line(FormName.email, say.invitationAgain.adminEmail, type: "email", value: email, autocomplete: "email", maximum: 254)
    form.line(FormName.agreementNumber, say.fields.agreementNumber, value: agreementNumber, autocomplete: "off", maximum: 60)
    form.line(
      FormName.purchasingAccountNumber, say.fields.purchasingAccountNumber, value: purchasingAccountNumber, autocomplete: "off",
      maximum: 60)
    return ["fields": form.fields, "problems": form.problemSummary, "alert": delay?.text(say)]
  }
}

/// The answer to it: the same words whether or not the three belonged together.
package struct InvitationAskedForPage: Page {
  package static let template = "invitation-asked-for"
  package var frame: PageFrame

  package init(frame: PageFrame) { self.frame = frame }

  package func title(_ say: Sentences) -> String { say.invitationAgain.doneTitle }

  package func view(_ say: Sentences) -> View { [:] }
}
