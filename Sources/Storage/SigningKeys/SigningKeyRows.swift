package import Identity
package import Primitives

extension SQLTransaction: SigningKeyStore {
  package func signingKeys() throws -> [StoredSigningKey] {
    try rows(
      """
      SELECT id, algorithm, sealed, public_jwk, created_at, signs_from, retired_at, published_until
      FROM signing_keys ORDER BY created_at DESC, id DESC
      """, [], StoredSigningKey.init)
  }

  package func insert(_ key: StoredSigningKey) throws {
    try change(
      """
      INSERT INTO signing_keys (id, algorithm, sealed, public_jwk, created_at, signs_from, retired_at, published_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .text(key.id), .state(key.algorithm), .text(key.sealed), .text(key.publicJWK), .time(key.createdAt), .time(key.signsFrom),
        .time(key.retiredAt), .time(key.publishedUntil),
      ])
    changed.signingKeys = true
  }

  package func retireSigningKey(_ id: String, at now: Timestamp, publishedUntil: Timestamp) throws {
    try change(
      "UPDATE signing_keys SET retired_at = $2, published_until = $3 WHERE id = $1 AND retired_at IS NULL",
      [.text(id), .time(now), .time(publishedUntil)])
    changed.signingKeys = true
  }

  package func deleteSigningKeys(publishedBefore limit: Timestamp, atMost count: Int) throws -> Int {
    let deleted = try delete(
      from: "signing_keys", by: "id", "published_until IS NOT NULL AND published_until < $1", limit, atMost: count)
    if deleted > 0 { changed.signingKeys = true }
    return deleted
  }

  package func rootKeyProof() throws -> String? { try setting("root-key-proof") }

  package func setRootKeyProof(_ proof: String) throws { try set("root-key-proof", to: proof) }
}

extension StoredSigningKey {
  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.text(0), algorithm: try row.state(1), sealed: try row.text(2), publicJWK: try row.text(3),
      createdAt: try row.time(4),
      signsFrom: try row.time(5), retiredAt: try row.optionalTime(6), publishedUntil: try row.optionalTime(7))
  }
}
