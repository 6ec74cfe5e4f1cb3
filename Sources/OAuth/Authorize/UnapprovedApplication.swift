internal import Identity

/// An application that asks somebody to sign in and that no operator trusts, with the answer that it gets if the person takes it there.
///
/// The answer is for a link on a page of ours and never for a redirect: see `TrustRule`.
package struct UnapprovedApplication: Sendable, Hashable {
  package let name: String
  /// Where the link leads, to be read before it is followed: a host, with its port where the address has one.
  package let host: String
  /// The application's proved address with `access_denied`, its `state` and our name.
  package let wayBack: String

  init(_ request: TrustedRequest, _ refusal: OAuthError, issuer: String) {
    name = request.application.name
    let address = request.redirectURI
    let afterScheme = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    host = String(afterScheme.prefix { !"/?#".contains($0) })
    wayBack = AuthorizationResponse.failure(refusal, to: request, issuer: issuer)
  }
}
