package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction: CredentialStore {
  package func passwordHash(of account: AccountID) throws -> StoredPassword? {
    try row("SELECT hash, changed_at FROM passwords WHERE account_id = $1", [.id(account)]) { row in
      StoredPassword(hash: try row.passwordHash(0), changedAt: try row.time(1))
    }
  }

  package func setPassword(_ password: StoredPassword, of account: AccountID) throws {
    try change(
      """
      INSERT INTO passwords (account_id, hash, changed_at) VALUES ($1, $2, $3)
      ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
      """,
      [.id(account), .text(password.hash.text), .time(password.changedAt)])
  }

  package func renewPasswordHash(of account: AccountID, from old: PasswordHash, to new: PasswordHash) throws -> Bool {
    try change(
      "UPDATE passwords SET hash = $3 WHERE account_id = $1 AND hash = $2", [.id(account), .text(old.text), .text(new.text)]) > 0
  }

  package func workAccountsWithoutPassword(after last: AccountID?, limit: Int) throws -> [Account] {
    try rows(
      """
      \(Account.select) WHERE kind = 'work' AND id > $1 AND NOT EXISTS (SELECT 1 FROM passwords WHERE account_id = accounts.id)
      ORDER BY id LIMIT $2
      """, [.text(last?.text ?? ""), .count(limit)]
    ) { try Account($0) }
  }

  package func peppers() throws -> [StoredPepper] {
    try rows("SELECT id, sealed, created_at FROM peppers ORDER BY created_at, id") { row in
      StoredPepper(id: try row.text(0), sealed: try row.text(1), createdAt: try row.time(2))
    }
  }

  package func insert(_ pepper: StoredPepper) throws {
    try change(
      "INSERT INTO peppers (id, sealed, created_at) VALUES ($1, $2, $3)",
      [.text(pepper.id), .text(pepper.sealed), .time(pepper.createdAt)])
  }

  package func knowsDevice(_ digest: SecretDigest, of account: AccountID) throws -> Bool {
    try row("SELECT seen_at FROM devices WHERE account_id = $1 AND digest = $2", [.id(account), .digest(digest)]) { _ in true }
      ?? false
  }

  package func rememberDevice(_ digest: SecretDigest, of account: AccountID, at now: Timestamp, besides others: Int) throws {
    try change(
      """
      INSERT INTO devices (account_id, digest, seen_at) VALUES ($1, $2, $3)
      ON CONFLICT (account_id, digest) DO UPDATE SET seen_at = excluded.seen_at
      """,
      [.id(account), .digest(digest), .time(now)])
    try change(
      """
      DELETE FROM devices WHERE account_id = $1 AND digest <> $2 AND digest NOT IN (
        SELECT digest FROM devices WHERE account_id = $1 AND digest <> $2 ORDER BY seen_at DESC, digest LIMIT $3
      )
      """,
      [.id(account), .digest(digest), .count(max(others, 0))])
  }

  package func deleteDevices(seenBefore limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(from: "devices", by: "account_id, digest", "seen_at < $1", limit, atMost: count)
  }
}

extension SQLRow {
  func passwordHash(_ column: Int) throws -> PasswordHash { try value(column) { PasswordHash($0) } }
}
