internal import AccessControl
internal import Primitives

/// Why a job is left as it is.
package enum JobRefusal: Error, Sendable, Hashable {
  case unknown
  /// An instance works on it at this moment.
  case underWay
  /// Standing work goes on by itself: nothing in it could be begun sooner.
  case standing
  /// Repeated work is not deleted by hand: without it the installation would go on only half looked after.
  case repeated
}

/// Makes a job due at once that failed or waits: whichever instance looks first takes it, within seconds. What it has gone through stays with it, and
/// its time to be given up too.
package struct RunJob: Sendable {
  package init() {}

  /// Needs `job:manage` in the portal.
  ///
  /// - Returns: the job as it now waits.
  /// - Throws: `JobRefusal`.
  package func callAsFunction(_ id: JobID, _ occasion: Occasion, env: Environment) async throws -> Job {
    try await env.write(occasion) { tx in
      let permit = try tx.permitInPortal(.jobManage, occasion)
      guard var job = try tx.job(id) else { throw JobRefusal.unknown }
      guard !job.isStanding else { throw JobRefusal.standing }
      guard try tx.makeJobDue(id, at: occasion.now) else { throw JobRefusal.underWay }
      try tx.record(
        .jobRun, on: job.auditName, in: permit.organization.id, occasion, details: ["kind": .string(job.kind.rawValue)])
      job.dueAt = occasion.now
      job.lease = nil
      return job
    }
  }
}

/// Gives up a job that failed or waits: a letter that nobody need get any more, or one that an operator knows to be in vain.
package struct DeleteJob: Sendable {
  package init() {}

  /// Needs `job:manage` in the portal.
  ///
  /// - Throws: `JobRefusal`.
  package func callAsFunction(_ id: JobID, _ occasion: Occasion, env: Environment) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permitInPortal(.jobManage, occasion)
      guard let job = try tx.job(id) else { throw JobRefusal.unknown }
      guard job.repeatsEvery == nil else { throw JobRefusal.repeated }
      guard !job.isLeased(at: occasion.now) else { throw JobRefusal.underWay }
      try tx.removeJob(id)
      try tx.record(
        .jobDeleted, on: job.auditName, in: permit.organization.id, occasion,
        details: ["kind": .string(job.kind.rawValue), "attempts": .integer(Int64(job.attempts))])
    }
  }
}
