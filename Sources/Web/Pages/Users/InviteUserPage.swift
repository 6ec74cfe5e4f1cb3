package import Localization

/// *Invite user.* Sends `csrf`, `email`, `given_name`, `family_name`, `language`, `country`, `role` (once for each) and `then` (`done` or
/// `another`: which of the two buttons) to `action`.
package struct InviteUserPage: Page {
  package static let template = "invite-user"
  package var frame: PageFrame
  package var organization: String
  /// Others into which the viewer may invite; empty when there are none.
  package var organizations: [OrganizationChoice]
  /// Path and query to which the form goes.
  package var action: String
  /// Path and query of the list of users, for viewers who may see it.
  package var list: String?
  package var entry: PersonEntry
  /// Only roles the viewer may give; `held` means ticked.
  package var roles: [RoleChoice]
  /// By `FormName`.
  package var problems: [String: FieldProblem]
  /// After "Invite another": who has just been invited.
  package var notice: UserNotice?

  package init(
    frame: PageFrame, organization: String, organizations: [OrganizationChoice] = [], action: String, list: String?,
    entry: PersonEntry = PersonEntry(), roles: [RoleChoice], problems: [String: FieldProblem] = [:], notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.organization = organization
    self.organizations = organizations
    self.action = action
    self.list = list
    self.entry = entry
    self.roles = roles
    self.problems = problems
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { say.inviteUser.title(organization) }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.person(
      entry, .somebodyElse, email: say.fields.workEmail, chosenLanguage: frame.language.tag, countryIsOptional: false)
    form.boxes(FormName.role, say.fields.roles, roles: roles, hint: say.inviteUser.rolesHint)
    return [
      "onUsers": true, "organizations": organizations.view, "action": action, "list": list,
      "backToList": say.user.backToList(organization), "fields": form.fields, "problems": form.problemSummary,
      "notice": notice?.text(say),
    ]
  }
}
