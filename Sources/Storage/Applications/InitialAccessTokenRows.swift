package import Identity
package import Primitives

extension SQLTransaction {
  package func insert(_ token: InitialAccessToken) throws {
    try change(
      "INSERT INTO initial_access_tokens (digest, created_by, created_at, expires_at, uses_left) VALUES ($1, $2, $3, $4, $5)",
      [.digest(token.digest), .text(token.createdBy), .time(token.createdAt), .time(token.expiresAt), .count(token.usesLeft)])
  }

  package func useInitialAccessToken(_ digest: SecretDigest, at now: Timestamp) throws -> InitialAccessToken? {
    try changeReturning(
      """
      UPDATE initial_access_tokens SET uses_left = uses_left - 1 WHERE digest = $1 AND uses_left > 0 AND expires_at >= $2
      RETURNING digest, created_by, created_at, expires_at, uses_left
      """,
      [.digest(digest), .time(now)], InitialAccessToken.init
    ).first
  }

  package func deleteInitialAccessTokens(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(from: "initial_access_tokens", by: "digest", "expires_at < $1", limit, atMost: count)
  }
}

extension InitialAccessToken {
  init(_ row: any SQLRow) throws {
    self.init(
      digest: try row.digest(0), createdBy: try row.text(1), createdAt: try row.time(2), expiresAt: try row.time(3),
      usesLeft: try row.count(4))
  }
}
