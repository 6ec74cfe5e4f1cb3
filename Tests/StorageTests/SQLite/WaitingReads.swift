internal import Dispatch
internal import GRDB
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Storage

/// What becomes of reads that have to wait.
@Suite(.timeLimit(.minutes(1))) struct WaitingReads {
  /// A queue of its own over a database that is empty.
  private final class Scene: Sendable {
    let folder: TemporaryStoreFolder
    let pool: DatabasePool
    let queue: ReadQueue

    init(readers: Int, bound: Int = 100) async throws {
      folder = try TemporaryStoreFolder()
      let clock = FixedClock()
      let store = try Storage.open(path: folder.databasePath, options: StorageOptions(now: { clock.now() }))
      try await store.migrate()
      try store.close()
      var configuration = Configuration()
      configuration.maximumReaderCount = readers
      configuration.allowsUnsafeTransactions = true
      pool = try DatabasePool(path: folder.databasePath, configuration: configuration)
      queue = ReadQueue(pool: pool, readers: readers, bound: bound, remembering: CatalogMemory())
    }

    /// Starts a read that ends when it is told to, and returns once it has begun.
    func startLong() async -> (read: Task<Void, any Error>, end: @Sendable () -> Void) {
      let (begun, gate) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
      let queue = queue
      let read = Task {
        try await queue.read { tx in
          _ = try tx.rootKeyProof()
          begun.continuation.yield()
          gate.wait()
        }
      }
      for await _ in begun.stream { break }
      return (read, { gate.signal() })
    }

    /// Starts reads of a moment, and returns once as many stand in the queue.
    func startShort(_ count: Int, standing: Int) async -> [Task<StoreError?, any Error>] {
      let queue = queue
      let reads = (0..<count).map { _ in
        Task { () -> StoreError? in
          do {
            _ = try await queue.read { _ = try $0.rootKeyProof() }
            return nil
          } catch let error as StoreError { return error }
        }
      }
      while queue.waiting < standing { await Task.yield() }
      return reads
    }

    deinit { try? pool.close() }
  }

  @Test func `a read that takes long holds up none that comes after it`() async throws {
    let scene = try await Scene(readers: 2)
    let long = await scene.startLong()
    for read in await scene.startShort(20, standing: 0) { #expect(try await read.value == nil) }
    long.end()
    try await long.read.value
  }

  @Test func `an answer that is there does not wait for a read behind it that takes long`() async throws {
    let scene = try await Scene(readers: 1)
    let first = await scene.startLong()
    let short = await scene.startShort(3, standing: 3)
    let queue = scene.queue
    let (begun, gate) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
    let second = Task {
      try await queue.read { _ in
        begun.continuation.yield()
        gate.wait()
      }
    }
    while queue.waiting < 4 { await Task.yield() }
    first.end()
    for await _ in begun.stream { break }
    for read in short { #expect(try await read.value == nil) }
    gate.signal()
    try await first.read.value
    try await second.value
  }

  @Test func `past the bound a read is refused at once, and those that wait are answered`() async throws {
    let scene = try await Scene(readers: 1, bound: 5)
    let long = await scene.startLong()
    let waiting = await scene.startShort(5, standing: 5)
    for refused in await scene.startShort(3, standing: 5) {
      #expect(try await refused.value == .unavailable("too many reads wait"))
    }
    long.end()
    for read in waiting { #expect(try await read.value == nil) }
    for read in await scene.startShort(1, standing: 0) { #expect(try await read.value == nil) }
  }

  @Test func `whoever asks after a commit sees it, however many reads share a snapshot`() async throws {
    let folder = try TemporaryStoreFolder()
    let clock = FixedClock()
    let store = try Storage.open(path: folder.databasePath, options: StorageOptions(now: { clock.now() }))
    try await store.migrate()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          for turn in 1...20 {
            try await store.write { tx in
              for _ in 0..<turn { try tx.countFailure("task \(task)", hour: Timestamp(seconds: Int64(turn))) }
            }
            let counts = try await store.read { try $0.failureCounts(since: Timestamp(seconds: Int64(turn))) }
            #expect(
              counts.first { $0.event == "task \(task)" && $0.hour == Timestamp(seconds: Int64(turn)) }?.count == turn)
          }
        }
      }
      try await group.waitForAll()
    }
    try store.close()
  }
}
