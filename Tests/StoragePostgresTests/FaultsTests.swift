internal import Dispatch
internal import Foundation
internal import Identity
internal import Primitives
internal import Storage
internal import StoragePostgres
internal import Synchronization
internal import TestKit
internal import Testing

/// What becomes of reads and writes when connections, backends and servers end in the middle of them.
@Suite(.timeLimit(.minutes(2)), .threat("STO4")) struct FaultsOfTheServer {
  @Test func `connections that are terminated fail nobody who had not sent a commit, and nothing answered is lost`() async throws
  {
    let scene = try await Scene(on: .ofThisRun())
    try await scene.disturbed {
      for _ in 1...5 {
        try await scene.database.server.run(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '\(scene.database.name)'")
      }
    }
  }

  @Test func `a backend that is killed takes its server through recovery, and the store finds its way back`() async throws {
    let scene = try await Scene(on: PostgresServer())
    try await scene.disturbed {
      let victim = try await scene.database.server.run(
        "SELECT pid FROM pg_stat_activity WHERE datname = '\(scene.database.name)' LIMIT 1")
      try await ChildProcess.run("/bin/kill", ["-KILL", victim])
    }
  }

  @Test func `a server that is stopped and started is found again by the same store`() async throws {
    let scene = try await Scene(on: PostgresServer())
    try await scene.disturbed {
      try await scene.database.server.stop()
      // While it is away everybody is told so at once.
      await #expect(throws: StoreError.self) { try await scene.store.read { try $0.policyRevision() } }
      try await scene.database.server.start()
    }
  }

  @Test func `a server that loses its power has everything that was answered`() async throws {
    let scene = try await Scene(on: PostgresServer())
    try await scene.disturbed {
      try await scene.database.server.kill()
      try await scene.database.server.start()
    }
  }

  @Test func `beyond the connections a server has requests are refused as unavailable, and served again when there is room`()
    async throws
  {
    let server = try await PostgresServer(settings: [
      "max_connections=8", "superuser_reserved_connections=0", "max_wal_senders=0",
    ])
    let scene = try await Scene(on: server)
    let others = try (0..<3).map { _ in try scene.another() }
    let gate = DispatchSemaphore(value: 0)
    // More transactions at once than the server has connections for.
    let held = others.flatMap { other in
      (0..<4).map { _ in
        Task {
          try await other.read { tx in
            let revision = try tx.policyRevision()
            gate.wait()
            return revision
          }
        }
      }
    }
    defer { for _ in held { gate.signal() } }
    var refused: (any Error)?
    while refused == nil {
      try Task.checkCancellation()
      do { _ = try await scene.store.read { try $0.policyRevision() } } catch { refused = error }
      await Task.yield()
    }
    guard case StoreError.unavailable? = refused else {
      Issue.record("said \(String(describing: refused))")
      return
    }
    for _ in held { gate.signal() }
    for one in held { _ = await one.result }
    for other in others { other.close() }
    try await scene.answers()
  }

  @Test(arguments: ["pg_cancel_backend", "pg_terminate_backend"])
  func `a commit whose wait for a synchronous standby is cut short is not answered as done, and not run again`(_ end: String)
    async throws
  {
    let server = try await PostgresServer()
    let scene = try await Scene(on: server)
    try await server.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    try await server.run("SELECT pg_reload_conf()")
    let tally = Tally()
    // The first ones may be done before the server has heard of it.
    let writer = Task {
      while !Task.isCancelled {
        try await scene.store.write { tx in
          tally.begun.add(1, ordering: .relaxed)
          try tx.countFailure("event", hour: scene.now)
        }
        tally.answered.add(1, ordering: .relaxed)
      }
    }
    let waiting = "FROM pg_stat_activity WHERE datname = '\(scene.database.name)' AND wait_event = 'SyncRep'"
    while try await server.run("SELECT count(*) \(waiting)") == "0" { try Task.checkCancellation() }
    let held = tally.begun.load(ordering: .relaxed)
    try await server.run("SELECT \(end)(pid) \(waiting)")
    let refusal = await #expect(throws: StoreError.self) { try await writer.value }
    guard case .unavailable? = refusal else {
      Issue.record("said \(String(describing: refusal))")
      return
    }
    #expect(tally.begun.load(ordering: .relaxed) == held)
    #expect(tally.answered.load(ordering: .relaxed) == held - 1)

    try await server.run("ALTER SYSTEM RESET synchronous_standby_names")
    try await server.run("SELECT pg_reload_conf()")
    try await scene.answers()
    // The primary keeps it: as where the connection is lost in the commit, nobody was told either way.
    let count = try await scene.store.read { try $0.failureCounts(since: scene.now).first { $0.event == "event" }?.count }
    #expect(count == held)
  }

  @Test func `what is known counts as current only for as long as the server confirms it`() async throws {
    let scene = try await Scene(on: PostgresServer())
    let watch = Task { await scene.store.watchOtherProcesses() }
    defer { watch.cancel() }
    try await scene.policy.wait(until: true)
    try await scene.database.server.stop()
    try await scene.policy.wait(until: false)
    try await scene.database.server.start()
    try await scene.policy.wait(until: true)
  }
}

@Suite(.timeLimit(.minutes(1))) struct HearingOfOthers {
  @Test func `word of a commit is heard at once, not when it is asked for`() async throws {
    let database = try await TemporaryDatabase()
    let clock = FixedClock()
    var options = PostgresOptions(store: StorageOptions(now: { clock.now() }))
    options.asksEvery = .seconds(3_600)
    let policy = Confirmations()
    let here = StoragePostgres.open(try database.address, options: options)
    try await here.migrate()
    let there = StoragePostgres.open(try database.address, observer: policy, options: options)
    try await there.loadPolicy()
    let watch = Task { await there.watchOtherProcesses { _ in } }
    try await policy.wait(until: true)
    for number in 1...3 {
      let token = "token \(number)"
      try await here.write { try $0.revokeToken(token, until: clock.now()) }
      try await policy.wait(hearingOf: token)
    }
    watch.cancel()
    here.close()
    there.close()
  }
}

@Suite(.timeLimit(.minutes(1))) struct TextsThatCannotBeStored {
  @Test func `a text with NUL in it is refused before anything is sent, and the transaction goes on as if it had not been asked`()
    async throws
  {
    let scene = try await Scene(on: .ofThisRun())
    let kept = try await scene.store.write { tx in
      try tx.setThrottle("before", to: ThrottleState(failures: 1, since: scene.now))
      #expect(throws: SQLFault.self) { try tx.throttle("half\0way") }
      return try tx.throttle("before")
    }
    #expect(kept?.failures == 1)
    #expect(try await scene.store.read { try $0.throttle("before") } == kept)
  }
}

@Suite(.timeLimit(.minutes(1)), .threat("STO7")) struct ConflictsAndDeadlocks {
  @Test func `of two writes that lock two rows crosswise both are done, one of them in its second turn`() async throws {
    let scene = try await Scene(on: .ofThisRun())
    try await scene.store.write { tx throws in
      for key in ["left", "right"] { try tx.setThrottle(key, to: ThrottleState(failures: 0, since: scene.now)) }
    }
    let meeting = Meeting()
    let turns = [["left", "right"], ["right", "left"]].enumerated().map { me, keys in
      Task {
        try await scene.store.write { tx throws in
          let isFirst = meeting.begin()
          try tx.setThrottle(keys[0], to: ThrottleState(failures: 1, since: scene.now))
          if isFirst { meeting.wait(as: me) }
          try tx.setThrottle(keys[1], to: ThrottleState(failures: 1, since: scene.now))
        }
      }
    }
    for turn in turns { try await turn.value }
    #expect(meeting.runs > 2)
    let failures = try await scene.store.read { tx in [try tx.throttle("left")?.failures, try tx.throttle("right")?.failures] }
    #expect(failures == [1, 1])
  }

  @Test func `of two writes that each rest on what the other changes one is run again and sees it`() async throws {
    let scene = try await Scene(on: .ofThisRun())
    let meeting = Meeting()
    // Each takes its name, while the other is free.
    let turns = [("left", "right"), ("right", "left")].enumerated().map { me, names in
      Task {
        try await scene.store.write { tx throws in
          let isFirst = meeting.begin()
          let isTaken = try tx.throttle(names.1) != nil
          if isFirst { meeting.wait(as: me) }
          if !isTaken { try tx.setThrottle(names.0, to: ThrottleState(failures: 1, since: scene.now)) }
          return !isTaken
        }
      }
    }
    var took: [Bool] = []
    for turn in turns { took.append(try await turn.value) }
    #expect(took.count { $0 } == 1)
    #expect(meeting.runs > 2)
  }
}

/// How many writes were begun, each turn by itself, and how many were answered as done.
private final class Tally: Sendable {
  let begun = Atomic(0)
  let answered = Atomic(0)
}

/// Where two transactions wait for each other in their first turn, and only then.
private final class Meeting: Sendable {
  private let count = Atomic(0)
  private let arrived = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]

  /// - Returns: whether it is a first turn.
  func begin() -> Bool { count.wrappingAdd(1, ordering: .relaxed).oldValue < 2 }

  func wait(as me: Int) {
    arrived[1 - me].signal()
    arrived[me].wait()
  }

  var runs: Int { count.load(ordering: .relaxed) }
}

/// A store on a database of its own, and writers that remember what they were answered.
private final class Scene: Sendable {
  let database: TemporaryDatabase
  let store: PostgresStore
  let policy = Confirmations()
  let now = FixedClock().now()
  private let answered = Mutex<Set<String>>([])
  private let next = Atomic(0)
  /// What a writer heard, beside that the store was unavailable.
  private let heard = Mutex<(any Error)?>(nil)

  init(on server: PostgresServer) async throws {
    database = try await TemporaryDatabase(on: server)
    store = try Self.open(database, policy)
    try await store.migrate()
    try await store.loadPolicy()
  }

  deinit { store.close() }

  func another() throws -> PostgresStore { try Self.open(database, nil) }

  private static func open(_ database: TemporaryDatabase, _ policy: Confirmations?) throws -> PostgresStore {
    let clock = FixedClock()
    var options = PostgresOptions(store: StorageOptions(now: { clock.now() }))
    options.asksEvery = .milliseconds(50)
    options.confirmedFor = .milliseconds(500)
    return StoragePostgres.open(try database.address, observer: policy, options: options)
  }

  /// Lets eight writers write without a pause while something happens to the server; then everything that was answered must be there, and the
  /// store must answer again. Nobody may hear of anything but that the store was unavailable.
  func disturbed(_ disturbance: () async throws -> Void) async throws {
    let writers = (0..<8).map { _ in Task { try await write() } }
    defer { for writer in writers { writer.cancel() } }
    while answered.withLock({ $0.count }) < 50 { try await goOn() }
    try await disturbance()
    try await answers()
    for writer in writers { writer.cancel() }
    for writer in writers { try await writer.value }
    let answered = answered.withLock { $0 }
    let stored = try await stored()
    #expect(answered.isSubset(of: stored), "\(answered.subtracting(stored).count) of \(answered.count) answered writes are lost")
  }

  /// What is there, as soon as the server tells: one that was hit may answer once more before it notices.
  private func stored() async throws -> Set<String> {
    while true {
      do {
        return try await store.read { [now] in Set(try $0.failureCounts(since: now).map(\.event)) }
      } catch StoreError.unavailable { try await goOn() }
    }
  }

  /// Returns once a write is done.
  func answers() async throws {
    while true {
      do { return try await store.write { [now] in try $0.countFailure("after", hour: now) } } catch StoreError.unavailable {}
      try await goOn()
    }
  }

  /// Lets others go on, unless a writer heard what it must not hear, or the time of the test is over: then what is waited for may never come.
  private func goOn() async throws {
    if let heard = heard.withLock({ $0 }) { throw heard }
    try Task.checkCancellation()
    await Task.yield()
  }

  private func write() async throws {
    while !Task.isCancelled {
      let event = "event-\(next.wrappingAdd(1, ordering: .relaxed).newValue)"
      do {
        try await store.write { [now] in try $0.countFailure(event, hour: now) }
        _ = answered.withLock { $0.insert(event) }
      } catch StoreError.unavailable {
        await Task.yield()
      } catch {
        heard.withLock { $0 = error }
        throw error
      }
    }
  }
}

/// Hears only whether what is known is current, and until when.
private final class Confirmations: PolicyObserver {
  private let latest = Mutex<(isCurrent: Bool, until: ContinuousClock.Instant?)>((false, nil))

  private let revoked = Mutex<Set<String>>([])

  func apply(_ facts: PolicyFacts) { revoked.withLock { $0.formUnion(facts.revokedTokens.keys) } }
  func replace(with facts: PolicyFacts) { apply(facts) }
  func confirm(isCurrent: Bool, until: ContinuousClock.Instant?) { latest.withLock { $0 = (isCurrent, until) } }

  func wait(until isCurrent: Bool) async throws {
    while latest.withLock({ $0.isCurrent && ($0.until.map { ContinuousClock.now < $0 } ?? true) }) != isCurrent {
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  func wait(hearingOf token: String) async throws {
    while !revoked.withLock({ $0.contains(token) }) {
      try Task.checkCancellation()
      await Task.yield()
    }
  }
}
