internal import Identity
internal import Logging
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(1))) struct DoingRepeatedWork {
  private static let kind = Job.Kind(rawValue: "test-work")

  @Test func `of several instances one does what is due, and again after the interval`() async throws {
    let world = try await TestWorld.make()
    let done = Done()
    let runners = (1...3).map { runner("instance \($0)", done.work(in: world), in: world) }
    for runner in runners { try await runner.prepare() }
    for _ in 1...2 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for runner in runners { group.addTask { try await runner.doDue() } }
        try await group.waitForAll()
      }
    }
    #expect(done.count == 1)
    world.clock.advance(by: .hours(1) - .microseconds(1))
    for runner in runners { try await runner.doDue() }
    #expect(done.count == 1)
    world.clock.advance(by: .microseconds(1))
    for runner in runners { try await runner.doDue() }
    #expect(done.count == 2)
    let job = try await job(in: world)
    #expect(job?.attempts == 0 && job?.lastSuccessAt == world.clock.now() && job?.lease == nil)
    #expect(job?.dueAt == world.clock.now() + .hours(1))
  }

  @Test func `work whose instance died is begun anew by another once the lease has ended`() async throws {
    let world = try await TestWorld.make()
    let (hung, done) = (Hung(), Done())
    let dead = runner("dead", hung.work(in: world), in: world)
    let alive = runner("alive", done.work(in: world), in: world)
    try await dead.prepare()
    // It never comes back from its step, which to the others is as good as dead.
    let dying = Task { try await dead.doDue() }
    await hung.waitUntilItBegins()
    world.clock.advance(by: JobRunner.lease - .microseconds(1))
    try await alive.doDue()
    #expect(done.count == 0)
    #expect(try await job(in: world)?.lease?.holder.text == "dead")
    world.clock.advance(by: .microseconds(1))
    try await alive.doDue()
    #expect(done.count == 1)
    let after = try await job(in: world)
    // When it does come back it finds its lease gone, and leaves the job as the other left it.
    hung.letGo()
    try await dying.value
    #expect(hung.wasStopped)
    #expect(try await job(in: world) == after)
  }

  @Test func `work that goes on keeps its lease, however long it takes`() async throws {
    let world = try await TestWorld.make()
    let done = Done()
    let other = runner("other", done.work(in: world), in: world)
    let long = RepeatedWork(Self.kind, every: .hours(1), firstDue: { _, now in now }) { held in
      for _ in 1...5 {
        world.clock.advance(by: .minutes(4))
        try await held.goOn()
        try await other.doDue()
      }
      return world.clock.now() + .hours(1)
    }
    let runner = runner("long", long, in: world)
    try await runner.prepare()
    try await runner.doDue()
    #expect(done.count == 0)
    #expect(try await job(in: world)?.lastSuccessAt == world.clock.now())
  }

  @Test func `failing work shows why, is tried again ever more slowly, and forgets it once it succeeds`() async throws {
    struct NoRoom: Error { let secret = "pa55word" }
    let world = try await TestWorld.make()
    let failures = Mutex(3)
    let attempts = Mutex(0)
    let runner = runner(
      "instance",
      RepeatedWork(Self.kind, every: .hours(1), firstDue: { _, now in now }) { _ in
        attempts.withLock { $0 += 1 }
        let fails = failures.withLock { left in
          left -= 1
          return left >= 0
        }
        if fails { throw NoRoom() }
        return world.clock.now() + .hours(1)
      }, in: world)
    try await runner.prepare()
    for (index, minutes) in [1, 2, 4].enumerated() {
      try await runner.doDue()
      let job = try #require(await job(in: world))
      #expect(job.attempts == index + 1 && job.lastError == "NoRoom" && job.lease == nil)
      #expect(job.dueAt == world.clock.now() + .minutes(Int64(minutes)))
      #expect(try await world.store.read { tx in try tx.failingJobs() } == 1)
      world.clock.advance(by: .minutes(Int64(minutes)))
    }
    try await runner.doDue()
    #expect(attempts.withLock { $0 } == 4)
    let job = try #require(await job(in: world))
    #expect(job.attempts == 0 && job.lastError == nil)
    #expect(try await world.store.read { tx in try tx.failingJobs() } == 0)
  }

  @Test func `a stop gives the work in hand back to the others`() async throws {
    let world = try await TestWorld.make()
    let (hung, done) = (Hung(), Done())
    let stopped = runner("stopped", hung.work(in: world), in: world)
    try await stopped.prepare()
    let running = Task { await stopped.run(every: .hours(1)) }
    await hung.waitUntilItBegins()
    running.cancel()
    hung.letGo()
    await running.value
    #expect(try await job(in: world)?.lease == nil)
    #expect(try await job(in: world)?.attempts == 0, "being stopped is no failure")
    try await runner("other", done.work(in: world), in: world).doDue()
    #expect(done.count == 1)
  }

  @Test func `an instance that finds nothing due writes nothing`() async throws {
    let world = try await TestWorld.make()
    let env = world.env
    let store = CountedWrites(env.store)
    let counted = env.over(store)
    let idle = JobRunner(
      work: [Done().work(in: world), .keyRotation(every: .days(90), env: counted)], switchedOff: [],
      holder: InstanceName(trusted: "idle"), environment: counted, logger: world.log.logger)
    try await idle.prepare()
    try await idle.doDue()
    let before = store.count
    for _ in 1...5 { try await idle.doDue() }
    #expect(store.count == before)
  }

  @Test func `work that is switched off has no job any more`() async throws {
    let world = try await TestWorld.make()
    try await runner("instance", Done().work(in: world), in: world).prepare()
    #expect(try await job(in: world) != nil)
    let without = JobRunner(
      work: [], switchedOff: [Self.kind], holder: InstanceName(trusted: "instance"), environment: world.env,
      logger: world.log.logger)
    try await without.prepare()
    #expect(try await job(in: world) == nil)
  }

  @Test(.threat("KEY2")) func `keys are rotated on schedule, once for all instances, and nothing is half done when one dies`()
    async throws
  {
    let world = try await TestWorld.make()
    let before = try await world.store.read { tx in try tx.signingKeys() }
    let rotation = RepeatedWork.keyRotation(every: .days(90), env: world.env)
    let runners = ["one", "other"].map { runner($0, rotation, in: world) }
    for runner in runners {
      try await runner.prepare()
      try await runner.doDue()
    }
    #expect(try await world.store.read { tx in try tx.signingKeys() } == before, "they are young")
    #expect(try await job(rotation.kind, in: world)?.dueAt == world.clock.now() + .days(90))
    world.clock.advance(by: .days(90))
    // One instance takes the job and dies before its commit.
    let now = world.clock.now()
    let dead = try await world.store.write { tx in
      try tx.takeDueJobs(rotation.kind, at: now, heldBy: InstanceName(trusted: "dead"), until: now + JobRunner.lease, limit: 1)
    }
    #expect(dead.count == 1)
    for runner in runners { try await runner.doDue() }
    #expect(try await world.store.read { tx in try tx.signingKeys() } == before)
    world.clock.advance(by: JobRunner.lease)
    for runner in runners { try await runner.doDue() }
    #expect(try await world.store.read { tx in try tx.signingKeys().count } == 4)
    #expect(try await job(rotation.kind, in: world)?.dueAt == world.clock.now() + .days(90))
    #expect(try await world.audit(.signingKeyRetired).allSatisfy { $0.actor == "command:key-rotation" })
  }

  @Test func `cleaning up is such work, and lengthens its lease between batches`() async throws {
    let world = try await TestWorld.make()
    let runner = runner("instance", .cleanUp(every: .hours(1), env: world.env), in: world)
    try await runner.prepare()
    try await runner.doDue()
    #expect(try await job(.cleanUp, in: world)?.lastSuccessAt == world.clock.now())
    struct Stop: Error {}
    await #expect(throws: Stop.self) { try await CleanUp()(env: world.env, betweenBatches: { throw Stop() }) }
  }

  // MARK: what is run

  private func runner(_ name: String, _ work: RepeatedWork, in world: TestWorld) -> JobRunner {
    JobRunner(
      work: [work], switchedOff: [], holder: InstanceName(trusted: name), environment: world.env, logger: world.log.logger)
  }

  private func job(_ kind: Job.Kind = kind, in world: TestWorld) async throws -> Job? {
    try await world.store.read { tx in try tx.job(kind.onlyJob) }
  }

  /// Counts how often it is done.
  private final class Done: Sendable {
    private let counter = Mutex(0)
    var count: Int { counter.withLock { $0 } }

    func work(in world: TestWorld) -> RepeatedWork {
      RepeatedWork(DoingRepeatedWork.kind, every: .hours(1), firstDue: { _, now in now }) { [self] _ in
        counter.withLock { $0 += 1 }
        return world.clock.now() + .hours(1)
      }
    }
  }

  /// Stands still in its first step until it is let go, and then wants to go on.
  private final class Hung: Sendable {
    private let (begins, begin) = AsyncStream.makeStream(of: Void.self)
    private let (releases, release) = AsyncStream.makeStream(of: Void.self)
    private let stopped = Mutex(false)

    var wasStopped: Bool { stopped.withLock { $0 } }

    func work(in world: TestWorld) -> RepeatedWork {
      RepeatedWork(DoingRepeatedWork.kind, every: .hours(1), firstDue: { _, now in now }) { [self] held in
        begin.yield()
        var iterator = releases.makeAsyncIterator()
        await iterator.next()
        do { try await held.goOn() } catch {
          stopped.withLock { $0 = true }
          throw error
        }
        return world.clock.now() + .hours(1)
      }
    }

    func waitUntilItBegins() async {
      var iterator = begins.makeAsyncIterator()
      await iterator.next()
    }

    func letGo() { release.yield() }
  }
}
