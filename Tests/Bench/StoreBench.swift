internal import AccessControl
internal import CBench
internal import Foundation
internal import Identity
internal import Localization
internal import Primitives
internal import Storage
internal import StoragePostgres

/// Reads and durable writes a second, through Usher's store and by a plain C loop over SQLite. PostgreSQL's own loop is pgbench; `deploy/bench`
/// runs them in turns.
///
/// A read finds a session by its secret; a write commits a session and its audit entry.
enum StoreBench {
  private static let usage = """
    usage: bench store fill DATABASE SESSIONS
           bench store hold DATABASE HOLDERS
           bench store age FILE EMAIL SECONDS
           bench store reads | writes | assignments | limited | yardstick DATABASE ACCOUNT SESSIONS CALLERS SECONDS
           bench store bare-reads | bare-writes FILE ACCOUNT SESSIONS THREADS SECONDS
    """

  static func run(_ arguments: [String]) async throws {
    guard arguments.count >= 3 else { throw Unusable(what: usage) }
    if arguments[0] == "fill", let sessions = Int(arguments[2]) {
      return print(try await fill(open(arguments[1]), sessions: sessions).text)
    }
    if arguments[0] == "hold", let holders = Int(arguments[2]) {
      return try await AssignmentBench.fill(open(arguments[1]), holders: holders)
    }
    if arguments[0] == "age", arguments.count == 4, let seconds = Double(arguments[3]) {
      return try await age(open(arguments[1]), EmailAddress(stored: arguments[2]), seconds)
    }
    guard arguments.count == 6, let account = AccountID(arguments[2]), let sessions = Int(arguments[3]),
      let callers = Int(arguments[4]),
      let seconds = Double(arguments[5])
    else { throw Unusable(what: usage) }
    let done =
      switch arguments[0] {
      case "reads": try await reads(open(arguments[1]), of: sessions, callers, seconds)
      case "writes": try await writes(open(arguments[1]), account, callers, seconds)
      case "assignments", "limited", "yardstick":
        try await AssignmentBench.run(
          AssignmentBench.Kind(rawValue: arguments[0]) ?? .yardstick, open(arguments[1]), account, callers, seconds)
      case "bare-reads":
        try await bare(callers) { _ in usher_bench_sqlite_reads(arguments[1], Int32(sessions), seconds) }
      case "bare-writes":
        try await bare(callers) { thread in
          usher_bench_sqlite_writes(arguments[1], account.text, "\(UUID().uuidString)-\(thread)", seconds)
        }
      default: throw Unusable(what: usage)
      }
    print(rounded(Double(done) / seconds, 1))
  }

  private static func open(_ text: String) throws -> any PersistentStore {

    let options = StorageOptions(now: SystemClock.now)
    guard let address = PostgresAddress(text) else { return try Storage.open(path: text, options: options) }
    return StoragePostgres.open(address, options: PostgresOptions(store: options))
  }

  /// Makes the schema, one account, and sessions whose secrets are `s1` and so on.
  private static func fill(_ store: any PersistentStore, sessions: Int) async throws -> AccountID {
    try await store.migrate()
    let random = SystemRandomness()
    let now = SystemClock.now()
    let account = Account(
      id: .make(at: now, from: random), kind: .personal, email: EmailAddress(stored: "bench@contoso.example"),
      name: PersonName(storedFirst: "Ada", last: "Lovelace"), language: .english, country: nil, createdAt: now)
    try await store.write { tx in
      try tx.insert(account)
      for number in 1...sessions { try tx.insert(session(of: account.id, SecretDigest(stored: "s\(number)"), now, random)) }
    }
    return account.id
  }

  /// Signs somebody in without end, so that a new installation has as much behind it as one that was in use.
  private static func age(_ store: any PersistentStore, _ email: EmailAddress, _ seconds: Double) async throws {
    guard let account = try await store.read({ try $0.account(.work, email: email) }) else {
      throw Unusable(what: "nobody has \(email)")
    }
    _ = try await writes(store, account.id, 64, seconds)
  }

  static func session(
    of account: AccountID, _ secret: SecretDigest, _ now: Timestamp, _ random: SystemRandomness
  ) -> Session {
    Session(
      id: .make(at: now, from: random), secret: secret, account: account, kind: .personal, authenticatedAt: now, createdAt: now,
      lastSeenAt: now, expiresAt: now + .hours(12), userAgent: "Browser/1", address: "192.0.2.7")
  }

  private static func reads(_ store: any PersistentStore, of sessions: Int, _ callers: Int, _ seconds: Double) async throws -> Int
  {
    try await repeating(callers, seconds) { caller, turn in
      let secret = SecretDigest(stored: "s\((caller * 1_000_003 + turn) * 7_919 % sessions + 1)")
      guard try await store.read({ try $0.session(secret) }) != nil else { throw Unusable(what: "no session \(secret.text)") }
    }
  }

  private static func writes(_ store: any PersistentStore, _ account: AccountID, _ callers: Int, _ seconds: Double) async throws
    -> Int
  {
    let random = SystemRandomness()
    return try await repeating(callers, seconds) { _, _ in
      let now = SystemClock.now()
      let session = session(of: account, SecretToken.make(from: random).digest, now, random)
      let entry = AuditEntry(
        id: .make(at: now, from: random), at: now, actor: "account:\(account.text)", event: "session.signed-in",
        object: "session:\(session.id.text)", organization: nil, outcome: .success, address: "192.0.2.7", requestID: nil,
        details: nil)
      try await store.write { tx in
        try tx.insert(session)
        try tx.append(entry)
      }
    }
  }

  /// - Parameter body: gets the number of the caller, and how often they were through before.
  /// - Returns: how often all callers together were through before the time was over.
  static func repeating(
    _ callers: Int, _ seconds: Double, _ body: @escaping @Sendable (_ caller: Int, _ turn: Int) async throws -> Void
  ) async throws -> Int {
    let end = ContinuousClock.now + .seconds(seconds)
    return try await withThrowingTaskGroup(of: Int.self) { group in
      for caller in 0..<callers {
        group.addTask {
          var done = 0
          while ContinuousClock.now < end {
            try await body(caller, done)
            done += 1
          }
          return done
        }
      }
      return try await group.reduce(0, +)
    }
  }

  private static func bare(_ threads: Int, _ loop: @escaping @Sendable (Int) -> Int64) async throws -> Int {
    try await withThrowingTaskGroup(of: Int64.self) { group in
      for thread in 0..<threads {
        group.addTask {
          await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: loop(thread)) }.start()
          }
        }
      }
      var together: Int64 = 0
      for try await done in group {
        guard done >= 0 else { throw Unusable(what: "SQLite refused the loop") }
        together += done
      }
      return Int(together)
    }
  }
}
