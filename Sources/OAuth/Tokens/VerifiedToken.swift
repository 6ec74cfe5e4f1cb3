package import AccessControl
package import Identity

/// An access token that counts now: signed by us, not expired, not revoked, and everything it hangs on is still active. Only
/// `AccessTokenVerifier` makes one.
package struct VerifiedToken: Sendable {
  package let claims: AccessTokenClaims
  /// As it is registered now.
  package let application: Application
  /// The roles the subject holds now in the token's organization; nil without one. They may be fewer than those written in the token.
  package let roles: [RoleID]?
  /// Those of its scopes for which the application is still registered (THREATS ROL3).
  package let scopes: [String]

  init(claims: AccessTokenClaims, application: Application, roles: [RoleID]?) {
    self.claims = claims
    self.application = application
    self.roles = roles
    scopes = claims.scopes.filter(application.scopes.contains)
  }

  package var audience: String { claims.audience }
  package var organization: OrganizationID? { claims.organization }

  /// The person it speaks for; nil when the application acts for itself.
  package var account: AccountID? {
    if case .person(let account, _, _, _, _) = claims.subject { account } else { nil }
  }

  /// Who acts when this token is used.
  package var who: Actor.Who { account.map { .account($0, via: application.id) } ?? .application(application.id) }
}
