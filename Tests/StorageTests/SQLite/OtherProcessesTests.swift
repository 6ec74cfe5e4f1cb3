internal import Dispatch
internal import GRDB
internal import Identity
internal import Storage
internal import Synchronization
internal import TestKit
internal import Testing

/// What other programs on the same file can do to us, and what they cannot.
@Suite(.timeLimit(.minutes(1))) struct OtherProcesses {
  @Test(.threat("STO5")) func `only one may serve from a file; who commands may write meanwhile`() async throws {
    let store = try await TemporaryStore(on: .sqlite)
    let second = try Storage.open(path: store.folder.databasePath, options: options)
    var lock = try store.sqlite.acquireServeLock()
    #expect(lock != nil)
    #expect(try second.acquireServeLock() == nil)
    try await second.write { try $0.setRootKeyProof("by a command") }
    #expect(try await store.read { try $0.rootKeyProof() } == "by a command")
    lock = nil
    #expect(try second.acquireServeLock() != nil)
    try second.close()
  }

  @Test(.threat("STO3"))
  func `a database that another program keeps locked is unavailable for writes, readable all the while, and well again after`()
    async throws
  {
    let store = try await TemporaryStore(on: .sqlite)
    var impatient = options
    impatient.busyTimeout = .milliseconds(20)
    let ours = try Storage.open(path: store.folder.databasePath, options: impatient)
    let other = try DatabaseQueue(path: store.folder.databasePath, configuration: rude)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    await #expect(throws: StoreError.unavailable("the database is locked by another program")) {
      try await ours.write { try $0.setRootKeyProof("refused") }
    }
    #expect(try await ours.read { try $0.rootKeyProof() } == nil)
    try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    try await ours.write { try $0.setRootKeyProof("taken") }
    #expect(try await ours.read { try $0.rootKeyProof() } == "taken")
    try other.close()
    try ours.close()
  }

  /// Two that turn the same empty file into a database get into each other's way: SQLite tells one of them so at once, whatever its patience.
  @Test(.threat("KEY4")) func `those who make the same database at once all get it`() async throws {
    for _ in 0..<100 {
      let temporary = try TemporaryStoreFolder()
      let options = options
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do {
          try Storage.open(path: temporary.databasePath, options: options).close()
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      #expect(failures.withLock { $0 } == [])
    }
  }

  @Test func `opening waits for whoever makes the database, beyond the patience of a write, and not for ever`() async throws {
    let temporary = try TemporaryStoreFolder()
    try Storage.open(path: temporary.databasePath, options: options).close()
    let maker = try DatabaseQueue(path: temporary.databasePath, configuration: rude)
    var patient = options
    patient.busyTimeout = .milliseconds(1)
    patient.startTimeout = .milliseconds(20)
    try await maker.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    #expect(throws: StoreError.unavailable("the database is locked by another program")) {
      try Storage.open(path: temporary.databasePath, options: patient)
    }
    patient.startTimeout = .seconds(60)
    let opening = Task { [patient] in try Storage.open(path: temporary.databasePath, options: patient) }
    // Longer than a write would wait.
    try await Task.sleep(for: patient.busyTimeout * 20)
    try await maker.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await opening.value.close()
    try maker.close()
  }

  @Test func `nothing is confirmed while the database cannot be asked`() async throws {
    let temporary = try TemporaryStoreFolder()
    let heard = Heard()
    let failures = Mutex(0)
    // Not migrated: there is no revision to ask for.
    let store = try Storage.open(path: temporary.databasePath, observer: heard, options: options)
    let watching = Task { await store.watchOtherProcesses { _ in failures.withLock { $0 += 1 } } }
    var confirmations = heard.confirmations.makeAsyncIterator()
    #expect(await confirmations.next() == false)
    try await store.migrate()
    while await confirmations.next() == false {}
    watching.cancel()
    await watching.value
    #expect(failures.withLock { $0 } > 0)
    try store.close()
  }

  /// Of a program that leaves a transaction open.
  private var rude: Configuration {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return configuration
  }

  private var options: StorageOptions {
    let clock = FixedClock()
    return StorageOptions(now: { clock.now() })
  }
}

/// Hears only whether what is known is current.
private final class Heard: PolicyObserver {
  let confirmations: AsyncStream<Bool>
  private let source: AsyncStream<Bool>.Continuation

  init() { (confirmations, source) = AsyncStream.makeStream(of: Bool.self) }

  func apply(_ facts: PolicyFacts) {}
  func replace(with facts: PolicyFacts) {}
  func confirm(isCurrent: Bool, until: ContinuousClock.Instant?) { source.yield(isCurrent) }
}
