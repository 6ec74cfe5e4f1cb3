internal import GRDB
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

/// While an upgrade goes on, an instance of the version before still puts letters into the table `letters`.
@Suite struct LettersOfOlderInstances {
  private let clock = FixedClock()
  private let holder = InstanceName(trusted: "instance")

  @Test func `are counted, and taken over with all they have gone through once they are due`() async throws {
    let store = try await TemporaryStore(clock: clock)
    let now = clock.now()
    try await put("01due", attempts: 2, nextAttemptAt: now, into: store)
    try await put("02carried", attempts: 0, nextAttemptAt: now + .minutes(10), into: store)
    #expect(try await store.read { tx in try tx.waitingLetters().count } == 2)
    #expect(try await store.read { tx in try tx.hasDueLetters(at: now) })
    let taken = try await take(at: now, from: store)
    let letter = try #require(taken.first)
    #expect(taken.count == 1, "what an older instance carries now is left to it")
    #expect(letter.id.text == "01due" && letter.recipient.text == "ada@contoso.test" && letter.recipientName == "Ada Lovelace")
    #expect("\(letter.language)".contains("ru") && letter.sealedContent == "v1.sealed" && letter.attempts == 2)
    #expect(letter.createdAt == now - .hours(1) && letter.giveUpAt == now + .days(3) && letter.lastError == "450 later")
    let waiting = try await store.read { tx in try tx.waitingLetters() }
    #expect(waiting.count == 2 && waiting.oldest == now - .hours(1))
    try await store.write { tx in try tx.removeLetter(letter.id) }
    #expect(try await take(at: now + .minutes(10), from: store).map(\.id.text) == ["02carried"])
    #expect(try await store.read { tx in try !tx.hasDueLetters(at: now + .minutes(10)) })
  }

  @Test func `are sealed anew with all the others`() async throws {
    let store = try await TemporaryStore(clock: clock)
    try await put("01due", attempts: 0, nextAttemptAt: clock.now(), into: store)
    #expect(try await store.write { tx in try tx.resealLetters { id, sealed in "\(id) \(sealed)" } } == 1)
    #expect(try await take(at: clock.now(), from: store).map(\.sealedContent) == ["01due v1.sealed"])
  }

  private func take(at now: Timestamp, from store: TemporaryStore) async throws -> [Letter] {
    try await store.write { [holder] tx in try tx.takeDueLetters(at: now, heldBy: holder, until: now + .minutes(10), limit: 10) }
  }

  private func put(_ id: String, attempts: Int, nextAttemptAt: Timestamp, into store: TemporaryStore) async throws {
    let now = clock.now()
    let older = try DatabaseQueue(path: store.folder.databasePath)
    try await older.write { database in
      try database.execute(
        sql: """
          INSERT INTO letters (
            id, recipient, recipient_name, language, sealed_content, created_at, attempts, next_attempt_at, give_up_at, last_error
          ) VALUES (?, 'ada@contoso.test', 'Ada Lovelace', 'ru', 'v1.sealed', ?, ?, ?, ?, '450 later')
          """,
        arguments: [
          id, (now - .hours(1)).microseconds, attempts, nextAttemptAt.microseconds, (now + .days(3)).microseconds,
        ])
    }
    try older.close()
  }
}
