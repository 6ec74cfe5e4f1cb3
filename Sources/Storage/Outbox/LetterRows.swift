package import Identity
internal import Localization
package import Primitives

/// Letters are jobs. The table `letters` is the one in which versions before 7 of the schema keep them: whatever such an instance puts there
/// while both versions run is taken over when it is due.
extension SQLTransaction: OutboxStore {
  package func enqueue(_ letter: Letter) throws {
    try insert(Job(letter))
    hasNewLetters = true
  }

  package func hasDueLetters(at now: Timestamp) throws -> Bool {
    try hasDueJobs(.letter, at: now) || hasDueLettersOfOlderInstances(at: now)
  }

  package func takeDueLetters(at now: Timestamp, heldBy holder: InstanceName, until: Timestamp, limit: Int) throws -> [Letter] {
    try takeOverLettersOfOlderInstances(at: now)
    return try takeDueJobs(.letter, at: now, heldBy: holder, until: until, limit: limit).compactMap { job in
      if let letter = Letter(job) { return letter }
      // One that we cannot read must not hold up the others. A newer version may, as long as there is time.
      guard let giveUpAt = job.giveUpAt,
        let next = RetrySchedule.nextAttempt(afterFailures: job.attempts, at: now, giveUpAt: giveUpAt)
      else { return Letter(unreadable: job) }
      _ = try postponeJob(job.id, heldBy: holder, until: next, error: "unreadable")
      return nil
    }
  }

  package func removeLetter(_ id: LetterID) throws { try removeJob(JobID(id)) }

  package func giveUpLetter(_ id: LetterID, heldBy holder: InstanceName) throws -> Bool {
    try change("DELETE FROM jobs WHERE id = $1 AND lease_holder = $2", [.id(id), .text(holder.text)]) > 0
  }

  package func postponeLetter(
    _ id: LetterID, heldBy holder: InstanceName, until: Timestamp, error: String
  ) throws -> Bool {
    try postponeJob(JobID(id), heldBy: holder, until: until, error: error)
  }

  package func waitingLetters() throws -> (count: Int, oldest: Timestamp?) {
    try row(
      """
      SELECT COUNT(*), MIN(created_at)
      FROM (SELECT created_at FROM jobs WHERE kind = $1 UNION ALL SELECT created_at FROM letters) AS waiting
      """, [.state(Job.Kind.letter)]
    ) { (try $0.count(0), try $0.optionalTime(1)) } ?? (0, nil)
  }

  // MARK: instances of the version before

  private func hasDueLettersOfOlderInstances(at now: Timestamp) throws -> Bool {
    try row("SELECT id FROM letters WHERE next_attempt_at <= $1 LIMIT 1", [.time(now)]) { try $0.text(0) } != nil
  }

  /// One that an older instance is carrying is not due until that instance would try again itself.
  private func takeOverLettersOfOlderInstances(at now: Timestamp) throws {
    guard try hasDueLettersOfOlderInstances(at: now) else { return }
    let letters = try changeReturning(
      """
      DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE next_attempt_at <= $1 ORDER BY next_attempt_at, id LIMIT 100)
      RETURNING id, recipient, recipient_name, language, sealed_content, created_at, attempts, next_attempt_at, give_up_at, last_error
      """, [.time(now)], Letter.init)
    for letter in letters { try insert(Job(letter)) }
  }
}

extension JobID {
  fileprivate init(_ letter: LetterID) { self.init(trusted: letter.text) }
}

/// A letter's job carries whom it goes to, and its sealed content, as JSON.
extension Job {
  fileprivate init(_ letter: Letter) {
    let carries: JSONObject = [
      "recipient": .string(letter.recipient.text), "recipient_name": .string(letter.recipientName),
      "language": .string(letter.language.tag), "sealed": .string(letter.sealedContent),
    ]
    self.init(
      id: JobID(letter.id), kind: .letter, carries: carries.text, createdAt: letter.createdAt, dueAt: letter.nextAttemptAt,
      attempts: letter.attempts, giveUpAt: letter.giveUpAt, lastError: letter.lastError)
  }
}

extension Letter {
  fileprivate init?(_ job: Job) {
    guard let carried = (try? JSON.parse(job.carries.utf8))?.objectValue, let giveUpAt = job.giveUpAt,
      let recipient = carried["recipient"]?.stringValue, let name = carried["recipient_name"]?.stringValue,
      let language = carried["language"]?.stringValue.flatMap({ Language($0) }), let sealed = carried["sealed"]?.stringValue
    else { return nil }
    self.init(
      id: LetterID(trusted: job.id.text), recipient: EmailAddress(stored: recipient), recipientName: name, language: language,
      sealedContent: sealed, createdAt: job.createdAt, attempts: job.attempts, nextAttemptAt: job.dueAt, giveUpAt: giveUpAt,
      lastError: job.lastError)
  }

  /// A letter to nobody with a content that does not open: what is left to do is to give it up, and that is the postman's to say.
  fileprivate init(unreadable job: Job) {
    self.init(
      id: LetterID(trusted: job.id.text), recipient: EmailAddress(stored: ""), recipientName: "", language: .fallback,
      sealedContent: "", createdAt: job.createdAt, attempts: job.attempts, nextAttemptAt: job.dueAt,
      giveUpAt: job.giveUpAt ?? job.dueAt, lastError: job.lastError)
  }

  /// As the table `letters` has it.
  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), recipient: EmailAddress(stored: try row.text(1)), recipientName: try row.text(2),
      language: try row.language(3),
      sealedContent: try row.text(4), createdAt: try row.time(5), attempts: try row.count(6), nextAttemptAt: try row.time(7),
      giveUpAt: try row.time(8), lastError: try row.optionalText(9))
  }
}
