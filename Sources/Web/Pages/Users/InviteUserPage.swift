package import Localization

/// *Invite user.* Sends `csrf`, `email`, `given_name`, `family_name`, `language`, `country`, `role` (once for each) and `then` (`done` or
/// `another`: which of the two buttons) to `/users/invite`.
package struct InviteUserPage: Page {
  /// What has been typed so far, as typed.
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

  package static let template = "invite-user"
  package var frame: PageFrame
  package var organization: String
  package var entry: Entry
  /// Only roles the viewer may give; `held` means ticked.
  package var roles: [RoleChoice]
  /// By `FormName`.
  package var problems: [String: FieldProblem]
  /// After "Invite another": who has just been invited.
  package var notice: UserNotice?

  package init(
    frame: PageFrame, organization: String, entry: Entry = Entry(), roles: [RoleChoice], problems: [String: FieldProblem] = [:],
    notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.organization = organization
    self.entry = entry
    self.roles = roles
    self.problems = problems
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { say.inviteUser.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say, problems: problems)
    form.line(FormName.email, say.fields.workEmail, type: "email", value: entry.email, autocomplete: "off", maximum: 254)
    form.line(FormName.givenName, say.fields.givenName, value: entry.givenName, autocomplete: "off", maximum: 100)
    form.line(FormName.familyName, say.fields.familyName, value: entry.familyName, autocomplete: "off", maximum: 100)
    form.choice(
      FormName.language, say.fields.language, options: say.languageOptions,
      chosen: entry.language.isEmpty ? frame.language.tag : entry.language, autocomplete: "off", hint: say.fields.languageHint)
    form.choice(
      FormName.country, say.fields.country, options: say.countryOptions, chosen: entry.country,
      placeholder: say.fields.chooseCountry,
      autocomplete: "off")
    form.boxes(FormName.role, say.fields.roles, roles: roles, hint: say.inviteUser.rolesHint)
    return [
      "onUsers": true, "introduction": say.inviteUser.introduction(organization), "fields": form.fields,
      "problems": form.problemSummary, "notice": notice?.text(say),
    ]
  }
}
