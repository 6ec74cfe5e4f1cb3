internal import Dispatch
internal import Identity
internal import Storage
internal import TestKit
internal import Testing
internal import Web

@testable internal import Server

@Suite(.threat("STO3"), .timeLimit(.minutes(1))) struct CuttingTheLog {
  @Test func `a log that a long read holds up is told once and in the health, and so is its end`() async throws {
    let temporary = try TemporaryStoreFolder()
    let clock = FixedClock()
    var options = StorageOptions(now: { clock.now() })
    options.longestLog = 0
    let store = try Storage.open(path: temporary.databasePath, options: options)
    try await store.migrate()
    let other = try Storage.open(path: temporary.databasePath, options: options)
    let (log, warnings) = (RecordedLog(), HealthWarnings())
    let cutter = LogCutter(store, warnings: warnings, logger: log.logger)
    let gate = DispatchSemaphore(value: 0)
    let (entering, entered) = AsyncStream<Void>.makeStream()
    let reading = Task {
      try await other.read { tx in
        _ = try tx.rootKeyProof()
        entered.finish()
        gate.wait()
      }
    }
    for await _ in entering {}
    try await store.write { try $0.setRootKeyProof("while somebody reads") }
    for _ in 0..<3 { await cutter.look() }
    #expect(warnings.names == ["write_ahead_log"])
    #expect(log.lines.count { $0.hasPrefix("warning the log of the database grows") } == 1)
    gate.signal()
    try await reading.value
    for _ in 0..<3 { await cutter.look() }
    #expect(warnings.names.isEmpty)
    #expect(log.lines.count { $0.hasPrefix("notice the log of the database is short again") } == 1)
    #expect(log.lines.count == 2)
    try other.close()
    try store.close()
  }
}
