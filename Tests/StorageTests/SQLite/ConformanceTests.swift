internal import StorageConformance
internal import TestKit
internal import Testing

/// Holds SQLite to every promise of the store's contract.
@Suite struct SQLiteKeepsTheContract {
  @Test(.timeLimit(.minutes(1)), arguments: Promise.all)
  func `SQLite keeps the promise that`(_ promise: Promise) async throws {
    try await promise.check(TestEngine.sqlite)
  }
}
