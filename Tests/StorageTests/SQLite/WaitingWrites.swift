internal import Dispatch
internal import GRDB
internal import Identity
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

@testable internal import Storage

/// What becomes of writes that have to wait.
@Suite(.timeLimit(.minutes(1))) struct WaitingWrites {
  /// A queue of its own over one connection that waits for no lock, with the writer held until `go`.
  private final class Scene: Sendable {
    let folder: TemporaryStoreFolder
    let pool: DatabasePool
    let other: DatabaseQueue
    let queue: WriteQueue
    private let begins: Counter
    private let gate = DispatchSemaphore(value: 0)

    private final class Counter: Sendable {
      let count = Atomic(0)
    }

    init(limit: Int, bound: Int) async throws {
      folder = try TemporaryStoreFolder()
      let counter = Counter()
      begins = counter
      var configuration = Configuration()
      configuration.busyMode = .immediateError
      configuration.allowsUnsafeTransactions = true
      configuration.prepareDatabase { database in
        database.trace { event in
          if "\(event)".hasPrefix("BEGIN IMMEDIATE") { counter.count.wrappingAdd(1, ordering: .relaxed) }
        }
      }
      let clock = FixedClock()
      let store = try Storage.open(path: folder.databasePath, options: StorageOptions(now: { clock.now() }))
      try await store.migrate()
      try store.close()
      pool = try DatabasePool(path: folder.databasePath, configuration: configuration)
      other = try DatabaseQueue(path: folder.databasePath, configuration: configuration)
      queue = WriteQueue(
        pool: pool, feed: nil, bell: nil, now: { clock.now() }, limit: limit, bound: bound, remembering: CatalogMemory())
      // What opening them took does not count.
      counter.count.store(0, ordering: .relaxed)
      pool.asyncWriteWithoutTransaction { [gate] _ in gate.wait() }
    }

    func go() { gate.signal() }

    var commitsTried: Int { begins.count.load(ordering: .relaxed) }

    func lock() async throws { try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") } }
    func unlock() async throws { try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") } }

    /// Starts writes, and returns once as many stand in the queue.
    func start(_ count: Int, standing: Int) async -> [Task<StoreError?, any Error>] {
      let queue = queue
      let tasks = (0..<count).map { _ in
        Task { () -> StoreError? in
          do {
            try await queue.write { try $0.countFailure("test", hour: Timestamp(seconds: 0)) }
            return nil
          } catch let error as StoreError { return error }
        }
      }
      while queue.waiting < standing { await Task.yield() }
      return tasks
    }

    deinit {
      gate.signal()
      try? pool.close()
      try? other.close()
    }
  }

  @Test func `what stood behind a commit that waited for a lock in vain is refused with it`() async throws {
    let scene = try await Scene(limit: 2, bound: 100)
    try await scene.lock()
    let writes = await scene.start(20, standing: 20)
    scene.go()
    for write in writes { #expect(try await write.value == .unavailable("the database is locked by another program")) }
    #expect(scene.commitsTried == 1)
    try await scene.unlock()
    for write in await scene.start(3, standing: 0) { #expect(try await write.value == nil) }
  }

  @Test func `past the bound a write is refused at once, and those that wait are written`() async throws {
    let scene = try await Scene(limit: 2, bound: 5)
    let waiting = await scene.start(5, standing: 5)
    for refused in await scene.start(3, standing: 5) {
      #expect(try await refused.value == .unavailable("too many writes wait"))
    }
    scene.go()
    for write in waiting { #expect(try await write.value == nil) }
    for write in await scene.start(1, standing: 0) { #expect(try await write.value == nil) }
  }
}
