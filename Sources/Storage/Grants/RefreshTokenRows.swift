package import Identity
package import Primitives

extension SQLTransaction {
  package func insert(_ token: RefreshToken) throws {
    try change(
      """
      INSERT INTO refresh_tokens (digest, grant_id, application_id, issued_at, expires_at, rotated_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .digest(token.digest), .id(token.grant), .id(token.application), .time(token.issuedAt), .time(token.expiresAt),
        .time(token.rotatedAt),
      ])
  }

  package func refreshToken(_ digest: SecretDigest) throws -> RefreshToken? {
    try row("SELECT \(RefreshToken.columns) FROM refresh_tokens WHERE digest = $1", [.digest(digest)], RefreshToken.init)
  }

  package func rotate(_ token: SecretDigest, at now: Timestamp) throws -> RotatedRefreshToken {
    let taken = try changeReturning(
      "UPDATE refresh_tokens SET rotated_at = $2 WHERE digest = $1 AND rotated_at IS NULL RETURNING \(RefreshToken.columns)",
      [.digest(token), .time(now)], RefreshToken.init)
    if let taken = taken.first { return .taken(taken) }
    return try refreshToken(token).map { .replayed($0) } ?? .unknown
  }
}

extension RefreshToken {
  static let columns = "digest, grant_id, application_id, issued_at, expires_at, rotated_at"

  init(_ row: any SQLRow) throws {
    self.init(
      digest: try row.digest(0), grant: try row.id(1), application: try row.id(2), issuedAt: try row.time(3),
      expiresAt: try row.time(4), rotatedAt: try row.optionalTime(5))
  }
}
