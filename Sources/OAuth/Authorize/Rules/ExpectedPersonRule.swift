internal import AccessControl
internal import Identity
internal import Primitives

/// Whom the application expects, by an ID token we gave it earlier, expired or not (OpenID Connect Core §3.1.2.1 `id_token_hint`).
enum ExpectedPersonRule {
  static func check(_ request: TrustedRequest, issuer: String, _ keys: KeyRing) throws(OAuthError) -> AccountID? {
    guard let token = request.parameters["id_token_hint"] else { return nil }
    guard let hint = IDTokenHint.read(token, issuer: issuer, keys), hint.application == request.application.id else {
      throw OAuthError(.invalidRequest, "The id_token_hint is no ID token given to this application.")
    }
    return hint.account
  }
}
