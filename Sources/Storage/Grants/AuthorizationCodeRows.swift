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
      "UPDATE authorization_codes SET spent_at = $2 WHERE digest = $1 AND spent_at IS NULL RETURNING \(AuthorizationCode.columns)",
      [.digest(code), .time(now)], AuthorizationCode.init)
    if let taken = taken.first { return .taken(taken) }
    let spent = try row(
      "SELECT \(AuthorizationCode.columns) FROM authorization_codes WHERE digest = $1", [.digest(code)], AuthorizationCode.init)
    return spent.map { .spent($0) } ?? .unknown
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
