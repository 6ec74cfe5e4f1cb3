import Identity
import Mail
import Primitives
import TestKit
import Testing

/// A store, a clock and a postman between them.
struct PostOffice {
  let store: TemporaryStore
  let bell = OutboxBell()
  let clock = FixedClock()
  let log = RecordedLog()

  init() async throws {
    store = try await TemporaryStore(clock: clock, bell: bell)
  }

  func postman(
    _ transport: any MailTransport, as holder: String = "instance", over another: (any Store)? = nil, round: Duration = .hours(1),
    farewell: Duration = .seconds(30)
  ) throws -> Postman {
    Postman(
      store: another ?? store, clock: { [clock] in clock.now() }, randomness: CountedRandomness(seed: 3),
      holder: InstanceName(trusted: holder), sealer: SampleLetters.sealer,
      writer: try #require(SampleLetters.writer()), transport: transport, bell: bell, logger: log.logger, round: round,
      farewell: farewell)
  }

  func enqueue(_ letters: Letter...) async throws {
    try await store.write { tx in for letter in letters { try tx.enqueue(letter) } }
  }

  /// As another process on the same database does it.
  func enqueueElsewhere(_ letter: Letter) async throws {
    try await store.another().write { tx in try tx.enqueue(letter) }
  }

  func waitingCount() async throws -> Int { try await store.read { tx in try tx.waitingLetters().count } }

  func audit() async throws -> [AuditEntry] { try await store.wholeAudit() }
}
