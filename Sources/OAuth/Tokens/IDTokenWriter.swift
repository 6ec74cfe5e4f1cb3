internal import AccessControl
internal import Identity
internal import Primitives

/// Signs ID tokens (OpenID Connect Core §2): that somebody signed in, when and how. Who the person is, userinfo tells.
enum IDTokenWriter {
  static func write(
    _ grant: Grant, nonce: String?, accessToken: String, issuer: String, with key: SigningKey, at now: Timestamp,
    lifetime: Duration
  ) throws -> String {
    var json = JSONWriter(capacity: 512)
    json.beginObject()
    json.member("iss", issuer)
    json.member("sub", grant.account.text)
    json.member("aud", grant.application.text)
    json.member("exp", (now + lifetime).seconds)
    json.member("iat", now.seconds)
    json.member("auth_time", grant.authenticatedAt.seconds)
    if let nonce { json.member("nonce", nonce) }
    json.member("acr", AuthenticationContext.password)
    json.name("amr")
    json.beginArray()
    for method in AuthenticationContext.methods { json.string(method) }
    json.endArray()
    json.member("sid", grant.session.text)
    // The left half of the access token's hash, whose function is that of both our algorithms (OpenID Connect Core §3.1.3.6).
    json.member("at_hash", Base64URL.encode(Array(SHA256Digest.of(accessToken).prefix(16))))
    json.endObject()
    return try JWS.sign(payload: json.bytes, type: IDTokenHint.tokenType, with: key)
  }
}
