internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct JobsOverTheAPI {
  @Test func `an operator sees what waits and what is repeated, how old it is, who has it and why it failed`() async throws {
    let test = try await ManagementWorld()
    let now = test.world.clock.now()
    let holder = InstanceName(trusted: "node-7-0123456789")
    try await test.world.store.write { tx in
      try tx.repeatJob(.cleanUp, every: .hours(1), dueAt: now, createdAt: now)
      _ = try tx.takeDueJobs(.cleanUp, at: now, heldBy: holder, until: now + .minutes(5), limit: 1)
      try tx.insert(
        Job(
          id: JobID(trusted: "01failing"), kind: .letter, carries: "v1.sealed", createdAt: now - .hours(2),
          dueAt: now + .hours(1),
          lease: Lease(holder: holder, until: now), attempts: 3, giveUpAt: now + .days(3), lastError: "RCPT answered\n450",
          lastRunAt: now - .minutes(1)))
    }
    let all = try await test.call("GET", "/jobs", as: test.operatorOfPortal)
    #expect(all.status == 200 && all["items"]?.arrayValue?.count == 2)
    #expect(all["items", "0", "id"] == "01failing" && all["items", "0", "kind"] == "letter")
    #expect(all["items", "0", "created_at"]?.stringValue == (now - .hours(2)).rfc3339)
    #expect(all["items", "0", "due_at"]?.stringValue == (now + .hours(1)).rfc3339)
    #expect(all["items", "0", "give_up_at"]?.stringValue == (now + .days(3)).rfc3339)
    #expect(all["items", "0", "attempts"] == 3 && all["items", "0", "last_error"] == #"RCPT answered\n450"#)
    #expect(all["items", "0", "lease"] == nil, "it has run out")
    #expect(all["items", "1", "id"] == "clean-up" && all["items", "1", "repeats_every_seconds"] == 3_600)
    #expect(all["items", "1", "last_run_at"]?.stringValue == now.rfc3339)
    #expect(all["items", "1", "lease", "holder"] == "node-7-0123456789")
    #expect(all["items", "1", "lease", "until"]?.stringValue == (now + .minutes(5)).rfc3339)
    #expect(!all.http.text.contains("sealed"))
    let failing = try await test.call("GET", "/jobs?state=failing", as: test.operatorOfPortal)
    #expect(failing["items"]?.arrayValue?.count == 1 && failing["items", "0", "id"] == "01failing")
    let ofKind = try await test.call("GET", "/jobs?kind=clean-up&limit=1", as: test.operatorOfPortal)
    #expect(ofKind["items"]?.arrayValue?.count == 1 && ofKind["items", "0", "id"] == "clean-up")
    #expect(try await test.call("GET", "/jobs?state=sleeping", as: test.operatorOfPortal).status == 400)
  }

  @Test(.threat("LOG2")) func `a letter that waits tells neither its reader nor what it says`() async throws {
    let test = try await ManagementWorld()
    try await SignUp()(
      SignUp.Request(
        email: EmailAddress(stored: "ada@private.test"), name: PersonName(storedFirst: "Augusta", last: "King"),
        language: .english, country: nil),
      password: Password(TestWorld.password), test.world.occasion(), env: test.world.env)
    let jobs = try await test.call("GET", "/jobs?kind=letter", as: test.operatorOfPortal)
    #expect(jobs["items"]?.arrayValue?.count == 1)
    for word in ["ada", "private", "Augusta", "King", "sealed", "confirm"] { #expect(!jobs.http.text.contains(word)) }
  }

  @Test func `an operator tries a job at once or deletes it, and both are recorded`() async throws {
    let test = try await ManagementWorld()
    let now = test.world.clock.now()
    let failed = job("01failed", dueAt: now + .hours(1), attempts: 5)
    let vain = job("01vain", dueAt: now + .hours(1), attempts: 1)
    try await test.world.store.write { tx in
      try tx.insert(failed)
      try tx.insert(vain)
    }
    let run = try await test.call("POST", "/jobs/01failed/run", as: test.operatorOfPortal)
    #expect(run.status == 200 && run["due_at"]?.stringValue == now.rfc3339 && run["attempts"] == 5)
    let deleted = try await test.call("DELETE", "/jobs/01vain", as: test.operatorOfPortal)
    #expect(deleted.status == 204)
    try await test.world.store.read { tx throws in
      var due = failed
      due.dueAt = now
      #expect(try tx.job(failed.id) == due)
      #expect(try tx.job(vain.id) == nil)
    }
    for (event, object) in [(AuditEvent.jobRun, "job:01failed"), (.jobDeleted, "job:01vain")] {
      let entries = try await test.world.audit(event)
      #expect(entries.map(\.object) == [object] && entries.first?.details?["kind"] == "letter")
      #expect(entries.first?.actor.hasPrefix("account:\(test.operatorOfPortal.id)") == true)
    }
  }

  @Test func `what an instance works on, what goes on all the time and what is repeated stays as it is`() async throws {
    let test = try await ManagementWorld()
    let now = test.world.clock.now()
    let standing = Job.Kind(rawValue: "audit-sealing")
    let holder = InstanceName(trusted: "node-7-0123456789")
    let held = job("01held", dueAt: now, lease: Lease(holder: holder, until: now + .seconds(1)))
    try await test.world.store.write { tx in
      try tx.insert(held)
      try tx.repeatJob(.cleanUp, every: .hours(1), dueAt: now + .hours(1), createdAt: now)
      _ = try tx.takeLease(standing, at: now, heldBy: holder, until: now + .seconds(1))
    }
    for (method, path, status) in [
      ("POST", "/jobs/01held/run", 409), ("DELETE", "/jobs/01held", 409), ("DELETE", "/jobs/clean-up", 409),
      ("POST", "/jobs/audit-sealing/run", 409), ("DELETE", "/jobs/audit-sealing", 409), ("POST", "/jobs/none/run", 404),
      ("DELETE", "/jobs/none", 404),
    ] {
      let reply = try await test.call(method, path, as: test.operatorOfPortal)
      #expect(reply.status == status, "\(method) \(path)")
    }
    #expect(try await test.world.store.read { tx in try tx.job(held.id) } == held)
    #expect(try await test.call("POST", "/jobs/clean-up/run", as: test.operatorOfPortal).status == 200)
    test.world.clock.advance(by: .seconds(2))
    #expect(try await test.call("POST", "/jobs/01held/run", as: test.operatorOfPortal).status == 200, "its holder is gone")
  }

  private func job(_ id: String, dueAt: Timestamp, lease: Lease? = nil, attempts: Int = 0) -> Job {
    Job(
      id: JobID(trusted: id), kind: .letter, carries: "{}", createdAt: dueAt - .hours(1), dueAt: dueAt, lease: lease,
      attempts: attempts, giveUpAt: dueAt + .days(3), lastError: attempts > 0 ? "450 later" : nil)
  }

  @Test func `nobody but the portal's operators sees the jobs`() async throws {
    let test = try await ManagementWorld()
    for account in [test.admin, test.partnerAdmin] {
      for (method, path) in [("GET", "/jobs"), ("POST", "/jobs/clean-up/run"), ("DELETE", "/jobs/clean-up")] {
        #expect(try await test.call(method, path, as: account).status == 403)
      }
    }
  }
}
