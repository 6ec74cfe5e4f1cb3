import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite struct ReviewingAccess {
  private func path(_ test: ManagementWorld, _ rest: String = "") -> String {
    "/organizations/\(test.contoso.id)/access-reviews\(rest)"
  }

  /// Opens a review as Contoso's administrator, and gives its id.
  private func open(_ test: ManagementWorld, _ body: JSON = ["name": "Spring"]) async throws -> String {
    let made = try await test.call("POST", path(test), as: test.admin, body: body)
    #expect(made.status == 201)
    return try #require(made["id"]?.stringValue)
  }

  private func items(_ test: ManagementWorld, _ review: String, _ query: String = "") async throws -> [JSON] {
    try await test.call("GET", path(test, "/\(review)/items\(query)"), as: test.admin)["items"]?.arrayValue ?? []
  }

  /// The ids of the assignments by which accounts hold something.
  private func assignments(of account: Account, _ test: ManagementWorld) async throws -> [String] {
    try await test.world.store.read { tx in try tx.roleAssignments(of: .account(account.id)).map(\.id.text) }
  }

  private func decide(
    _ verdict: String, _ assignments: [String], in review: String, as actor: Account, _ test: ManagementWorld
  ) async throws -> ManagementWorld.Reply {
    let decisions = assignments.map { ["assignment": .string($0), "verdict": .string(verdict), "reason": "Reviewed."] as JSON }
    return try await test.call(
      "POST", path(test, "/\(review)/decisions"), as: actor, body: ["decisions": .array(decisions)])
  }

  @Test func `what a review takes away is planned first, and the answer says from which revision on it is gone`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .reportViewer)
    let his = try await assignments(of: dan, test)
    let review = try await open(test)
    let decisions: JSON = ["decisions": .array(his.map { ["assignment": .string($0), "verdict": "remove"] })]
    let plan = try await test.call(
      "POST", path(test, "/\(review)/decisions?dryRun=true"), as: test.admin, body: decisions)
    #expect(plan["losses", "items", "0", "account"]?.stringValue == dan.id.text)
    #expect(try test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    let done = try await test.call(
      "POST", path(test, "/\(review)/decisions?plan=\(plan["digest"]?.stringValue ?? "")"), as: test.admin, body: decisions)
    #expect(done.status == 200 && done["removed"] == 1)
    #expect(try !test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    #expect(done.http.header("Usher-Revision") == "\(test.world.env.policy.revision)")
  }

  @Test(.threat("HTP1")) func `a thousand decisions with their reasons go into one body`() async throws {
    let test = try await ManagementWorld()
    let review = try await open(test)
    let unknown = JSON.array(
      (0..<1_000).map { _ in
        ["assignment": .string(test.contoso.id.text), "verdict": "keep", "reason": .string(SizeLimit.text(400))]
      })
    // Not what the review is about, but read.
    let reply = try await test.call(
      "POST", path(test, "/\(review)/decisions"), as: test.admin, body: ["decisions": unknown])
    #expect(reply.status == 422)
  }

  @Test func `an administrator opens a review, decides about each assignment, and closes it; the record stays`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .reportViewer)
    let all = try await test.world.store.read { tx in
      try tx.roleAssignments(in: test.contoso.id, .all, PageRequest(limit: 100)).items.map(\.id.text)
    }
    let his = try await assignments(of: dan, test)
    let review = try await open(test)
    #expect(try await items(test, review).count == all.count)

    let early = try await test.call("POST", path(test, "/\(review)/close"), as: test.admin)
    #expect(early.status == 409)
    #expect(early["type"]?.stringValue?.hasSuffix("/problems/wrong-state") == true)

    #expect(try test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    #expect(try await decide("remove", his, in: review, as: test.admin, test)["removed"] == 1)
    #expect(try !test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    let kept = try await decide("keep", all.filter { !his.contains($0) }, in: review, as: test.admin, test)
    #expect(kept["open"] == 0)

    let closed = try await test.call("POST", path(test, "/\(review)/close"), as: test.admin)
    #expect(closed.status == 200)
    #expect(closed["closed_by"]?.stringValue?.hasPrefix("account:\(test.admin.id)") == true)
    #expect(try await decide("keep", his, in: review, as: test.admin, test).status == 409)
    let record = try await items(test, review).filter { his.contains($0.at("assignment", "id")?.stringValue ?? "") }
    #expect(record.map { $0.at("verdict") } == ["remove"])
    #expect(record.first?.at("is_held") == false)
    #expect(record.first?.at("assignment", "role") == "report-viewer")
    #expect(record.first?.at("reason") == "Reviewed.")
    #expect(try await test.world.audit(.accessReviewOpened).count == 1)
    #expect(try await test.world.audit(.accessReviewDecided).count == all.count)
    #expect(try await test.world.audit(.accessReviewClosed).count == 1)
  }

  @Test(.threat("ROL12")) func `nobody takes by a review what they may not take`() async throws {
    let test = try await ManagementWorld()
    let helper = try await test.member("helper@contoso.test", .userAdministrator)
    let review = try await open(test)
    let hers = try await assignments(of: test.admin, test)
    #expect(try await decide("remove", hers, in: review, as: helper, test).status == 403)
    #expect(try await assignments(of: test.admin, test) == hers)
    #expect(try await items(test, review).allSatisfy { $0.at("verdict") == nil })
  }

  @Test(.threat("ROL2")) func `the last administrator outlives every review`() async throws {
    let test = try await ManagementWorld()
    let review = try await open(test)
    let hers = try await assignments(of: test.admin, test)
    #expect(try await decide("remove", hers, in: review, as: test.admin, test).status == 409)
    #expect(try await assignments(of: test.admin, test) == hers)
  }

  @Test func `what is decided about assignments that are not there, or not there any more, says so and decides nothing`()
    async throws
  {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .reportViewer)
    let his = try await assignments(of: dan, test)
    let review = try await open(test, ["name": "Viewers", "roles": ["report-viewer"]])
    #expect(try await items(test, review).count == 1)
    #expect(try await decide("keep", his + ["unknown"], in: review, as: test.admin, test).status == 422)
    #expect(try await items(test, review, "?open=true").count == 1)
    let taken = try await test.call(
      "DELETE", "/organizations/\(test.contoso.id)/role-assignments/\(his[0])", as: test.admin)
    #expect(taken.status == 204)
    #expect(try await decide("keep", his, in: review, as: test.admin, test).status == 409)
    // Nothing is held that would wait.
    #expect(try await test.call("POST", path(test, "/\(review)/close"), as: test.admin).status == 200)
    #expect(try await test.call("POST", path(test), as: test.admin, body: ["name": " "]).status == 422)
    #expect(
      try await test.call("POST", path(test), as: test.admin, body: ["name": "None", "roles": ["account-manager"]]).status == 409)
    #expect(try await test.call("GET", path(test, "/unknown"), as: test.admin).status == 404)
  }

  @Test func `what allows something is used, whoever asks, and the rest can be found`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .reportViewer, .accountViewer)
    let helper = try await test.member("helper@contoso.test", .userAdministrator)
    let start = test.world.clock.now()
    test.world.clock.advance(by: .days(100))
    // A service asks about one, and the other works with Usher itself.
    #expect(try test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    #expect(try await test.call("GET", "/organizations/\(test.contoso.id)/members", as: helper).status == 200)
    try await WriteUses()(env: test.world.env)

    func unused(_ query: String = "") async throws -> [JSON] {
      let list = try await test.call(
        "GET", "/organizations/\(test.contoso.id)/unused-role-assignments\(query)", as: test.admin)
      return list["items"]?.arrayValue ?? []
    }
    let roles = try await unused().compactMap { $0.at("assignment", "role")?.stringValue }
    #expect(roles.contains("account-viewer"))
    #expect(!roles.contains("report-viewer"))
    #expect(!roles.contains("user-administrator"))
    // Given after that moment: not unused yet.
    #expect(try await unused("?since=\(start.rfc3339)").isEmpty)
    let review = try await open(test, ["name": "Unused", "unused_since": .string(test.world.clock.now().rfc3339)])
    #expect(try await items(test, review).contains { $0.at("assignment", "role") == "account-viewer" })
    // Asked again in the same hour nothing is written.
    try await WriteUses()(env: test.world.env)
    #expect(try test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    #expect(test.world.env.policy.uses.take(atMost: 10).isEmpty)
    test.world.clock.advance(by: .hours(1))
    #expect(try test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    #expect(test.world.env.policy.uses.take(atMost: 10).map(\.role) == [.reportViewer])
  }

  @Test func `uses that could not be written down wait for the next time`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test", .reportViewer)
    #expect(try test.world.decide(.keyView, for: dan, in: test.contoso).allowed)
    let uses = test.world.env.policy.uses.take(atMost: 10)
    #expect(uses.count == 1)
    test.world.env.policy.uses.putBack(uses)
    try await WriteUses()(env: test.world.env)
    let his = try await assignments(of: dan, test)
    let used = try await test.world.store.read { tx in try tx.lastUse(of: RoleAssignmentID(trusted: his[0])) }
    #expect(used == test.world.clock.now().startOfHour)
  }
}

extension JSON {
  /// The value behind these names.
  fileprivate func at(_ names: String...) -> JSON? {
    names.reduce(Optional(self)) { value, name in value?.objectValue?[name] }
  }
}
