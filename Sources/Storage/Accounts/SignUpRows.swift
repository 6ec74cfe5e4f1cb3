package import Identity
internal import Localization
package import Primitives

extension SQLTransaction {
  package func insert(_ signUp: PendingSignUp) throws {
    try change(
      """
      INSERT INTO pending_sign_ups (
        link, email, email_key, first_name, last_name, language, country, password, created_at, expires_at, used_at,
        way_back, browser
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """,
      [
        .digest(signUp.link), .text(signUp.email.text), .text(signUp.email.key), .text(signUp.name.first),
        .text(signUp.name.last),
        .text(signUp.language.tag), .text(signUp.country?.text), .text(signUp.password.text), .time(signUp.createdAt),
        .time(signUp.expiresAt), .time(signUp.usedAt), .text(signUp.wayBack?.path), .text(signUp.wayBack?.browser.text),
      ])
  }

  package func pendingSignUp(_ link: SecretDigest) throws -> PendingSignUp? {
    try row(
      """
      SELECT link, email, first_name, last_name, language, country, password, created_at, expires_at, used_at, way_back,
        browser
      FROM pending_sign_ups WHERE link = $1
      """, [.digest(link)], PendingSignUp.init)
  }

  package func usePendingSignUp(_ link: SecretDigest, at now: Timestamp) throws -> Bool {
    try change(
      "UPDATE pending_sign_ups SET used_at = $2 WHERE link = $1 AND used_at IS NULL AND expires_at >= $2",
      [.digest(link), .time(now)]) > 0
  }

  /// The rows go away whole: they hold the password hashes of strangers who never proved the mailbox.
  package func discardPendingSignUps(email: EmailAddress) throws {
    try change("DELETE FROM pending_sign_ups WHERE email_key = $1 AND used_at IS NULL", [.text(email.key)])
  }

  package func deletePendingSignUps(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(from: "pending_sign_ups", by: "link", "expires_at < $1", limit, atMost: count)
  }
}

extension PendingSignUp {
  init(_ row: any SQLRow) throws {
    self.init(
      link: try row.digest(0), email: EmailAddress(stored: try row.text(1)),
      name: PersonName(storedFirst: try row.text(2), last: try row.text(3)), language: try row.language(4),
      country: try row.country(5),
      password: try row.passwordHash(6), createdAt: try row.time(7), expiresAt: try row.time(8), usedAt: try row.optionalTime(9),
      wayBack: try row.optionalText(10).map { WayBack(path: $0, browser: try row.digest(11)) })
  }
}
