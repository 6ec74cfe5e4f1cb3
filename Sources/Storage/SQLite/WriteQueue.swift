internal import GRDB
internal import Identity
internal import Primitives
internal import Synchronization

/// Writes in the order they came. Those that wait while a commit is synced share the next one: the sync is what a write costs, and one serves
/// all of them. Each body still stands or falls alone, inside a savepoint.
///
/// No write waits for another program's lock longer than twice `busyTimeout`: once the lock was waited for in vain, everything that stood in the
/// queue all that time is refused together. And no more than `bound` writes wait: past that one is refused at once.
final class WriteQueue: Sendable {
  private struct State {
    var waiting: [WaitingBody] = []
    var isDraining = false
    var isClosed = false

    enum Taken { case starts, waits, closed, full }

    mutating func take(_ write: WaitingBody, bound: Int) -> Taken {
      guard !isClosed else { return .closed }
      guard waiting.count < bound else { return .full }
      waiting.append(write)
      defer { isDraining = true }
      return isDraining ? .waits : .starts
    }

    mutating func takeFirst(_ count: Int) -> [WaitingBody] {
      let first = Array(waiting.prefix(count))
      waiting.removeFirst(first.count)
      return first
    }
  }

  private let pool: DatabasePool
  private let memory: CatalogMemory
  private let feed: PolicyFeed?
  private let bell: OutboxBell?
  private let now: @Sendable () -> Timestamp
  private let limit: Int
  private let bound: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - now: tells the time by which the history of the policy is kept.
  ///   - limit: how many writes share one commit.
  ///   - bound: how many wait.
  init(
    pool: DatabasePool, feed: PolicyFeed?, bell: OutboxBell?, now: @escaping @Sendable () -> Timestamp, limit: Int, bound: Int,
    remembering memory: CatalogMemory
  ) {
    self.pool = pool
    self.memory = memory
    self.feed = feed
    self.bell = bell
    self.now = now
    self.limit = max(limit, 1)
    self.bound = max(bound, 1)
  }

  /// How many writes stand in the queue.
  var waiting: Int { state.withLock { $0.waiting.count } }

  func write(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
      let write = WaitingBody(body: body, continuation: continuation)
      switch state.withLock({ $0.take(write, bound: bound) }) {
      case .starts: pool.asyncWriteWithoutTransaction { self.drain($0) }
      case .waits: break
      case .closed: write.fail(StoreError.unavailable("the store is closed"))
      case .full: write.fail(StoreError.unavailable("too many writes wait"))
      }
    }
  }

  /// Refuses new writes and commits those that wait.
  func close() {
    state.withLock { $0.isClosed = true }
    pool.writeWithoutTransaction { database in
      while case let (batch, behind) = next(), !batch.isEmpty { commit(batch, behind, on: database) }
    }
  }

  /// Commits one batch, then queues itself again behind whatever else wants the writing connection.
  private func drain(_ database: Database) {
    let (batch, behind) = next()
    if !batch.isEmpty { commit(batch, behind, on: database) }
    let goesOn = state.withLock { state in
      state.isDraining = !state.waiting.isEmpty
      return state.isDraining
    }
    if goesOn { pool.asyncWriteWithoutTransaction { self.drain($0) } }
  }

  /// - Returns: the writes of the next commit, and how many stand behind them.
  private func next() -> (batch: [WaitingBody], behind: Int) {
    state.withLock { state in (state.takeFirst(limit), state.waiting.count) }
  }

  /// - Parameter behind: how many stood behind the batch when it began: if it waits for a lock in vain, so did they.
  private func commit(_ batch: [WaitingBody], _ behind: Int, on database: Database) {
    do {
      let done = try SQLiteErrors.translated {
        // Left open only by a rollback that failed, which a broken disk may do.
        if database.isInsideTransaction { try database.rollback() }
        var done = Done()
        try database.inTransaction(.immediate) {
          let together = try run(batch, on: database)
          done.hasNewLetters = together.hasNewLetters
          if !together.change.isEmpty { done.news = try news(of: together, on: database) }
          return .commit
        }
        return done
      }
      if let news = done.news { feed?.tell(news) }
      if done.hasNewLetters { bell?.ring() }
      for write in batch { write.finish() }
    } catch {
      // Nothing of the batch is stored, so neither may a refusal stand that was answered from what another body had written.
      for write in batch { write.fail(error) }
      guard error as? StoreError == SQLiteErrors.locked else { return }
      // Each batch would wait for as long again, while ever more come in behind.
      for write in state.withLock({ $0.takeFirst(behind) }) { write.fail(error) }
    }
  }

  /// What others must hear of once a batch is committed.
  private struct Done {
    var news: PolicyFeed.News?
    var hasNewLetters = false
  }

  /// What the bodies of one commit changed.
  private struct Together {
    var change = PolicyChange()
    var notes = HistoryNotes()
    var hasNewLetters = false

    mutating func add(_ transaction: SQLTransaction) {
      change.merge(transaction.changed)
      notes.merge(transaction.notes)
      hasNewLetters = hasNewLetters || transaction.hasNewLetters
    }
  }

  /// Runs every body.
  ///
  /// - Returns: what those that did not throw changed together.
  private func run(_ batch: [WaitingBody], on database: Database) throws -> Together {
    var together = Together()
    for write in batch {
      let transaction = SQLTransaction(SQLiteConnection(database), isReadOnly: false, remembering: memory)
      try database.inSavepoint {
        let succeeded = write.run(transaction)
        // A full disk may make SQLite roll back everything by itself, the savepoints and the other bodies' changes included.
        guard database.isInsideTransaction else {
          throw write.failure ?? StoreError.unavailable("the database gave up the transaction")
        }
        return succeeded ? .commit : .rollback
      }
      if write.succeeded { together.add(transaction) }
    }
    return together
  }

  /// Counts the commit and keeps its history; the last thing before it.
  private func news(of together: Together, on database: Database) throws -> PolicyFeed.News {
    let transaction = SQLTransaction(SQLiteConnection(database), isReadOnly: false)
    _ = try transaction.advancePolicyRevision()
    let facts = try transaction.policyFacts(.changed(together.change))
    try transaction.keepHistory(of: facts, together.notes, at: now())
    try transaction.noteThatHistoryIsWhole(at: facts.revision)
    return try feed?.news(of: facts, from: transaction) ?? .none
  }
}
