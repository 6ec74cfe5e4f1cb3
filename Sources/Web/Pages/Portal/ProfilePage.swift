package import Localization
package import Primitives

/// *My profile*: a person's details and roles, their language, their password and the browsers they are signed in with.
///
/// Three forms, each with `csrf`: `language` to `/profile/language`; `current_password`, `password`, `password_again` to
/// `/profile/password`; `session` (a session's id) to `/profile/sessions`, which ends it.
package struct ProfilePage: Page {
  package struct Agreement: Sendable {
    package var number: String
    package var purchasingAccounts: [String]

    package init(number: String, purchasingAccounts: [String]) {
      self.number = number
      self.purchasingAccounts = purchasingAccounts
    }
  }

  /// Another organization where this person is a guest.
  package struct Membership: Sendable {
    package var organization: String
    package var roles: [RoleLabel]

    package init(organization: String, roles: [RoleLabel]) {
      self.organization = organization
      self.roles = roles
    }
  }

  package struct Session: Sendable {
    package var id: String
    /// What browser it is, as far as it told; may be empty.
    package var device: String
    package var since: Timestamp
    package var lastSeen: Timestamp
    /// The one this page is shown in: it is ended by signing out.
    package var isThisOne: Bool

    package init(id: String, device: String, since: Timestamp, lastSeen: Timestamp, isThisOne: Bool) {
      self.id = id
      self.device = device
      self.since = since
      self.lastSeen = lastSeen
      self.isThisOne = isThisOne
    }
  }

  package enum Notice: Sendable { case languageSaved, passwordChanged, sessionEnded }

  package static let template = "profile"
  package var frame: PageFrame
  package var name: String
  package var email: String
  /// Nil for a personal account.
  package var organization: String?
  package var roles: [RoleLabel]
  package var language: Language
  /// ISO 3166-1 code.
  package var country: String?
  package var agreements: [Agreement]
  package var memberships: [Membership]
  package var sessions: [Session]
  package var minimumPassword: Int
  /// By `FormName`: `current_password`, `password`, `password_again`.
  package var problems: [String: FieldProblem]
  /// Set after too many wrong current passwords: how long to wait.
  package var throttled: Duration?
  package var notice: Notice?

  package init(
    frame: PageFrame, name: String, email: String, organization: String?, roles: [RoleLabel], language: Language,
    country: String?,
    agreements: [Agreement], memberships: [Membership], sessions: [Session], minimumPassword: Int,
    problems: [String: FieldProblem] = [:], throttled: Duration? = nil, notice: Notice? = nil
  ) {
    self.frame = frame
    self.name = name
    self.email = email
    self.organization = organization
    self.roles = roles
    self.language = language
    self.country = country
    self.agreements = agreements
    self.memberships = memberships
    self.sessions = sessions
    self.minimumPassword = minimumPassword
    self.problems = problems
    self.throttled = throttled
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { say.profile.title }

  package func view(_ say: Sentences) -> View {
    var password = Form(say, problems: problems)
    password.password(FormName.currentPassword, say.fields.currentPassword, new: false)
    password.password(FormName.password, say.fields.newPassword, new: true, hint: say.passwords.hint(minimumPassword))
    password.password(FormName.passwordAgain, say.fields.newPasswordAgain, new: true)
    var languages = Form(say)
    languages.choice(
      FormName.language, say.fields.language, options: say.languageOptions, chosen: language.tag, autocomplete: "off",
      hint: say.fields.languageHint)
    return [
      "wide": true, "onProfile": true, "name": name, "email": email, "organization": organization ?? say.dashboard.personal,
      "isWork": organization != nil, "roles": roles.isEmpty ? nil : roles.map { roleView($0, say) },
      "country": country.flatMap(say.countryName),
      "agreements": agreements.isEmpty ? nil : agreements.map { agreementView($0, say) },
      "memberships": memberships.isEmpty
        ? nil : memberships.map { ["organization": $0.organization, "roles": $0.roles.line(say) ?? say.users.noRoles] as View },
      "sessions": sessions.map { sessionView($0, say) }, "languageFields": languages.fields, "passwordFields": password.fields,
      "problems": password.problemSummary, "alert": throttled.map { say.profile.passwordThrottled(say.wait($0)) },
      "notice": notice.map { text(of: $0, say) },
    ]
  }

  private func roleView(_ role: RoleLabel, _ say: Sentences) -> View {
    ["label": role.label(say), "hint": role.hint(say)]
  }

  private func agreementView(_ agreement: Agreement, _ say: Sentences) -> View {
    [
      "number": agreement.number,
      "accounts": agreement.purchasingAccounts.isEmpty
        ? nil : say.profile.purchasingAccounts(agreement.purchasingAccounts.joined(separator: ", ")),
    ]
  }

  private func sessionView(_ session: Session, _ say: Sentences) -> View {
    [
      "id": session.id, "device": session.device.isEmpty ? say.profile.unknownDevice : session.device,
      "since": say.profile.since(say.moment(session.since)), "lastSeen": say.profile.lastSeen(say.moment(session.lastSeen)),
      "isThisOne": session.isThisOne,
    ]
  }

  private func text(of notice: Notice, _ say: Sentences) -> String {
    switch notice {
    case .languageSaved: say.profile.languageSaved
    case .passwordChanged: say.profile.passwordChanged
    case .sessionEnded: say.profile.sessionEnded
    }
  }
}
