package import Identity
package import Primitives

extension SQLTransaction: JobStore {
  package func insert(_ job: Job) throws {
    try change(
      """
      INSERT INTO jobs (
        id, kind, carries, created_at, due_at, lease_holder, lease_until, attempts, give_up_at, repeats_every, last_error, last_run_at,
        last_success_at
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """,
      [
        .id(job.id), .state(job.kind), .text(job.carries), .time(job.createdAt), .time(job.dueAt), .text(job.lease?.holder.text),
        .time(job.lease?.until), .count(job.attempts), .time(job.giveUpAt), .duration(job.repeatsEvery), .text(job.lastError),
        .time(job.lastRunAt), .time(job.lastSuccessAt),
      ])
  }

  package func job(_ id: JobID) throws -> Job? {
    try row("SELECT \(Job.columns) FROM jobs WHERE id = $1", [.id(id)], Job.init)
  }

  package func jobs(_ kind: Job.Kind?, onlyFailing: Bool, _ request: PageRequest) throws -> Page<Job> {
    let source = onlyFailing ? "(SELECT * FROM jobs WHERE attempts > 0) AS failing" : "jobs"
    return try page(
      request, "SELECT \(Job.columns) FROM \(source)", narrowedBy: [Narrowing("kind", .state(kind))], cursor: \.id.text, Job.init)
  }

  package func failingJobs() throws -> Int {
    try row("SELECT COUNT(*) FROM jobs WHERE attempts > 0") { try $0.count(0) } ?? 0
  }

  package func hasDueJobs(_ kind: Job.Kind, at now: Timestamp) throws -> Bool {
    try row(
      "SELECT id FROM jobs WHERE kind = $1 AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2) LIMIT 1",
      [.state(kind), .time(now)]
    ) { try $0.text(0) } != nil
  }

  /// The jobs are picked once, before any is changed: a subquery in the condition may be run anew for every row, and a row that this statement
  /// has changed does not count towards its limit then.
  package func takeDueJobs(
    _ kind: Job.Kind, at now: Timestamp, heldBy holder: InstanceName, until: Timestamp, limit: Int
  ) throws -> [Job] {
    try changeReturning(
      """
      WITH due AS MATERIALIZED (
        SELECT id FROM jobs
        WHERE kind = $1 AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
        ORDER BY due_at, id LIMIT $5 \(skipLocked)
      )
      UPDATE jobs SET lease_holder = $3, lease_until = $4, last_run_at = $2
      WHERE id IN (SELECT id FROM due)
      RETURNING \(Job.columns)
      """,
      [.state(kind), .time(now), .text(holder.text), .time(until), .count(max(limit, 0))], Job.init
    ).sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
  }

  package func renewLease(of id: JobID, heldBy holder: InstanceName, until: Timestamp) throws -> Bool {
    try change(
      "UPDATE jobs SET lease_until = $3 WHERE id = $1 AND lease_holder = $2", [.id(id), .text(holder.text), .time(until)]) > 0
  }

  @discardableResult
  package func releaseLease(of id: JobID, heldBy holder: InstanceName) throws -> Bool {
    try change(
      "UPDATE jobs SET lease_holder = NULL, lease_until = NULL WHERE id = $1 AND lease_holder = $2",
      [.id(id), .text(holder.text)]) > 0
  }

  package func finishJob(
    _ id: JobID, heldBy holder: InstanceName, at now: Timestamp, dueAgain next: Timestamp
  ) throws -> Bool {
    try change(
      """
      UPDATE jobs
      SET lease_holder = NULL, lease_until = NULL, attempts = 0, last_error = NULL, last_success_at = $3, due_at = $4
      WHERE id = $1 AND lease_holder = $2
      """, [.id(id), .text(holder.text), .time(now), .time(next)]) > 0
  }

  package func postponeJob(_ id: JobID, heldBy holder: InstanceName, until: Timestamp, error: String) throws -> Bool {
    try change(
      """
      UPDATE jobs SET lease_holder = NULL, lease_until = NULL, attempts = attempts + 1, last_error = $4, due_at = $3
      WHERE id = $1 AND lease_holder = $2
      """, [.id(id), .text(holder.text), .time(until), .text(error)]) > 0
  }

  package func makeJobDue(_ id: JobID, at now: Timestamp) throws -> Bool {
    let kinds = try changeReturning(
      """
      UPDATE jobs SET due_at = $2, lease_holder = NULL, lease_until = NULL
      WHERE id = $1 AND (lease_until IS NULL OR lease_until <= $2)
      RETURNING kind
      """, [.id(id), .time(now)]
    ) { Job.Kind(rawValue: try $0.text(0)) }
    if kinds.contains(.letter) { hasNewLetters = true }
    return !kinds.isEmpty
  }

  @discardableResult
  package func removeJob(_ id: JobID) throws -> Bool {
    try change("DELETE FROM jobs WHERE id = $1", [.id(id)]) > 0
  }

  package func repeatJob(
    _ kind: Job.Kind, every interval: Duration, dueAt next: Timestamp, createdAt now: Timestamp
  ) throws {
    try change(
      """
      INSERT INTO jobs (id, kind, carries, created_at, due_at, attempts, repeats_every) VALUES ($1, $2, '', $3, $4, 0, $5)
      ON CONFLICT (id) DO UPDATE SET repeats_every = excluded.repeats_every, due_at = excluded.due_at
      WHERE jobs.repeats_every IS DISTINCT FROM excluded.repeats_every
      """, [.id(kind.onlyJob), .state(kind), .time(now), .time(next), .duration(interval)])
  }

  package func takeLease(_ work: Job.Kind, at now: Timestamp, heldBy holder: InstanceName, until: Timestamp) throws -> Bool {
    try change(
      """
      INSERT INTO jobs (id, kind, carries, created_at, due_at, lease_holder, lease_until, attempts, last_run_at)
      VALUES ($1, $2, '', $3, $5, $4, $5, 0, $3)
      ON CONFLICT (id) DO UPDATE
      SET lease_holder = excluded.lease_holder, lease_until = excluded.lease_until, due_at = excluded.due_at,
        last_run_at = excluded.last_run_at
      WHERE jobs.lease_until IS NULL OR jobs.lease_until <= $3 OR jobs.lease_holder = excluded.lease_holder
      """, [.id(work.onlyJob), .state(work), .time(now), .text(holder.text), .time(until)]) > 0
  }

  package func noteFailure(of work: Job.Kind, heldBy holder: InstanceName, error: String) throws -> Bool {
    try change(
      "UPDATE jobs SET attempts = attempts + 1, last_error = $3 WHERE id = $1 AND lease_holder = $2",
      [.id(work.onlyJob), .text(holder.text), .text(error)]) > 0
  }

  package func noteSuccess(of work: Job.Kind, heldBy holder: InstanceName, at now: Timestamp) throws -> Bool {
    try change(
      "UPDATE jobs SET attempts = 0, last_error = NULL, last_success_at = $3 WHERE id = $1 AND lease_holder = $2",
      [.id(work.onlyJob), .text(holder.text), .time(now)]) > 0
  }
}

extension SQLValue {
  /// In microseconds.
  fileprivate static func duration(_ duration: Duration?) -> SQLValue { duration.map { .integer($0.microseconds) } ?? .null }
}

extension Job {
  static let columns = """
    id, kind, carries, created_at, due_at, lease_holder, lease_until, attempts, give_up_at, repeats_every, last_error, last_run_at,
    last_success_at
    """

  init(_ row: any SQLRow) throws {
    let lease: Lease? =
      if let holder = try row.optionalText(5) {
        Lease(holder: InstanceName(trusted: holder), until: try row.time(6))
      } else {
        nil
      }
    self.init(
      id: try row.id(0), kind: Kind(rawValue: try row.text(1)), carries: try row.text(2), createdAt: try row.time(3),
      dueAt: try row.time(4), lease: lease, attempts: try row.count(7), giveUpAt: try row.optionalTime(8),
      repeatsEvery: try row.isNull(9) ? nil : .microseconds(try row.integer(9)), lastError: try row.optionalText(10),
      lastRunAt: try row.optionalTime(11), lastSuccessAt: try row.optionalTime(12))
  }
}
