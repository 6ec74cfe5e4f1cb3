internal import AccessControl
internal import Identity
internal import Primitives

/// Reads an access token of ours: its kind, its signature by one of our keys, its issuer, and that every claim is what we would have written
/// (RFC 9068 §4). Time and state are not looked at here, because they change between two looks at one token.
enum AccessTokenReader {
  /// - Parameter key: the published key of an id; nothing of the token says where to find another (THREATS JWT1).
  static func read(_ token: String, issuer: String, key: (String) -> VerificationKey?) -> ReadAccessToken? {
    var keyID = ""
    let found = try? JWS.verify(token, type: AccessTokenWriter.tokenType) { id in
      keyID = id
      return key(id)
    }
    guard let claims = found, claims["iss"]?.stringValue?.isExactly(issuer) == true,
      let application = claims["client_id"]?.stringValue.flatMap({ ApplicationID($0) }),
      let audience = claims["aud"]?.stringValue, let tokenID = claims["jti"]?.stringValue,
      let expiresAt = claims["exp"]?.intValue, let issuedAt = claims["iat"]?.intValue,
      let subject = subject(claims, application, tokenID), let scopes = scopes(claims), let roles = roles(claims)
    else { return nil }
    guard claims["nbf"] == nil || claims["nbf"]?.intValue != nil else { return nil }
    return ReadAccessToken(
      claims: AccessTokenClaims(
        application: application, subject: subject, audience: audience, scopes: scopes, roles: roles.ids, tokenID: tokenID,
        issuedAt: Timestamp(seconds: issuedAt), expiresAt: Timestamp(seconds: expiresAt)),
      notBefore: claims["nbf"]?.intValue.map { Timestamp(seconds: $0) }, keyID: keyID)
  }

  private static func subject(
    _ claims: JSONObject, _ application: ApplicationID, _ tokenID: String
  ) -> AccessTokenClaims.Subject? {
    guard let name = claims["sub"]?.stringValue else { return nil }
    var organization: OrganizationID?
    if let claim = claims["organization"] {
      guard let id = claim.stringValue.flatMap({ OrganizationID($0) }) else { return nil }
      organization = id
    }
    guard let dot = tokenID.firstIndex(of: ".") else {
      return name.isExactly(application.text) ? .application(organization: organization) : nil
    }
    guard let grant = GrantID(String(tokenID[..<dot])), let account = AccountID(name),
      let session = claims["sid"]?.stringValue.flatMap({ SessionID($0) }), let authenticatedAt = claims["auth_time"]?.intValue
    else { return nil }
    return .person(
      account, organization: organization, grant: grant, session: session, authenticatedAt: Timestamp(seconds: authenticatedAt))
  }

  private static func scopes(_ claims: JSONObject) -> [String]? {
    guard let claim = claims["scope"] else { return [] }
    return claim.stringValue.map { $0.split(separator: " ").map(String.init) }
  }

  private static func roles(_ claims: JSONObject) -> (ids: [RoleID]?, Void)? {
    guard let claim = claims["roles"] else { return (nil, ()) }
    guard let names = claim.arrayValue?.map({ $0.stringValue.flatMap { RoleID($0) } }), !names.contains(nil) else { return nil }
    return (names.compactMap(\.self), ())
  }
}

/// An access token whose signature was proved, and by which key. An object, because it is remembered and handed on with every request.
final class ReadAccessToken: Sendable {
  let claims: AccessTokenClaims
  let notBefore: Timestamp?
  let keyID: String

  init(claims: AccessTokenClaims, notBefore: Timestamp?, keyID: String) {
    self.claims = claims
    self.notBefore = notBefore
    self.keyID = keyID
  }
}
