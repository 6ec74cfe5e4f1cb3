package import Primitives

/// The jobs: work that one instance at a time does for all of them, under a lease.
///
/// Whatever a call names `heldBy` changes nothing, and says so, when that instance is not the holder any more.
package protocol JobStore {
  /// Adds a job. Its lease, where it has one, counts.
  func insert(_ job: Job) throws
  func job(_ id: JobID) throws -> Job?
  /// In the order of their ids, which for work done once is by age.
  ///
  /// - Parameters:
  ///   - kind: nil for every kind.
  ///   - onlyFailing: leaves out what did not fail since it last succeeded.
  func jobs(_ kind: Job.Kind?, onlyFailing: Bool, _ page: PageRequest) throws -> Page<Job>
  /// How many jobs failed since they last succeeded.
  func failingJobs() throws -> Int

  /// Whether `takeDueJobs` would find one. For looking before writing.
  func hasDueJobs(_ kind: Job.Kind, at now: Timestamp) throws -> Bool
  /// Takes jobs of a kind that are due and that nobody holds, at most `limit`, those due longest first: one conditional write. Of any number of
  /// instances that ask at once, each job goes to one.
  func takeDueJobs(_ kind: Job.Kind, at now: Timestamp, heldBy holder: InstanceName, until: Timestamp, limit: Int) throws -> [Job]
  /// Lengthens the lease while it has not passed to another, even when it has run out.
  func renewLease(of id: JobID, heldBy holder: InstanceName, until: Timestamp) throws -> Bool
  /// Gives the job back as it was, due as before.
  @discardableResult
  func releaseLease(of id: JobID, heldBy holder: InstanceName) throws -> Bool
  /// It succeeded, and is due again at `next`; failures before are forgotten.
  func finishJob(_ id: JobID, heldBy holder: InstanceName, at now: Timestamp, dueAgain next: Timestamp) throws -> Bool
  /// It failed: `attempts` goes up by one, and it is due again at `until`.
  ///
  /// - Parameter error: words for operators, without secrets and addresses.
  func postponeJob(_ id: JobID, heldBy holder: InstanceName, until: Timestamp, error: String) throws -> Bool
  /// Makes it due at a moment, unless somebody holds it then.
  func makeJobDue(_ id: JobID, at now: Timestamp) throws -> Bool
  /// Work that is done once is done, or given up; repeated work is switched off.
  ///
  /// - Returns: false when it was gone already.
  @discardableResult
  func removeJob(_ id: JobID) throws -> Bool

  /// Makes sure of the one job of a kind that is done every `interval`. One that is there stays as it is, unless it had another interval: then it
  /// is due at `next`.
  func repeatJob(_ kind: Job.Kind, every interval: Duration, dueAt next: Timestamp, createdAt now: Timestamp) throws

  /// Takes the lease of standing work, or lengthens it: one conditional write. The job is due when the lease ends, so one that has been due for
  /// long is done by nobody. `StandingLease` looks first, so that standing by costs no writes.
  ///
  /// - Returns: true when it was free, had run out, or was this holder's already.
  func takeLease(_ work: Job.Kind, at now: Timestamp, heldBy holder: InstanceName, until: Timestamp) throws -> Bool
  /// Standing work failed in its holder's hands: `attempts` goes up by one, and the lease stays.
  ///
  /// - Parameter error: words for operators, without secrets and addresses.
  func noteFailure(of work: Job.Kind, heldBy holder: InstanceName, error: String) throws -> Bool
  /// Standing work succeeded in its holder's hands: failures before, whoever's, are forgotten.
  func noteSuccess(of work: Job.Kind, heldBy holder: InstanceName, at now: Timestamp) throws -> Bool
}
