package import AccessControl
package import Primitives

/// A browser in which somebody is signed in. The cookie's secret is known only to the browser; we keep its digest.
package struct Session: Sendable, Hashable {
  package enum Ending: String, Sendable {
    case signedOut = "signed-out"
    case ended = "ended-by-person"
    case endedByAdministrator = "ended-by-administrator"
    case passwordChanged = "password-changed"
    case suspended
    /// The oldest session makes room when the limit for one account is reached.
    case displaced
    /// A newer sign-in in the same browser took its place.
    case replaced
  }

  package let id: SessionID
  package let secret: SecretDigest
  package let account: AccountID
  package let kind: Account.KindName
  /// When the person last proved who they are: `auth_time`.
  package var authenticatedAt: Timestamp
  package let createdAt: Timestamp
  /// Written at most once a minute.
  package var lastSeenAt: Timestamp
  /// The absolute end, whatever the activity.
  package let expiresAt: Timestamp
  package var endedAt: Timestamp?
  package var ending: Ending?
  /// The browser's own description, cut to 200 characters, for the person's list of sessions.
  package let userAgent: String
  package let address: String

  package init(
    id: SessionID, secret: SecretDigest, account: AccountID, kind: Account.KindName, authenticatedAt: Timestamp,
    createdAt: Timestamp,
    lastSeenAt: Timestamp, expiresAt: Timestamp, endedAt: Timestamp? = nil, ending: Ending? = nil, userAgent: String,
    address: String
  ) {
    self.id = id
    self.secret = secret
    self.account = account
    self.kind = kind
    self.authenticatedAt = authenticatedAt
    self.createdAt = createdAt
    self.lastSeenAt = lastSeenAt
    self.expiresAt = expiresAt
    self.endedAt = endedAt
    self.ending = ending
    self.userAgent = userAgent
    self.address = address
  }
}
