internal import Dispatch
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Storage
@testable internal import StoragePostgres

/// What becomes of reads that wait for one connection, and share its transactions.
@Suite(.timeLimit(.minutes(1))) struct WaitingReads {
  @Test func `a read that was asked for after a commit sees it, though an older read left its transaction open`() async throws {
    let scene = try await Scene()
    let older = await scene.startLong()
    try await scene.commit("key")
    let later = await scene.startShort(standing: 1) { try $0.throttle("key") }
    older.end()
    #expect(try await later.value?.failures == 1)
    try await older.read.value
  }

  @Test func `reads that were asked for together are answered in one transaction`() async throws {
    let scene = try await Scene()
    let first = await scene.startLong()
    var reads: [Task<String?, any Error>] = []
    for standing in 1...3 { reads.append(await scene.startShort(standing: standing) { try beginning(of: $0) }) }
    first.end()
    var beginnings: Set<String?> = []
    for read in reads { beginnings.insert(try await read.value) }
    #expect(beginnings.count == 1)
    try await first.read.value
  }

  @Test func `a read that fails fails alone`() async throws {
    let scene = try await Scene()
    let first = await scene.startLong()
    let refused = await scene.startShort(standing: 1) { _ -> ThrottleState? in throw Refused() }
    let broken = await scene.startShort(standing: 2) { try ruin($0) }
    let whole = await scene.startShort(standing: 3) { try $0.throttle("key") }
    first.end()
    await #expect(throws: Refused.self) { try await refused.value }
    await #expect(throws: (any Error).self) { try await broken.value }
    #expect(try await whole.value == nil)
    try await first.read.value
  }

  @Test func `a write behind a read begins a transaction of its own, and so does the read behind it`() async throws {
    let scene = try await Scene()
    let first = await scene.startLong()
    let store = scene.store
    let write = Task { try await store.write { try $0.setThrottle("key", to: ThrottleState(failures: 2, since: scene.now)) } }
    while store.waiting < 1 { await Task.yield() }
    let read = await scene.startShort(standing: 2) { try $0.throttle("key") }
    first.end()
    try await write.value
    #expect(try await read.value?.failures == 2)
    try await first.read.value
  }

  @Test func `no transaction stays open where nothing waits`() async throws {
    let scene = try await Scene()
    for _ in 1...3 { _ = try await scene.store.read { try $0.throttle("key") } }
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(scene.database.name)' AND state LIKE 'idle in%'"
    while try await scene.database.server.run(open) != "0" { await Task.yield() }
  }
}

private struct Refused: Error {}

/// A store on a database of its own that has one connection.
private final class Scene: Sendable {
  let database: TemporaryDatabase
  let store: PostgresStore
  let now = FixedClock().now()

  init() async throws {
    database = try await TemporaryDatabase()
    store = try Self.open(database)
    try await store.migrate()
  }

  deinit { store.close() }

  private static func open(_ database: TemporaryDatabase) throws -> PostgresStore {
    let clock = FixedClock()
    var options = PostgresOptions(store: StorageOptions(now: { clock.now() }))
    options.connections = 1
    return StoragePostgres.open(try database.address, options: options)
  }

  /// Starts a read that ends when it is told to, and returns once it sees its state.
  func startLong() async -> (read: Task<Void, any Error>, end: @Sendable () -> Void) {
    let (begun, gate) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
    let store = store
    let read = Task {
      try await store.read { tx in
        _ = try tx.rootKeyProof()
        begun.continuation.yield()
        gate.wait()
      }
    }
    for await _ in begun.stream { break }
    return (read, { gate.signal() })
  }

  /// Starts a read, and returns once it is the last of so many that stand in the queue.
  func startShort<Value: Sendable>(
    standing: Int, _ body: @escaping @Sendable (any Transaction) throws -> Value
  ) async -> Task<Value, any Error> {
    let store = store
    let read = Task { try await store.read(body) }
    while store.waiting < standing { await Task.yield() }
    return read
  }

  /// Commits something, from elsewhere.
  func commit(_ key: String) async throws {
    let elsewhere = try Self.open(database)
    try await elsewhere.write { [now] in try $0.setThrottle(key, to: ThrottleState(failures: 1, since: now)) }
    elsewhere.close()
  }
}

/// When the server began the transaction.
private func beginning(of transaction: any Transaction) throws -> String? {
  try (transaction as? SQLTransaction)?.row("SELECT CAST(now() AS TEXT)") { try $0.text(0) }
}

/// Asks for what the server refuses, after which it takes nothing more in that transaction.
private func ruin(_ transaction: any Transaction) throws {
  _ = try (transaction as? SQLTransaction)?.row("SELECT 1 / 0") { try $0.integer(0) }
}
