internal import GRDB
internal import Identity
internal import Synchronization

/// Notices the commits of other processes on the same file.
///
/// `PRAGMA data_version` changes on a connection when anybody else committed; only then is the policy's revision read. Our own commits change it
/// too, and are told apart by the revision the feed already knows.
final class PolicyWatch: Sendable {
  private let connection: DatabaseQueue
  private let pool: DatabasePool
  private let feed: PolicyFeed
  private let interval: Duration
  private let seen = Mutex<Int64?>(nil)

  init(path: String, pool: DatabasePool, feed: PolicyFeed, options: StorageOptions) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(0.05)
    configuration.label = "usher.storage.watch"
    connection = try SQLiteErrors.translated { [configuration] in try DatabaseQueue(path: path, configuration: configuration) }
    self.pool = pool
    self.feed = feed
    interval = options.watchInterval
  }

  func run(failed: @Sendable (any Error) -> Void) async {
    while !Task.isCancelled {
      do {
        let asked = ContinuousClock.now
        if try await hasNews() { try await reload(evenIfKnown: false) }
        feed.confirm(isCurrent: true, until: asked + Self.confirmedFor)
      } catch {
        seen.withLock { $0 = nil }
        feed.confirm(isCurrent: false)
        failed(error)
      }
      try? await Task.sleep(for: interval)
    }
  }

  /// Reads the whole policy on the writing connection's queue, between two commits of ours, so that it can never overtake one.
  ///
  /// - Parameter evenIfKnown: false to find out there, once more, that the news was a commit of ours that had not been told yet.
  func reload(evenIfKnown: Bool = true) async throws {
    try await pool.onWriter { [feed] database in
      var facts: PolicyFacts?
      try database.inTransaction(.deferred) {
        let transaction = SQLTransaction(SQLiteConnection(database), isReadOnly: true)
        if try evenIfKnown || !feed.knows(transaction.policyRevision()) { facts = try feed.whole(from: transaction) }
        return .commit
      }
      if let facts { feed.tell(.whole(facts)) }
    }
  }

  /// For how long an answer counts as current: a disk that hangs answers nothing, and nothing says so.
  private static let confirmedFor: Duration = .seconds(3)

  func close() throws { try connection.close() }

  private func hasNews() async throws -> Bool {
    try await withCheckedThrowingContinuation { continuation in
      connection.asyncWriteWithoutTransaction { database in
        continuation.resume(with: Result { try SQLiteErrors.translated { try self.look(database) } })
      }
    }
  }

  private func look(_ database: Database) throws -> Bool {
    let lent = SQLiteConnection(database)
    let version = try lent.rows("PRAGMA data_version", []) { try $0.integer(0) }.first
    guard seen.withLock({ $0 }) != version else { return false }
    let revision = try SQLTransaction(lent, isReadOnly: true).policyRevision()
    // Only now: a failure above must be looked into again.
    seen.withLock { $0 = version }
    return !feed.knows(revision)
  }
}
