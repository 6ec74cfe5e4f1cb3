package import Identity
internal import Localization
package import Primitives

extension SQLTransaction: OutboxStore {
  package func enqueue(_ letter: Letter) throws {
    try change(
      """
      INSERT INTO letters (
        id, recipient, recipient_name, language, sealed_content, created_at, attempts, next_attempt_at, give_up_at, last_error
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [
        .id(letter.id), .text(letter.recipient.text), .text(letter.recipientName), .text(letter.language.tag),
        .text(letter.sealedContent), .time(letter.createdAt), .count(letter.attempts), .time(letter.nextAttemptAt),
        .time(letter.giveUpAt), .text(letter.lastError),
      ])
    hasNewLetters = true
  }

  package func takeDueLetters(at now: Timestamp, retryAt: Timestamp, limit: Int) throws -> [Letter] {
    try changeReturning(
      """
      UPDATE letters SET next_attempt_at = $2
      WHERE id IN (SELECT id FROM letters WHERE next_attempt_at <= $1 ORDER BY id LIMIT $3)
      RETURNING \(Letter.columns)
      """,
      [.time(now), .time(retryAt), .count(max(limit, 0))], Letter.init
    ).sorted { $0.id < $1.id }
  }

  package func removeLetter(_ id: LetterID) throws {
    try change("DELETE FROM letters WHERE id = $1", [.id(id)])
  }

  package func postponeLetter(_ id: LetterID, until: Timestamp, error: String) throws {
    try change(
      "UPDATE letters SET attempts = attempts + 1, next_attempt_at = $2, last_error = $3 WHERE id = $1",
      [.id(id), .time(until), .text(error)])
  }

  package func waitingLetters() throws -> (count: Int, oldest: Timestamp?) {
    try row("SELECT COUNT(*), MIN(created_at) FROM letters") { (try $0.count(0), try $0.optionalTime(1)) } ?? (0, nil)
  }
}

extension Letter {
  static let columns = """
    id, recipient, recipient_name, language, sealed_content, created_at, attempts, next_attempt_at, give_up_at, last_error
    """

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), recipient: EmailAddress(stored: try row.text(1)), recipientName: try row.text(2),
      language: try row.language(3),
      sealedContent: try row.text(4), createdAt: try row.time(5), attempts: try row.count(6), nextAttemptAt: try row.time(7),
      giveUpAt: try row.time(8), lastError: try row.optionalText(9))
  }
}
