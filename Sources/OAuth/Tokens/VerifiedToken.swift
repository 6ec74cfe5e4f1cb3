package import AccessControl
package import Identity
internal import Primitives

/// An access token that counts now: signed by us, not expired, not revoked, and everything it hangs on is still active. Only
/// `AccessTokenVerifier` makes one.
package struct VerifiedToken: Sendable {
  private let token: ReadAccessToken
  /// As it is registered now.
  package let application: Application
  private let state: PolicyState
  private let now: Timestamp

  /// - Parameters:
  ///   - state: of the policy, in which it counts.
  ///   - now: the moment at which it does.
  init(_ token: ReadAccessToken, of application: Application, in state: PolicyState, at now: Timestamp) {
    self.token = token
    self.application = application
    self.state = state
    self.now = now
  }

  package var claims: AccessTokenClaims { token.claims }

  /// The roles the subject holds now in the token's organization, sorted; nil without one. They may be fewer than those written in the token.
  package var roles: [RoleID]? {
    switch claims.subject {
    case .person(let account, let organization, _, _, _):
      organization.flatMap { state.activeRoles(of: account, in: $0, at: now) }?.sorted()
    case .application(let organization):
      organization.map { state.roles(of: application.id, in: $0, at: now) }
    }
  }

  /// Those of its scopes for which the application is still registered (THREATS ROL3).
  package var scopes: [String] { claims.scopes.filter(application.scopes.contains) }

  func allows(_ scope: String) -> Bool { token.claims.scopes.contains(scope) && application.scopes.contains(scope) }

  package var audience: String { token.claims.audience }
  package var organization: OrganizationID? { claims.organization }

  /// The person it speaks for; nil when the application acts for itself.
  package var account: AccountID? {
    if case .person(let account, _, _, _, _) = claims.subject { account } else { nil }
  }

  /// Who acts when this token is used.
  package var who: Actor.Who { account.map { .account($0, via: application.id) } ?? .application(application.id) }
}
