internal import Identity
internal import Logging
internal import Primitives

/// Does the repeated work of all instances, one after another: whichever of them looks first when something is due.
///
/// When an instance dies at its work, another begins it anew after `lease`.
struct JobRunner: Sendable {
  /// How long a job is nobody else's without a sign of life. No step of a work may take as long.
  static let lease: Duration = .minutes(5)

  let work: [RepeatedWork]
  /// What an earlier configuration had done.
  let switchedOff: [Job.Kind]
  let holder: InstanceName
  let environment: Environment
  let logger: Logger

  /// Until the task is cancelled; then the work in hand stops after its step, and is given back.
  ///
  /// - Parameter round: how often to look for what is due. Looking writes nothing.
  func run(every round: Duration) async {
    var isPrepared = false
    while !Task.isCancelled {
      do {
        if !isPrepared { try await prepare() }
        isPrepared = true
        try await doDue()
      } catch {
        logger.error("the jobs cannot be used", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: round)
    }
  }

  /// Makes sure that every work has its job.
  func prepare() async throws {
    let now = environment.clock()
    try await environment.store.write { [work, switchedOff] tx in
      for work in work {
        try tx.repeatJob(work.kind, every: work.interval, dueAt: try work.firstDue(tx, now), createdAt: now)
      }
      for kind in switchedOff { try tx.removeJob(kind.onlyJob) }
    }
  }

  /// Does what is due and nobody else does.
  func doDue() async throws {
    for work in work where !Task.isCancelled {
      let now = environment.clock()
      guard try await environment.store.read({ tx in try tx.hasDueJobs(work.kind, at: now) }) else { continue }
      let lease = Lease(holder: holder, until: now + Self.lease)
      let taken = try await environment.store.write { tx in
        try tx.takeDueJobs(work.kind, at: now, heldBy: lease.holder, until: lease.until, limit: 1).first
      }
      if let taken { try await perform(work, taken, lease) }
    }
  }

  private func perform(_ work: RepeatedWork, _ job: Job, _ lease: Lease) async throws {
    let held = HeldJob(job.id, heldBy: lease, lasting: Self.lease, env: environment)
    do {
      let next = try await work.perform(held)
      let now = environment.clock()
      logger.debug("job done", metadata: ["job": "\(job.kind.rawValue)", "next": "\(next.rfc3339)"])
      try await write { [holder] tx in try tx.finishJob(job.id, heldBy: holder, at: now, dueAgain: next) }
    } catch is CancellationError {
      try await write { [holder] tx in try tx.releaseLease(of: job.id, heldBy: holder) }
    } catch is LeaseLost {
      logger.notice("job left to another instance", metadata: ["job": "\(job.kind.rawValue)"])
    } catch {
      let now = environment.clock()
      let next = min(RetrySchedule.nextAttempt(afterFailures: job.attempts, at: now), now + work.interval)
      logger.warning(
        "job failed", metadata: ["job": "\(job.kind.rawValue)", "error": "\(error)", "next": "\(next.rfc3339)"])
      let words = JobFailure.words(error)
      try await write { [holder] tx in try tx.postponeJob(job.id, heldBy: holder, until: next, error: words) }
    }
  }

  /// Writes even when we are being stopped: a store may refuse the writes of a cancelled task, and the others would wait for the lease to end.
  private func write(_ body: @escaping @Sendable (any Transaction) throws -> Bool) async throws {
    _ = try await Task { [environment] in try await environment.store.write(body) }.value
  }
}
