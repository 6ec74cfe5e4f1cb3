internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let jobs: [Operation] = [
    .list(
      "/jobs", "listJobs", "List the work that waits or is repeated, such as letters, clean-up and key rotation.",
      needs: .permission(.auditView, in: .portal),
      query: [
        Parameter(name: "kind", schema: .text(1...64), about: "Of this kind: `letter`, `clean-up`, `key-rotation` …"),
        Parameter(name: "state", schema: .word(["failing"]), about: "`failing`: what failed since it last succeeded."),
      ]
    ) { call in
      let jobs = try await ListJobs()(
        call.query["kind"].map(Job.Kind.init), onlyFailing: call.query["state"] != nil, call.page, call.occasion, env: call.env)
      let now = call.occasion.now
      return Management.Page(jobs) { Management.Job($0, at: now) }
    },
    .act(
      "/jobs/{job}/run", "runJob",
      "Make a job due at once that failed or waits. Whichever instance looks first takes it, within seconds.",
      needs: .permission(.jobManage, in: .portal)
    ) { call in
      Management.Job(try await RunJob()(try call.id("job"), call.occasion, env: call.env), at: call.occasion.now)
    },
    .remove(
      "/jobs/{job}", "deleteJob", "Give up a job that failed or waits. Repeated work cannot be deleted.",
      needs: .permission(.jobManage, in: .portal)
    ) { call in
      try await DeleteJob()(try call.id("job"), call.occasion, env: call.env)
    },
  ]
}

extension JobRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .underWay: ManagementRefusal(.state, "An instance works on it at this moment.")
    case .standing: ManagementRefusal(.state, "This work goes on all the time.")
    case .repeated: ManagementRefusal(.state, "This work is repeated for as long as its setting says so.")
    }
  }
}

extension Management.Job: Described {
  static let message = Message(
    "Job", "Work that one instance does for all of them. It tells neither whom a letter goes to nor what it says.",
    [
      .required("id", .id, "For a letter the one that the audit trail names."),
      .required("kind", .line, "`letter`, `clean-up`, `key-rotation` …"),
      .required("created_at", .time, "When it was first wanted."), .required("due_at", .time, "When it is to be done next."),
      .required("attempts", .count, "How often it failed since it last succeeded."),
      .optional("last_error", .line, "Why it failed last."), .optional("last_run_at", .time, "When it was taken up last."),
      .optional("last_success_at", .time, "When repeated work last succeeded."),
      .optional("give_up_at", .time, "When nobody tries any more."),
      .optional(
        "repeats_every_seconds", .count, "How long after a success it is due again; absent for work that is done once."),
      .optional("lease", .message(Management.Lease.message), "Who works on it; absent when nobody does."),
    ])

  /// - Parameter now: a lease that has run out by then is none.
  init(_ job: Job, at now: Timestamp) {
    self.init(
      id: job.id.text, kind: job.kind.rawValue, createdAt: job.createdAt.rfc3339, dueAt: job.dueAt.rfc3339,
      attempts: job.attempts,
      lastError: job.lastError.map { LogText.line($0) }, lastRunAt: job.lastRunAt?.rfc3339,
      lastSuccessAt: job.lastSuccessAt?.rfc3339, giveUpAt: job.giveUpAt?.rfc3339, repeatsEvery: job.repeatsEvery?.wholeSeconds,
      lease: job.isLeased(at: now) ? job.lease.map(Management.Lease.init) : nil)
  }
}

extension Management.Lease: Described {
  static let message = Message(
    "Lease", "One instance's right to a job. After its end, another may take the job over.",
    [
      .required("holder", .line, "The machine's name, and a part that is new each time the instance starts."),
      .required("until", .time, "When it ends, if the instance gives no sign of life."),
    ])

  init(_ lease: Lease) { self.init(holder: lease.holder.text, until: lease.until.rfc3339) }
}
