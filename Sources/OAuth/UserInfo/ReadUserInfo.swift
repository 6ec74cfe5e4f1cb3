internal import AccessControl
package import Identity
internal import Localization
internal import Primitives
package import Wire

/// The userinfo endpoint (OpenID Connect Core §5.3): what an application may know of the person, by the scopes it was granted.
///
/// `openid` alone tells nothing but `sub` (THREATS INT3). Any live token with `openid` may ask, whatever its audience: the standard gives this
/// endpoint none of its own.
package struct ReadUserInfo: Sendable {
  private let env: Environment
  private let verifier: AccessTokenVerifier

  package init(_ env: Environment, _ verifier: AccessTokenVerifier) {
    self.env = env
    self.verifier = verifier
  }

  package func callAsFunction(_ token: BearerToken) async throws -> UserInfoResponse {
    let verified = try verifier(token, audience: nil, scope: Scope.openID, at: env.clock())
    guard let id = verified.account, let account = try await env.store.read({ tx in try tx.account(id) }) else {
      throw BearerToken.invalid
    }
    var answer = UserInfoResponse(subject: id.text)
    if verified.scopes.contains(Scope.profile) {
      answer.name = account.name.full
      answer.givenName = account.name.first
      answer.familyName = account.name.last
      answer.locale = account.language.tag
      answer.organization = verified.organization?.text
    }
    if verified.scopes.contains(Scope.email) {
      answer.email = account.email.text
      // An account comes into being by a link sent to its address; only the very first operator's is handed over at the machine itself.
      answer.emailVerified = true
    }
    return answer
  }
}
