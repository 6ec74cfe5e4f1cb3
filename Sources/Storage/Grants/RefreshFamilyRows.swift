package import Identity
package import Primitives

extension SQLTransaction {
  package func insert(_ family: RefreshFamily) throws {
    try change(
      "INSERT INTO refresh_families (digest, grant_id, turn, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
      [
        .digest(family.digest), .id(family.grant), .digest(family.turn), .time(family.issuedAt), .time(family.expiresAt),
      ])
  }

  package func refreshFamily(_ digest: SecretDigest) throws -> RefreshFamily? {
    try row(
      "SELECT digest, grant_id, turn, issued_at, expires_at FROM refresh_families WHERE digest = $1", [.digest(digest)],
      RefreshFamily.init)
  }

  package func renew(_ family: RefreshFamily, from turn: SecretDigest) throws -> Bool {
    try change(
      "UPDATE refresh_families SET turn = $3, issued_at = $4, expires_at = $5 WHERE digest = $1 AND turn = $2",
      [.digest(family.digest), .digest(turn), .digest(family.turn), .time(family.issuedAt), .time(family.expiresAt)]) > 0
  }
}

extension RefreshFamily {
  init(_ row: any SQLRow) throws {
    self.init(
      digest: try row.digest(0), grant: try row.id(1), turn: try row.digest(2), issuedAt: try row.time(3),
      expiresAt: try row.time(4))
  }
}
