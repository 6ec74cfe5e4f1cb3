internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

private let work = Job.Kind(rawValue: "test-work")
private let (one, other) = (InstanceName(trusted: "one"), InstanceName(trusted: "other"))

extension Samples {
  func job(_ kind: Job.Kind = Job.Kind(rawValue: "test-work"), dueAt: Timestamp? = nil) -> Job {
    Job(id: id(), kind: kind, carries: "v1.sealed", createdAt: now, dueAt: dueAt ?? now, giveUpAt: now + .days(3))
  }
}

extension Promise {
  static let jobs = [
    Promise("a job comes back as it was put in, with everything it can have") { bench in
      let now = bench.samples.now
      let plain = bench.samples.job()
      let full = Job(
        id: bench.samples.id(), kind: work, carries: "{}", createdAt: now, dueAt: now + .hours(1),
        lease: Lease(holder: one, until: now + .minutes(5)), attempts: 3, giveUpAt: now + .days(3), repeatsEvery: .hours(1),
        lastError: "450 later", lastRunAt: now - .minutes(1), lastSuccessAt: now - .hours(1))
      try await bench.store.write { tx throws in
        try tx.insert(plain)
        try tx.insert(full)
        #expect(try tx.job(plain.id) == plain && tx.job(full.id) == full)
        #expect(try tx.failingJobs() == 1)
        #expect(try tx.job(JobID(trusted: "none")) == nil)
      }
    },
    Promise("a taken job is one holder's until its lease ends, and then anybody's") { bench in
      let job = bench.samples.job()
      let now = bench.samples.now
      let end = now + .minutes(5)
      try await bench.store.write { tx throws in
        try tx.insert(job)
        #expect(try tx.hasDueJobs(work, at: now))
        let taken = try tx.takeDueJobs(work, at: now, heldBy: one, until: end, limit: 10)
        #expect(taken.map(\.id) == [job.id] && taken.first?.lease == Lease(holder: one, until: end))
        #expect(taken.first?.lastRunAt == now && taken.first?.carries == job.carries)
        let before = end - .microseconds(1)
        #expect(try !tx.hasDueJobs(work, at: before))
        #expect(try tx.takeDueJobs(work, at: before, heldBy: other, until: end, limit: 10).isEmpty)
        #expect(try tx.hasDueJobs(work, at: end))
        #expect(try tx.takeDueJobs(work, at: end, heldBy: other, until: end + .minutes(5), limit: 10).map(\.id) == [job.id])
        #expect(try tx.job(job.id)?.attempts == 0, "dying is not the job's failure")
      }
    },
    Promise("jobs are taken when they are due, those due longest first, and of no other kind") { bench in
      let now = bench.samples.now
      let later = bench.samples.job(dueAt: now - .minutes(1))
      let first = bench.samples.job(dueAt: now - .minutes(2))
      let early = bench.samples.job(dueAt: now + .microseconds(1))
      let foreign = bench.samples.job(Job.Kind(rawValue: "other-work"), dueAt: now - .minutes(3))
      try await bench.store.write { tx throws in
        for job in [later, first, early, foreign] { try tx.insert(job) }
        #expect(try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .hours(1), limit: 1).map(\.id) == [first.id])
        #expect(try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .hours(1), limit: 0).isEmpty)
        #expect(try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .hours(1), limit: 9).map(\.id) == [later.id])
      }
    },
    Promise("two instances never take the same job, and none stays lying") { bench in
      let jobs = (0..<30).map { _ in bench.samples.job() }
      let now = bench.samples.now
      let another = try await bench.store.openAnother(observer: nil)
      try await bench.store.write { tx in for job in jobs { try tx.insert(job) } }
      let taken = try await atOnce(20) { index in
        let (store, holder): (any ConformingStore, InstanceName) = index.isMultiple(of: 2) ? (bench.store, one) : (another, other)
        return try await store.write { tx in
          try tx.takeDueJobs(work, at: now, heldBy: holder, until: now + .minutes(5), limit: 3).map(\.id)
        }
      }
      #expect(taken.allSatisfy { $0.count <= 3 })
      // Somebody may have been passed by while others held what he looked at; one more round finds what is left.
      var ids = taken.flatMap(\.self)
      ids += try await bench.store.write { tx in
        try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .minutes(5), limit: 30).map(\.id)
      }
      #expect(ids.count == 30 && Set(ids) == Set(jobs.map(\.id)))
    },
    Promise("whoever lost a job to another can neither lengthen, give back, finish nor put off what is the other's now") {
      bench in
      let job = bench.samples.job()
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.insert(job)
        _ = try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .minutes(5), limit: 1)
        #expect(try tx.renewLease(of: job.id, heldBy: one, until: now + .minutes(8)))
        _ = try tx.takeDueJobs(work, at: now + .minutes(8), heldBy: other, until: now + .minutes(20), limit: 1)
        let held = try tx.job(job.id)
        #expect(held?.lease == Lease(holder: other, until: now + .minutes(20)))
        #expect(try !tx.renewLease(of: job.id, heldBy: one, until: now + .hours(1)))
        #expect(try !tx.releaseLease(of: job.id, heldBy: one))
        #expect(try !tx.finishJob(job.id, heldBy: one, at: now, dueAgain: now))
        #expect(try !tx.postponeJob(job.id, heldBy: one, until: now, error: "late"))
        #expect(try tx.job(job.id) == held)
        #expect(try tx.releaseLease(of: job.id, heldBy: other))
        #expect(try tx.hasDueJobs(work, at: now))
      }
    },
    Promise("a failure is counted, told and puts the job off; a success forgets it") { bench in
      let job = bench.samples.job()
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.insert(job)
        for attempt in 1...2 {
          _ = try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .minutes(5), limit: 1)
          #expect(try tx.postponeJob(job.id, heldBy: one, until: now, error: "failure \(attempt)"))
        }
        let failed = try tx.job(job.id)
        #expect(failed?.attempts == 2 && failed?.lastError == "failure 2" && failed?.lease == nil)
        #expect(try tx.failingJobs() == 1)
        #expect(try tx.jobs(nil, onlyFailing: true, PageRequest()).items.map(\.id) == [job.id])
        _ = try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .minutes(5), limit: 1)
        #expect(try tx.finishJob(job.id, heldBy: one, at: now + .seconds(1), dueAgain: now + .hours(1)))
        let done = try tx.job(job.id)
        #expect(done?.attempts == 0 && done?.lastError == nil && done?.lease == nil)
        #expect(done?.lastSuccessAt == now + .seconds(1) && done?.dueAt == now + .hours(1))
        #expect(try tx.failingJobs() == 0 && tx.jobs(nil, onlyFailing: true, PageRequest()).items.isEmpty)
        #expect(try tx.removeJob(job.id) && !tx.removeJob(job.id))
      }
    },
    Promise("repeated work is there once, and stays as it is until its interval changes") { bench in
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.repeatJob(work, every: .hours(1), dueAt: now, createdAt: now)
        _ = try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .minutes(5), limit: 1)
        let held = try tx.job(work.onlyJob)
        try tx.repeatJob(work, every: .hours(1), dueAt: now + .hours(9), createdAt: now + .hours(9))
        #expect(try tx.job(work.onlyJob) == held && held?.repeatsEvery == .hours(1))
        try tx.repeatJob(work, every: .hours(2), dueAt: now + .hours(3), createdAt: now + .hours(9))
        let changed = try tx.job(work.onlyJob)
        #expect(changed?.repeatsEvery == .hours(2) && changed?.dueAt == now + .hours(3))
        #expect(changed?.createdAt == now && changed?.lease == held?.lease)
      }
    },
    Promise("the lease of standing work is one holder's while it lasts, and free to whoever asks first when it has run out") {
      bench in
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        #expect(try tx.takeLease(work, at: now, heldBy: one, until: now + .seconds(30)))
        #expect(try !tx.takeLease(work, at: now + .seconds(29), heldBy: other, until: now + .seconds(59)))
        #expect(try tx.takeLease(work, at: now + .seconds(29), heldBy: one, until: now + .seconds(59)), "it is ours already")
        #expect(try tx.job(work.onlyJob)?.lease == Lease(holder: one, until: now + .seconds(59)))
        #expect(try tx.job(work.onlyJob)?.dueAt == now + .seconds(59) && tx.job(work.onlyJob)?.createdAt == now)
        #expect(try tx.takeLease(work, at: now + .seconds(59), heldBy: other, until: now + .seconds(89)))
        #expect(try tx.releaseLease(of: work.onlyJob, heldBy: other))
        #expect(try tx.takeLease(work, at: now + .seconds(60), heldBy: one, until: now + .seconds(90)))
      }
      let another = try await bench.store.openAnother(observer: nil)
      let won = try await atOnce(20) { index in
        let store: any ConformingStore = index.isMultiple(of: 2) ? bench.store : another
        return try await store.write { tx in
          let holder = InstanceName(trusted: "instance \(index)")
          return try tx.takeLease(work, at: now + .seconds(90), heldBy: holder, until: now + .seconds(120))
        }
      }
      #expect(won.count { $0 } == 1)
    },
    Promise("jobs are listed page by page, all or of one kind") { bench in
      let jobs = (0..<5).map { _ in bench.samples.job() }
      let foreign = bench.samples.job(Job.Kind(rawValue: "other-work"))
      try await bench.store.write { tx throws in
        for job in jobs { try tx.insert(job) }
        try tx.insert(foreign)
        let first = try tx.jobs(work, onlyFailing: false, PageRequest(limit: 3))
        let second = try tx.jobs(work, onlyFailing: false, PageRequest(limit: 3, after: first.next))
        #expect((first.items + second.items).map(\.id) == jobs.map(\.id).sorted() && second.next == nil)
        #expect(try tx.jobs(nil, onlyFailing: false, PageRequest()).items.count == 6)
      }
    },
    Promise("a job is made due unless somebody holds it, and a letter that was rings the bell") { bench in
      let now = bench.samples.now
      let job = bench.samples.job(dueAt: now + .hours(1))
      let letter = bench.samples.letter()
      try await bench.store.write { tx throws in
        try tx.insert(job)
        #expect(try tx.makeJobDue(job.id, at: now))
        #expect(try tx.job(job.id)?.dueAt == now)
        _ = try tx.takeDueJobs(work, at: now, heldBy: one, until: now + .minutes(5), limit: 1)
        #expect(try !tx.makeJobDue(job.id, at: now + .minutes(1)))
        #expect(try tx.makeJobDue(job.id, at: now + .minutes(5)))
        #expect(try tx.job(job.id)?.lease == nil && tx.job(job.id)?.dueAt == now + .minutes(5))
        #expect(try !tx.makeJobDue(JobID(trusted: "none"), at: now))
      }
      try await bench.store.write { tx in _ = try tx.makeJobDue(job.id, at: now + .minutes(6)) }
      try await bench.store.write { try $0.enqueue(letter) }
      var listener = bench.bell.rings.makeAsyncIterator()
      await listener.next()
      try await bench.store.write { tx in _ = try tx.makeJobDue(job.id, at: now + .minutes(7)) }
      #expect(bench.bell.ring(), "nobody rang before")
      await listener.next()
      try await bench.store.write { tx in _ = try tx.makeJobDue(JobID(trusted: letter.id.text), at: now) }
      #expect(!bench.bell.ring(), "the store rang")
    },
    Promise(
      "standing work keeps its lease when it fails, counts that, and forgets it when it succeeds; nobody but its holder says so"
    ) {
      bench in
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        #expect(try !tx.noteFailure(of: work, heldBy: one, error: "early"))
        _ = try tx.takeLease(work, at: now, heldBy: one, until: now + .seconds(30))
        #expect(try !tx.noteFailure(of: work, heldBy: other, error: "not mine"))
        #expect(try tx.noteFailure(of: work, heldBy: one, error: "first"))
        #expect(try tx.noteFailure(of: work, heldBy: one, error: "second"))
        let failing = try tx.job(work.onlyJob)
        #expect(failing?.attempts == 2 && failing?.lastError == "second" && failing?.lease?.holder == one)
        #expect(try tx.failingJobs() == 1)
        #expect(try !tx.noteSuccess(of: work, heldBy: other, at: now))
        #expect(try tx.noteSuccess(of: work, heldBy: one, at: now + .seconds(1)))
        let well = try tx.job(work.onlyJob)
        #expect(well?.attempts == 0 && well?.lastError == nil && well?.lastSuccessAt == now + .seconds(1))
      }
    },
  ]
}
