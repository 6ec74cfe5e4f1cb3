internal import Identity
internal import Primitives
internal import Storage

/// A read of the contract. When its connection breaks it is run again on another: nothing was changed.
///
/// Its transaction is left open, and answers the reads after it as well, where they were asked for before it began; what comes then ends it with its own
/// first message. So each body fails alone, and every one sees a state that stands still and holds all that was committed before it was asked for.
final class Reading: PooledWork {
  private let body: PendingBody
  private let memory: CatalogMemory
  private let asked: ContinuousClock.Instant
  private let deadline: ContinuousClock.Instant

  /// - Parameter patience: for how long it is tried again.
  init(body: PendingBody, patience: Duration, remembering memory: CatalogMemory) {
    self.body = body
    self.memory = memory
    asked = .now
    deadline = asked + patience
  }

  func run(on lane: Lane) {
    let result = Result {
      try Attempts.run(on: lane, until: deadline) { connection in
        connection.beginRead(askedAt: asked)
        let result = Result { try body(SQLTransaction(connection, isReadOnly: true, remembering: memory)) }
        if let failure = connection.failure { throw failure }
        return result
      }
    }
    body.answer(result.flatMap { $0 })
  }

  func fail(_ error: any Error) { body.answer(.failure(error)) }
}

/// A write of the contract.
final class Writing: PooledWork {
  private let body: PendingBody
  private let memory: CatalogMemory
  private let deadline: ContinuousClock.Instant
  private let now: @Sendable () -> Timestamp
  private let feed: RevisionFeed?
  private let bell: OutboxBell?

  init(
    body: PendingBody, deadline: ContinuousClock.Instant, now: @escaping @Sendable () -> Timestamp, feed: RevisionFeed?,
    bell: OutboxBell?, remembering memory: CatalogMemory
  ) {
    self.body = body
    self.memory = memory
    self.deadline = deadline
    self.now = now
    self.feed = feed
    self.bell = bell
  }

  func run(on lane: Lane) {
    body.answer(Result { try Attempts.run(on: lane, until: deadline) { try write(on: $0) } })
  }

  func fail(_ error: any Error) { body.answer(.failure(error)) }

  private func write(on connection: PostgresConnection) throws {
    connection.begin(.write)
    let transaction = SQLTransaction(connection, isReadOnly: false, remembering: memory)
    try body(transaction)
    try transaction.mustBeWhole()
    try transaction.keepHistory(at: now())
    if let failure = connection.failure { throw failure }
    let revision = try connection.commit(leavingWordOf: transaction.changed, at: now())
    if let revision, let feed {
      // The commit stands whatever happens now. Who cannot learn of it may not go on answering from what was before.
      do { try feed.catchUp(on: connection, to: revision) } catch { feed.doubt() }
    }
    if transaction.hasNewLetters { bell?.ring() }
  }
}

extension PostgresConnection {
  /// Commits. A commit that changed the policy is counted, and leaves word for the other instances; all of that travels with it.
  ///
  /// - Returns: the revision, where the policy was changed.
  fileprivate func commit(leavingWordOf change: PolicyChange, at now: Timestamp) throws -> Int64? {
    guard !change.isEmpty else {
      try commit()
      return nil
    }
    let revision = try commit(
      after: [
        ("SELECT pg_advisory_xact_lock(\(AdvisoryLock.revision))", []),
        (
          "INSERT INTO policy_changes (revision, change, changed_at) VALUES (nextval('policy_revisions'), $1, $2) RETURNING revision",
          [.text(change.coded), .time(now)]
        ),
        ("SELECT pg_notify('\(PostgresWatch.channel)', '')", []),
      ]
    ) { row in try? row.integer(0) }
    guard let revision else { throw StoreError.unreadable("the commit has no revision") }
    return revision
  }
}

/// Something else that is done on a connection: once, and never again.
final class Errand<Value: Sendable>: PooledWork {
  private let body: @Sendable (PostgresConnection) throws -> Value
  private let continuation: CheckedContinuation<Value, any Error>

  init(
    body: @escaping @Sendable (PostgresConnection) throws -> Value, continuation: CheckedContinuation<Value, any Error>
  ) {
    self.body = body
    self.continuation = continuation
  }

  func run(on lane: Lane) {
    continuation.resume(
      with: Result {
        do {
          let connection = try lane.lend()
          try connection.endRead()
          return try body(connection)
        } catch let failure as PostgresFailure { throw failure.outside }
      })
  }

  func fail(_ error: any Error) { continuation.resume(throwing: error) }
}

/// Runs a transaction until it is through, refused, or out of time.
private enum Attempts {
  static let shortestPause: Duration = .milliseconds(1)
  static let longestPause: Duration = .milliseconds(50)

  static func run<Value>(
    on lane: Lane, until deadline: ContinuousClock.Instant, _ transaction: (PostgresConnection) throws -> Value
  ) throws -> Value {
    var pause = shortestPause
    while true {
      var connection: PostgresConnection?
      do {
        let lent = try lane.lend()
        connection = lent
        return try transaction(lent)
      } catch {
        let failure = connection?.failure ?? error as? PostgresFailure
        let mayRunAgain = isWorthAnotherTry(failure, of: connection)
        connection?.rollback()
        guard mayRunAgain, ContinuousClock.now + pause < deadline else {
          // A body may have made a refusal of its own of what the server refused.
          if case .refused? = failure, !(error is PostgresFailure) { throw error }
          throw failure?.outside ?? error
        }
        // At random, so that two do not meet again.
        OwnThread.pause(pause * (1 + Double(SystemRandomness().bytes(1).first ?? 0)) / 256)
        pause = min(pause * 2, longestPause)
      }
    }
  }

  /// - Parameter connection: nil when none could be opened: then the caller is told at once, for every other would wait as long.
  private static func isWorthAnotherTry(_ failure: PostgresFailure?, of connection: PostgresConnection?) -> Bool {
    guard let connection else { return false }
    return switch failure {
    case .conflict?: true
    case .lost?: !connection.mayHaveCommitted
    case .refused?, nil: false
    }
  }
}
