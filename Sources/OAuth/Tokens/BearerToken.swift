internal import Identity
package import Primitives

/// The token of a request, in the one place where we look for it: the `Authorization` header (RFC 6750 §2.1). A token in an address would end
/// up in logs and histories, so that way is refused (RFC 9700 §4.3.2; THREATS INT3).
package struct BearerToken: Sendable {
  let text: String

  /// - Parameters:
  ///   - authorization: every value of the header `Authorization`.
  ///   - query: the query of the request's address.
  /// - Throws: `invalid_request` (400); `invalid_token` (401) with a challenge that names no error when there is no token at all.
  package init(authorization: [String], query: FormFields) throws(OAuthError) {
    guard query.all("access_token").isEmpty else {
      throw OAuthError(
        .invalidRequest, "The token belongs into the header Authorization.", challenge: Self.challenge("invalid_request"))
    }
    guard authorization.count <= 1 else {
      throw OAuthError(
        .invalidRequest, "The header Authorization stands there twice.", challenge: Self.challenge("invalid_request"))
    }
    let parts = (authorization.first ?? "").split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw OAuthError(.invalidToken, "An access token is needed.", challenge: #"Bearer realm="usher""#)
    }
    text = String(parts[1].drop { $0 == " " })
  }

  /// One answer to every token that does not count: expired, revoked, forged, for somebody else.
  static let invalid = OAuthError(.invalidToken, "The access token does not count here.", challenge: challenge("invalid_token"))

  static func insufficient(scope: String) -> OAuthError {
    OAuthError(
      .insufficientScope, "The access token lacks the scope \(scope).",
      challenge: challenge("insufficient_scope") + #", scope="\#(scope)""#)
  }

  private static func challenge(_ error: String) -> String { #"Bearer realm="usher", error="\#(error)""# }
}
