package import Primitives

/// Work that goes on all the time and that one instance does for all of them: whoever holds the lease works, the others stand by and take over
/// when it runs out.
///
/// Asked before every piece of work. It writes only to take the lease, and to lengthen it when less than half is left: an instance that stands
/// by reads.
package struct StandingLease: Sendable {
  package let work: Job.Kind
  package let holder: InstanceName
  /// How long after the holder's death another takes over, at most. Several times longer than one piece of work may take.
  package let length: Duration

  package init(_ work: Job.Kind, for holder: InstanceName, lasting length: Duration) {
    self.work = work
    self.holder = holder
    self.length = length
  }

  /// - Returns: whether this instance may work now.
  package func take(at now: Timestamp, from store: any Store) async throws -> Bool {
    let lease = try await store.read { [work] tx in try tx.job(work.onlyJob)?.lease }
    if let lease, now < lease.until {
      guard lease.holder == holder else { return false }
      if lease.until - now > length / 2 { return true }
    }
    return try await store.write { [self] tx in try tx.takeLease(work, at: now, heldBy: holder, until: now + length) }
  }

  /// Tells operators why the work failed (`ListJobs`). Writes only when it is another reason than the last, however often the work is tried.
  package func failed(_ error: any Error, in store: any Store) async throws {
    let words = JobFailure.words(error)
    guard try await store.read({ [work] tx in try tx.job(work.onlyJob)?.lastError }) != words else { return }
    _ = try await store.write { [self] tx in try tx.noteFailure(of: work, heldBy: holder, error: words) }
  }

  /// Takes earlier failures back, whichever instance they were of. Writes only when there are any.
  package func succeeded(at now: Timestamp, in store: any Store) async throws {
    guard let job = try await store.read({ [work] tx in try tx.job(work.onlyJob) }), job.attempts > 0 else { return }
    _ = try await store.write { [self] tx in try tx.noteSuccess(of: work, heldBy: holder, at: now) }
  }

  /// Lets go of it, so that nobody has to wait for its end. Nothing when another holds it.
  package func giveBack(to store: any Store) async throws {
    _ = try await store.write { [self] tx in try tx.releaseLease(of: work.onlyJob, heldBy: holder) }
  }
}
