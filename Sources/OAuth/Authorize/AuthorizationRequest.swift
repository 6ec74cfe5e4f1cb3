package import AccessControl
package import Identity
package import Primitives

/// An authorization request of which everything is checked. Only `Authorize.validate` makes one.
package struct AuthorizationRequest: Sendable {
  package let trusted: TrustedRequest
  package let scopes: [String]
  package let audience: String
  /// The organization the tokens are to name; nil stands for home, or for none with a personal account.
  package let organization: OrganizationID?
  /// The kinds of account with which one may sign in here, never empty.
  package let kinds: [Account.KindName]
  package let preselected: Account.KindName?
  package let prompt: Prompt
  /// The oldest sign-in that is new enough.
  package let maximumAge: Duration?
  /// The S256 challenge.
  package let challenge: String
  package let nonce: String?
  /// The person the application expects, from its `id_token_hint`.
  package let expected: AccountID?
  /// When a new sign-in was first asked for on behalf of this very request in this browser.
  package let markedAt: Timestamp?
  /// An address to fill in at the sign-in page; a hint of the application and nothing more.
  package let loginHint: String?
  /// The languages the application wishes for, most wanted first (BCP 47, separated by blanks).
  package let uiLocales: String?

  package var application: Application { trusted.application }
  package var isOffline: Bool { scopes.contains(Scope.offlineAccess) }
}
