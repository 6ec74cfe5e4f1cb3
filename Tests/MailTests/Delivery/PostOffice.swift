import Identity
import Logging
import Mail
import Primitives
import Synchronization
import TestKit
import Testing

/// A store, a clock and a postman between them.
struct PostOffice {
  let store: TemporaryStore
  let clock = FixedClock()
  let log = RecordedLog()

  init() async throws {
    store = try await TemporaryStore(clock: clock)
  }

  func postman(_ transport: any MailTransport, round: Duration = .hours(1), farewell: Duration = .seconds(30)) throws -> Postman {
    let log = log
    return Postman(
      store: store, clock: { [clock] in clock.now() }, randomness: CountedRandomness(seed: 3), sealer: SampleLetters.sealer,
      writer: try #require(SampleLetters.writer()), transport: transport, logger: Logger(label: "mail") { _ in log },
      round: round,
      farewell: farewell)
  }

  func enqueue(_ letters: Letter...) async throws {
    try await store.write { tx in for letter in letters { try tx.enqueue(letter) } }
  }

  func waitingCount() async throws -> Int { try await store.read { tx in try tx.waitingLetters().count } }

  func audit() async throws -> [AuditEntry] {
    try await store.read { tx in try tx.auditEntries(organization: nil, PageRequest(limit: 100)).items }
  }
}

/// Keeps every log line with all of its metadata.
final class RecordedLog: LogHandler, Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }

  var logLevel: Logger.Level {
    get { .trace }
    set {}
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(
    level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String, file: String, function: String,
    line: UInt
  ) {
    kept.withLock { $0.append("\(level) \(message) \(metadata ?? [:])") }
  }
}
