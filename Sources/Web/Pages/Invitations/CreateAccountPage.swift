package import Localization

/// *Create your organisation account*: where an invitation's link leads. Sends `csrf`, `password`, `password_again` to its own address.
///
/// Name and address stand there to be checked, not to be changed: they are what the inviter vouched for.
package struct CreateAccountPage: Page {
  package static let template = "create-account"
  package var frame: PageFrame
  package var name: String
  package var email: String
  package var organization: String
  /// The agreement that named this person; nil for an invitation by a colleague.
  package var agreement: String?
  package var roles: [RoleLabel]
  /// The fewest characters a password may have.
  package var minimumPassword: Int
  /// By `FormName`: `password`, `password_again`.
  package var problems: [String: FieldProblem]
  /// Said above the form when accepting has to wait: the service is busy.
  package var busy: Bool

  package init(
    frame: PageFrame, name: String, email: String, organization: String, agreement: String?, roles: [RoleLabel],
    minimumPassword: Int,
    problems: [String: FieldProblem] = [:], busy: Bool = false
  ) {
    self.frame = frame
    self.name = name
    self.email = email
    self.organization = organization
    self.agreement = agreement
    self.roles = roles
    self.minimumPassword = minimumPassword
    self.problems = problems
    self.busy = busy
  }

  package func title(_ say: Sentences) -> String { say.createAccount.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.fixedAddress(say.fields.workEmail, value: email)
    form.password(FormName.password, say.fields.password, new: true, hint: say.passwords.hint(minimumPassword))
    form.password(FormName.passwordAgain, say.fields.passwordAgain, new: true)
    return [
      "introduction": say.createAccount.introduction(organization), "name": name, "organization": organization,
      "agreement": agreement, "roles": roles.line(say), "fields": form.fields, "problems": form.problemSummary,
      "alert": busy ? say.errors.unavailable : nil,
    ]
  }
}
