package import Identity
internal import Primitives
package import Storage

/// The store on PostgreSQL, for any number of instances at once.
///
/// Writes are SERIALIZABLE: of two that could not have happened one after the other, one is run again, which nobody outside notices. Concurrent
/// commits share the server's flush of its log, and so its sync. A write that has begun is never cut short: a client that hangs up cannot undo the
/// counting of its own failures.
///
/// A connection that breaks before its commit was sent is replaced, and the body run again. One that breaks while the commit is on its way leaves
/// open whether it happened: the caller gets `StoreError.unavailable`, and nothing is run twice.
package final class PostgresStore: PersistentStore {
  private let options: PostgresOptions
  private let lanes: Lanes
  private let feed: RevisionFeed?
  private let watch: PostgresWatch?
  private let bell: OutboxBell?
  private let memory = CatalogMemory()
  /// A connection beside the pool, past a pooler.
  private let openDirectly: @Sendable () throws -> PostgresConnection

  init(
    _ address: PostgresAddress, listeningAt direct: PostgresAddress?, observer: (any PolicyObserver)?, bell: OutboxBell?,
    options: PostgresOptions
  ) {
    self.options = options
    self.bell = bell
    lanes = Lanes(
      size: options.connections, bound: options.store.waitingWrites, longestWait: options.longestWait,
      open: { try PostgresConnection.open(address, options) })
    let openDirectly: @Sendable () throws -> PostgresConnection = { try PostgresConnection.open(direct ?? address, options) }
    self.openDirectly = openDirectly
    let feed = observer.map { RevisionFeed(observer: $0, options: options.store) }
    self.feed = feed
    watch = feed.map { feed in
      PostgresWatch(feed: feed, options: options, open: openDirectly)
    }
  }

  deinit { lanes.stop() }

  // MARK: Store

  package func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await onLane(body) {
      Reading(body: $0, patience: self.options.store.busyTimeout, remembering: self.memory)
    }
  }

  package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let (feed, bell, options, memory) = (feed, bell, options, memory)
    return try await onLane(body) { pending in
      Writing(
        body: pending, deadline: .now + options.store.busyTimeout, now: options.store.now, feed: feed, bell: bell,
        remembering: memory)
    }
  }

  /// How many reads and writes stand in the queue.
  var waiting: Int { lanes.waiting }

  private func onLane<Value: Sendable>(
    _ body: @escaping @Sendable (any Transaction) throws -> Value, _ job: (PendingBody) -> any PooledWork
  ) async throws -> Value {
    let slot = Slot<Value>()
    try await withCheckedThrowingContinuation { continuation in
      lanes.take(job(PendingBody({ tx in slot.put(try body(tx)) }, continuation)))
    }
    return try slot.take()
  }

  package func catchUp() async throws {
    guard let feed else { return }
    try await work { connection in try feed.catchUp(on: connection, to: nil) }
  }

  // MARK: schema

  @discardableResult
  package func migrate() async throws -> [String] {
    let now = options.store.now()
    let applied = try await work { connection in
      try connection.transaction(.schema) {
        try connection.execute("SELECT pg_advisory_xact_lock(\(AdvisoryLock.schema))", [])
        let applied = try Migrator.migrate(connection, at: now.microseconds)
        try connection.script("CREATE SEQUENCE IF NOT EXISTS policy_revisions")
        if applied.count == Migration.all.count { try LookUps.make(on: connection) }
        return applied
      }
    }
    // They only save time: whoever is disturbed leaves them to the next start.
    try? await addLookUps()
    return applied
  }

  private func addLookUps() async throws {
    guard try await work({ connection in try !LookUps.missing(on: connection).isEmpty }) else { return }
    let open = openDirectly
    try await work { _ in try LookUps.makeMissing(on: open()) }
  }

  package var isEmpty: Bool {
    get async throws {
      let hasSchema = try await work { connection in
        connection.begin(.read)
        defer { connection.rollback() }
        guard
          try connection.rows("SELECT to_regclass('schema_migrations') IS NOT NULL", [], { try $0.boolean(0) }).first == true
        else { return false }
        _ = try Migrator.reached(connection)
        return true
      }
      guard hasSchema else { return true }
      return try await read { try $0.holdsNothing() }
    }
  }

  // MARK: policy

  package func loadPolicy() async throws {
    guard let feed else { return }
    try await work { connection in try feed.catchUp(on: connection, to: nil, whole: true) }
  }

  package func watchOtherProcesses(failed: @escaping @Sendable (any Error) -> Void) async {
    await watch?.run(failed: failed)
  }

  package var isServed: Bool {
    get async throws {
      try await work { connection in
        let lock = AdvisoryLock.serving
        let isFree = try connection.rows("SELECT pg_try_advisory_lock(\(lock))", []) { try $0.boolean(0) }.first == true
        if isFree { _ = try connection.rows("SELECT pg_advisory_unlock(\(lock))", []) { try $0.boolean(0) } }
        return !isFree
      }
    }
  }

  package func lend<Value: Sendable>(
    _ purpose: LendingPurpose, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await work { connection in
      try connection.transaction(purpose == .reading ? .read : .write) { try body(connection) }
    }
  }

  package func settle() async throws {}

  package func close() { lanes.close() }

  /// Runs something on a connection, outside the contract.
  func work<Value: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in lanes.take(Errand(body: body, continuation: continuation)) }
  }
}

extension PostgresConnection {
  /// Connects, and sets what our transactions rely on.
  static func open(_ address: PostgresAddress, _ options: PostgresOptions) throws -> PostgresConnection {
    let limit = options.statementTimeout
    let connection = try PostgresConnection(address, patience: limit + .seconds(2))
    let milliseconds = "\(limit.microseconds / 1_000)"
    _ = try connection.rows(
      """
      SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $1, false),
        set_config('idle_in_transaction_session_timeout', '30s', false), set_config('enable_seqscan', 'off', false),
        set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
          ELSE current_setting('synchronous_commit') END, false)
      """, [.text(milliseconds)]
    ) { _ in true }
    return connection
  }
}

/// The locks of the whole database that instances agree on, by numbers nobody else is likely to use.
enum AdvisoryLock {
  static let schema: Int64 = 8_463_217_001
  /// Held from the counting of a revision to the end of its commit, so that revisions become visible in their order.
  static let revision: Int64 = 8_463_217_002
  /// Held by whoever adds missing indexes.
  static let lookUps: Int64 = 8_463_217_004
  /// Shared by every instance that serves, for as long as it listens.
  static let serving: Int64 = 8_463_217_003
}
