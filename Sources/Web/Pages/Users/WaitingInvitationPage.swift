package import Localization
package import Primitives

/// One invitation that nobody has accepted yet. Two forms with `csrf` alone: `<path>/send-again` and `<path>/withdraw`.
package struct WaitingInvitationPage: Page {
  package static let template = "waiting-invitation"
  package var frame: PageFrame
  /// Path of this page: `/users/invitations/…`.
  package var path: String
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
    frame: PageFrame, path: String, name: String, email: String, roles: [RoleLabel], language: Language, sentAt: Timestamp,
    expiresAt: Timestamp, isExpired: Bool, mayChange: Bool, problem: UserProblem? = nil, notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.path = path
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
      "wide": true, "onUsers": true, "path": path, "email": email, "roles": roles.line(say) ?? say.users.noRoles,
      "preferred": language.ownName, "sent": say.invitation.sentOn(say.day(sentAt)),
      "term": isExpired ? say.invitation.expiredOn(end) : say.invitation.goodUntil(end), "mayChange": mayChange,
      "alert": problem?.text(say), "notice": notice?.text(say),
    ]
  }
}
