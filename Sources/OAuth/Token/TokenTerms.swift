internal import AccessControl
internal import Identity

/// What a grant type found out: for whom and for what tokens are to be written.
struct TokenTerms: Sendable {
  enum Subject: Sendable {
    /// A person's grant, with the roles they hold now and the next refresh token, where the application gets one.
    case grant(Grant, roles: [RoleID], refreshToken: RefreshSecret?, nonce: String?)
    case application
  }

  let application: Application
  let subject: Subject
  let scopes: [String]
  let audience: String
}
