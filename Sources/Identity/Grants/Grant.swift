package import AccessControl
package import Primitives

/// What one person let one application do: every code, refresh token and access token of one sign-in hangs on it and dies with it.
package struct Grant: Sendable, Hashable {
  package enum Ending: String, Sendable {
    case codeReplayed = "code-replayed"
    case refreshReplayed = "refresh-replayed"
    case revoked
    case signedOut = "signed-out"
    case sessionEnded = "session-ended"
    case passwordChanged = "password-changed"
    case suspended
    case applicationDisabled = "application-disabled"
  }

  package let id: GrantID
  package let application: ApplicationID
  package let account: AccountID
  package let accountKind: Account.KindName
  /// The one organization its tokens name; nil for a personal account.
  package let organization: OrganizationID?
  /// The session it came from. It ends with the session unless `isOffline`.
  package let session: SessionID
  package let scopes: [String]
  package let audience: String
  /// `offline_access`: survives the session's expiry, not sign-out, suspension or a change of password.
  package let isOffline: Bool
  package let authenticatedAt: Timestamp
  package let createdAt: Timestamp
  /// The absolute end of its refresh tokens.
  package let expiresAt: Timestamp
  package var endedAt: Timestamp?
  package var ending: Ending?

  package init(
    id: GrantID, application: ApplicationID, account: AccountID, accountKind: Account.KindName, organization: OrganizationID?,
    session: SessionID, scopes: [String], audience: String, isOffline: Bool, authenticatedAt: Timestamp, createdAt: Timestamp,
    expiresAt: Timestamp, endedAt: Timestamp? = nil, ending: Ending? = nil
  ) {
    self.id = id
    self.application = application
    self.account = account
    self.accountKind = accountKind
    self.organization = organization
    self.session = session
    self.scopes = scopes
    self.audience = audience
    self.isOffline = isOffline
    self.authenticatedAt = authenticatedAt
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.endedAt = endedAt
    self.ending = ending
  }

  /// Whether it goes on past the expiry of its session: it began with `offline_access`, and the application is still registered for that.
  package func outlivesItsSession(for application: Application) -> Bool {
    isOffline && application.scopes.contains(Scope.offlineAccess)
  }

  /// The scopes that still count: one that was taken from the application since is gone from its tokens too.
  package func scopes(for application: Application) -> [String] { scopes.filter(application.scopes.contains) }
}

/// An authorization code (RFC 6749 §4.1.2) by its digest, with what the exchange must match.
package struct AuthorizationCode: Sendable, Hashable {
  package let digest: SecretDigest
  package let grant: GrantID
  package let application: ApplicationID
  package let redirectURI: String
  /// Whether the request named the redirect URI itself, so that the exchange must repeat it (RFC 6749 §4.1.3).
  package let redirectURIWasSent: Bool
  /// The S256 challenge (RFC 7636 §4.3).
  package let challenge: String
  package let nonce: String?
  package let expiresAt: Timestamp
  package var spentAt: Timestamp?

  package init(
    digest: SecretDigest, grant: GrantID, application: ApplicationID, redirectURI: String, redirectURIWasSent: Bool,
    challenge: String,
    nonce: String?, expiresAt: Timestamp, spentAt: Timestamp? = nil
  ) {
    self.digest = digest
    self.grant = grant
    self.application = application
    self.redirectURI = redirectURI
    self.redirectURIWasSent = redirectURIWasSent
    self.challenge = challenge
    self.nonce = nonce
    self.expiresAt = expiresAt
    self.spentAt = spentAt
  }
}

/// What taking a code out of the store found.
package enum RedeemedCode: Sendable {
  case taken(AuthorizationCode)
  /// Somebody took it before: the grant must die (RFC 6749 §4.1.2).
  case spent(AuthorizationCode)
  case unknown
}
