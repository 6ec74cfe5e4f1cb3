package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction {
  package func insert(_ code: AuthorizationCode) throws {
    try change(
      """
      INSERT INTO authorization_codes (
        digest, grant_id, application_id, redirect_uri, redirect_uri_was_sent, challenge, nonce, expires_at, spent_at
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .digest(code.digest), .id(code.grant), .id(code.application), .text(code.redirectURI), .boolean(code.redirectURIWasSent),
        .text(code.challenge), .text(code.nonce), .time(code.expiresAt), .time(code.spentAt),
      ])
  }

  package func redeem(_ code: SecretDigest, at now: Timestamp) throws -> RedeemedCode {
    let taken = try changeReturning(
      """
      UPDATE authorization_codes SET spent_at = $2 WHERE digest = $1 AND \(Self.isUnset("spent_at"))
      RETURNING \(AuthorizationCode.columns)
      """,
      [.digest(code), .time(now)], AuthorizationCode.init)
    if let taken = taken.first { return .taken(taken) }
    let spent = try row(
      "SELECT \(AuthorizationCode.columns) FROM authorization_codes WHERE digest = $1", [.digest(code)], AuthorizationCode.init)
    return spent.map { .spent($0) } ?? .unknown
  }

  package func spendEveryCode(at now: Timestamp) throws {
    try change("UPDATE authorization_codes SET spent_at = $1 WHERE spent_at IS NULL", [.time(now)])
  }

  package func deleteUnredeemedGrants(session: SessionID, application: ApplicationID, exceptNewest count: Int) throws {
    try change(
      """
      DELETE FROM grants WHERE id IN (
        SELECT grants.id FROM grants JOIN authorization_codes ON authorization_codes.grant_id = grants.id
        WHERE grants.session_id = $1 AND grants.application_id = $2 AND \(Self.isUnset("authorization_codes.spent_at"))
        ORDER BY grants.created_at DESC, grants.id DESC LIMIT $4 OFFSET $3
      )
      """,
      [.id(session), .id(application), .count(max(count, 0)), .count(.max)])
  }

  package func deleteUnredeemedGrants(codeExpiredBefore limit: Timestamp, atMost count: Int) throws -> Int {
    try change(
      """
      DELETE FROM grants WHERE id IN (
        SELECT grant_id FROM authorization_codes WHERE spent_at IS NULL AND expires_at < $1 LIMIT $2
      )
      """,
      [.time(limit), .count(max(count, 0))])
  }
}

extension AuthorizationCode {
  static let columns = """
    digest, grant_id, application_id, redirect_uri, redirect_uri_was_sent, challenge, nonce, expires_at, spent_at
    """

  init(_ row: any SQLRow) throws {
    self.init(
      digest: try row.digest(0), grant: try row.id(1), application: try row.id(2), redirectURI: try row.text(3),
      redirectURIWasSent: try row.boolean(4), challenge: try row.text(5), nonce: try row.optionalText(6),
      expiresAt: try row.time(7),
      spentAt: try row.optionalTime(8))
  }
}
