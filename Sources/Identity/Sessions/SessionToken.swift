internal import Primitives

/// The signed session token in the cookie: a JWS whose `typ` and audience keep it from ever being taken for another kind of token
/// (RFC 8725 §3.11, §3.12; THREATS JWT7). Its `jti` is the session's secret, of which only the digest is stored.
package enum SessionToken {
  static let type = "usher-session+jwt"

  /// Signing is asked of the newest ES256 key; there is always one in a prepared portal.
  package struct NoSigningKey: Error {}

  static func sign(
    _ session: Session, _ secret: SecretToken, issuer: String, keys: KeyRing, at now: Timestamp
  ) throws -> String {
    guard let key = keys.signingKey(.es256, at: now) else { throw NoSigningKey() }
    var claims = JSONWriter(capacity: 384)
    claims.beginObject()
    claims.member("iss", issuer)
    claims.member("aud", issuer)
    claims.member("sub", session.account.text)
    claims.member("kind", session.kind.rawValue)
    claims.member("iat", now.seconds)
    claims.member("auth_time", session.authenticatedAt.seconds)
    claims.member("exp", session.expiresAt.seconds)
    claims.member("jti", secret.reveal())
    claims.endObject()
    return try JWS.sign(payload: claims.bytes, type: type, with: key)
  }

  /// The secret inside a token that we signed for ourselves and that has not passed its end.
  ///
  /// A key that signs no more and is published no more still counts here, so that rotating keys signs nobody out.
  static func secret(in token: String, issuer: String, keys: KeyRing, at now: Timestamp) -> SecretToken? {
    guard
      let claims = try? JWS.verify(token, type: type, key: { keys.retainedKey($0) }),
      claims["iss"]?.stringValue == issuer, claims["aud"]?.stringValue == issuer,
      let end = claims["exp"]?.intValue, now.seconds <= end,
      let secret = claims["jti"]?.stringValue
    else { return nil }
    return SecretToken(presented: secret)
  }
}
