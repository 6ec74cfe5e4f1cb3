internal import StorageConformance
internal import TestKit
internal import Testing

/// Holds PostgreSQL to every promise of the store's contract.
@Suite struct PostgreSQLKeepsTheContract {
  @Test(.timeLimit(.minutes(1)), arguments: Promise.all)
  func `PostgreSQL keeps the promise that`(_ promise: Promise) async throws {
    try await promise.check(TestEngine.postgresql)
  }
}
