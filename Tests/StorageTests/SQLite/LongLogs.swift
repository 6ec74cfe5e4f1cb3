internal import Dispatch
internal import Foundation
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

/// The write-ahead log under a read that does not end.
@Suite(.threat("STO3"), .timeLimit(.minutes(1))) struct LongLogs {
  @Test func `a log that grew too long is cut, and one that did not is left alone`() async throws {
    let scene = try await Scene()
    #expect(try await scene.store.cutLog() == .short)
    try await scene.write(megabytes: 2)
    #expect(scene.logBytes > 1 << 20)
    #expect(try await scene.store.cutLog() == .cut)
    #expect(scene.logBytes == 0)
    #expect(try await scene.count == 2)
  }

  @Test func `while another program reads for long the log is told as too long, everybody writes, and afterwards it is cut`()
    async throws
  {
    let scene = try await Scene()
    let gate = DispatchSemaphore(value: 0)
    let (entering, entered) = AsyncStream<Void>.makeStream()
    let other = try Storage.open(path: scene.folder.databasePath, options: scene.options)
    let reading = Task {
      try await other.read { tx in
        _ = try tx.rootKeyProof()
        entered.finish()
        gate.wait()
        return try tx.failureCounts(since: Timestamp(seconds: 0)).count
      }
    }
    for await _ in entering {}
    try await scene.write(megabytes: 2)
    guard case .heldUp(let bytes) = try await scene.store.cutLog() else {
      Issue.record("the log was cut under a reader")
      return
    }
    #expect(bytes > 1 << 20)
    #expect(try await scene.store.setting("busy_timeout") == "5000", "others are waited for as before")
    try await scene.write(megabytes: 1)
    gate.signal()
    #expect(try await reading.value == 0, "the reader saw one state all the while")
    #expect(try await scene.store.cutLog() == .cut)
    #expect(scene.logBytes == 0)
    #expect(try await scene.count == 3)
    try other.close()
  }

  /// A store that cuts its log past a megabyte.
  private final class Scene: Sendable {
    let folder: TemporaryStoreFolder
    let store: SQLiteStore
    let options: StorageOptions

    init() async throws {
      let clock = FixedClock()
      var options = StorageOptions(now: { clock.now() })
      options.longestLog = 1 << 20
      self.options = options
      folder = try TemporaryStoreFolder()
      store = try Storage.open(path: folder.databasePath, options: options)
      try await store.migrate()
    }

    deinit { try? store.close() }

    func write(megabytes: Int) async throws {
      for _ in 0..<megabytes {
        let name = "\(UUID().uuidString)\(String(repeating: "x", count: 1 << 20))"
        try await store.write { try $0.countFailure(name, hour: Timestamp(seconds: 0)) }
      }
    }

    var count: Int { get async throws { try await store.read { try $0.failureCounts(since: Timestamp(seconds: 0)).count } } }

    var logBytes: Int {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.databasePath + "-wal")
      return (attributes?[.size] as? Int) ?? 0
    }
  }
}
