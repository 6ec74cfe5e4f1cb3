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

  @Test func `nobody but the portal's operators sees the jobs`() async throws {
    let test = try await ManagementWorld()
    for account in [test.admin, test.partnerAdmin] {
      #expect(try await test.call("GET", "/jobs", as: account).status == 403)
    }
  }
}
