package import Primitives

package enum JobTag {}
package typealias JobID = Identifier<JobTag>

/// Work that one instance does for all of them: a letter to carry, the clean-up of every hour.
///
/// Whoever works holds a lease. When it runs out, because its holder died or hangs, the job is anybody's again; so every job is done at least
/// once, and must bear being done twice.
package struct Job: Sendable, Hashable {
  /// What is to be done. A kind that this version does not know is a newer version's, and is left to it.
  package struct Kind: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
  }

  package let id: JobID
  package let kind: Kind
  /// What its worker must know beside the id; secrets sealed. Shown to nobody.
  package let carries: String
  package let createdAt: Timestamp
  package var dueAt: Timestamp
  package var lease: Lease?
  /// Failures since it last succeeded.
  package var attempts: Int
  /// When to stop trying; nil for never.
  package let giveUpAt: Timestamp?
  /// How long after a success it is due again; nil for work that is done once.
  package let repeatsEvery: Duration?
  /// Why the last attempt failed, in words for operators; nil after a success.
  package var lastError: String?
  /// When it was taken up last.
  package var lastRunAt: Timestamp?
  package var lastSuccessAt: Timestamp?

  package init(
    id: JobID, kind: Kind, carries: String = "", createdAt: Timestamp, dueAt: Timestamp, lease: Lease? = nil, attempts: Int = 0,
    giveUpAt: Timestamp? = nil, repeatsEvery: Duration? = nil, lastError: String? = nil, lastRunAt: Timestamp? = nil,
    lastSuccessAt: Timestamp? = nil
  ) {
    self.id = id
    self.kind = kind
    self.carries = carries
    self.createdAt = createdAt
    self.dueAt = dueAt
    self.lease = lease
    self.attempts = attempts
    self.giveUpAt = giveUpAt
    self.repeatsEvery = repeatsEvery
    self.lastError = lastError
    self.lastRunAt = lastRunAt
    self.lastSuccessAt = lastSuccessAt
  }

  /// Whether somebody holds it at this moment.
  package func isLeased(at now: Timestamp) -> Bool { lease.map { now < $0.until } ?? false }

  /// Whether it is a lease alone, of work that goes on all the time (`StandingLease`).
  package var isStanding: Bool { id == kind.onlyJob && repeatsEvery == nil }

  var auditName: String { "job:\(id)" }
}

extension Job.Kind {
  /// The name of the one job of a kind that is there once: repeated and standing work.
  package var onlyJob: JobID { JobID(trusted: rawValue) }
}

/// One instance's right to a job, until a moment by the clock of whoever asks. The clocks of instances must agree far better than the shortest
/// lease is long; a work that must never be done by two proves its lease in the transaction that counts (`JobStore.renewLease`).
package struct Lease: Sendable, Hashable {
  package let holder: InstanceName
  package let until: Timestamp

  package init(holder: InstanceName, until: Timestamp) {
    self.holder = holder
    self.until = until
  }
}
