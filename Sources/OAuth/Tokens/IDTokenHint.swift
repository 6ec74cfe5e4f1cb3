internal import AccessControl
internal import Identity
internal import Primitives

/// An ID token of ours that an application shows us again, to say whom or which session it means.
///
/// Its end is not looked at: it is a hint about the past (OpenID Connect RP-Initiated Logout §2). Its kind is: an access token or any other
/// signed value is no hint (THREATS JWT3).
struct IDTokenHint: Sendable {
  static let tokenType = "JWT"

  let application: ApplicationID
  let account: AccountID
  let session: SessionID?

  static func read(_ token: String, issuer: String, _ keys: KeyRing) -> IDTokenHint? {
    guard let claims = try? JWS.verify(token, type: tokenType, key: { keys.retainedKey($0) }),
      claims["iss"]?.stringValue?.isExactly(issuer) == true,
      let application = claims["aud"]?.stringValue.flatMap({ ApplicationID($0) }),
      let account = claims["sub"]?.stringValue.flatMap({ AccountID($0) })
    else { return nil }
    return IDTokenHint(application: application, account: account, session: claims["sid"]?.stringValue.flatMap { SessionID($0) })
  }
}
