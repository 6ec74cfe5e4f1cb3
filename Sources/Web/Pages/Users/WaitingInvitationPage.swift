package import Localization
package import Primitives

/// One invitation that nobody has accepted yet. Two forms with `csrf` alone, to `actions.sendAgain` and `actions.withdraw`.
package struct WaitingInvitationPage: Page {
  /// Paths and queries to which the forms go.
  package struct Actions: Sendable {
    package var sendAgain: String
    package var withdraw: String

    package init(sendAgain: String, withdraw: String) {
      self.sendAgain = sendAgain
      self.withdraw = withdraw
    }
  }

  package static let template = "waiting-invitation"
  package var frame: PageFrame
  package var organization: String
  /// Path and query of the list of its users.
  package var list: String
  package var actions: Actions
  package var name: String
  package var email: String
  package var roles: [RoleLabel]
  package var language: Language
  package var sentAt: Timestamp
  package var expiresAt: Timestamp
  package var isExpired: Bool
  /// Whether the viewer may send it again or withdraw it.
  package var mayChange: Bool
  package var problem: UserProblem?
  package var notice: UserNotice?

  package init(
    frame: PageFrame, organization: String, list: String, actions: Actions, name: String, email: String, roles: [RoleLabel],
    language: Language, sentAt: Timestamp, expiresAt: Timestamp, isExpired: Bool, mayChange: Bool, problem: UserProblem? = nil,
    notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.organization = organization
    self.list = list
    self.actions = actions
    self.name = name
    self.email = email
    self.roles = roles
    self.language = language
    self.sentAt = sentAt
    self.expiresAt = expiresAt
    self.isExpired = isExpired
    self.mayChange = mayChange
    self.problem = problem
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { say.invitation.title(name) }

  package func view(_ say: Sentences) -> View {
    let end = say.day(expiresAt)
    return [
      "wide": true, "onUsers": true, "list": list, "backToList": say.user.backToList(organization), "organization": organization,
      "sendAgain": actions.sendAgain, "withdraw": actions.withdraw, "email": email, "roles": roles.line(say) ?? say.users.noRoles,
      "preferred": language.ownName, "sent": say.invitation.sentOn(say.day(sentAt)),
      "term": isExpired ? say.invitation.expiredOn(end) : say.invitation.goodUntil(end), "mayChange": mayChange,
      "alert": problem?.text(say), "notice": notice?.text(say),
    ]
  }
}
