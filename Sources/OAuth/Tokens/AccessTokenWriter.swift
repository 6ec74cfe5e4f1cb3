internal import AccessControl
internal import Identity
internal import Primitives

/// Signs access tokens (RFC 9068). The claims are written by hand: this runs for every token we give.
enum AccessTokenWriter {
  static let tokenType = "at+jwt"

  /// A fresh `jti`.
  static func tokenID(of grant: GrantID?, from randomness: any RandomSource) -> String {
    let random = Base64URL.encode(randomness.bytes(16))
    return grant.map { "\($0.text).\(random)" } ?? random
  }

  static func write(_ claims: AccessTokenClaims, issuer: String, with key: SigningKey) throws -> String {
    var json = JSONWriter(capacity: 768)
    json.beginObject()
    json.member("iss", issuer)
    json.member("sub", claims.subjectName)
    json.member("aud", claims.audience)
    json.member("client_id", claims.application.text)
    json.member("exp", claims.expiresAt.seconds)
    json.member("iat", claims.issuedAt.seconds)
    json.member("jti", claims.tokenID)
    if !claims.scopes.isEmpty { json.member("scope", ScopeList.write(claims.scopes)) }
    if let organization = claims.organization { json.member("organization", organization.text) }
    if let roles = claims.roles {
      json.name("roles")
      json.beginArray()
      for role in roles { json.string(role.text) }
      json.endArray()
    }
    if case .person(_, _, _, let session, let authenticatedAt) = claims.subject {
      json.member("auth_time", authenticatedAt.seconds)
      json.member("acr", AuthenticationContext.password)
      json.name("amr")
      json.beginArray()
      for method in AuthenticationContext.methods { json.string(method) }
      json.endArray()
      json.member("sid", session.text)
    }
    json.endObject()
    return try JWS.sign(payload: json.bytes, type: tokenType, with: key)
  }
}
