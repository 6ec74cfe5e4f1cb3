internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("HTP4")) struct LimitsOfAssignmentsAndReviews {
  private static func assign(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = ["role": .string(RoleID.reportViewer.text), "account": .string(test.admin.id.text)]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "\(test.path)/role-assignments", as: test.admin, body: .object(body))
  }

  private static func open(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = ["name": "Spring"]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "\(test.path)/access-reviews", as: test.admin, body: .object(body))
  }

  /// A review of so many assignments, by its id, and theirs.
  private static func reviewing(_ count: Int) -> @Sendable (ManagementWorld) async throws -> [String] {
    { test in
      let occasion = test.world.command
      let assignments = (0..<count).map { number in
        RoleAssignment(
          id: occasion.newID(), organization: test.contoso.id, holder: .account(test.admin.id), role: .reportViewer,
          scope: ResourceName(type: "project", id: "\(number)"), grantedBy: "command:test", createdAt: occasion.now)
      }
      try await test.world.store.write { tx in for assignment in assignments { try tx.seed(assignment) } }
      let review = try await open(test, ["roles": [.string(RoleID.reportViewer.text)]])
      return [review["id"]?.stringValue ?? ""] + assignments.map(\.id.text)
    }
  }

  private static func decide(_ test: ManagementWorld, in review: String, _ decisions: [JSON]) async throws
    -> ManagementWorld.Reply
  {
    try await test.call(
      "POST", "\(test.path)/access-reviews/\(review)/decisions", as: test.admin, body: ["decisions": .array(decisions)])
  }

  static let sizes: [SizeLimit] = [
    SizeLimit("the type of what a role is held for", 64, .tooLong("/scope/type", 64)) { test, _, length in
      try await assign(test, ["scope": ["type": .string(String(repeating: "p", count: length)), "id": "a"]])
    },
    .text("the id of what a role is held for", RegisteredResource.maximumID, at: "/scope/id") {
      try await assign($0, ["scope": ["type": "project", "id": $1]])
    },
    .text("the reason of an assignment", RoleAssignment.maximumReason, at: "/reason") { try await assign($0, ["reason": $1]) },
    .text("the name of a review", AccessReview.maximumName, at: "/name") { try await open($0, ["name": $1]) },
    SizeLimit(
      "the roles that a review is about", AccessReview.maximumRoles, .tooMany("/roles", 1...AccessReview.maximumRoles)
    ) { test, _, count in
      let others = (1..<count).map { JSON.string("role-\($0)") }
      return try await open(test, ["roles": .array([.string(RoleID.accountAdministrator.text)] + others)])
    },
    SizeLimit(
      "the decisions of a review at once", DecideAccessReview.maximumItems,
      .tooMany("/decisions", 1...DecideAccessReview.maximumItems), given: reviewing(DecideAccessReview.maximumItems + 1)
    ) { test, ids, count in
      let decisions = ids.dropFirst().prefix(count).map { ["assignment": .string($0), "verdict": "keep"] as JSON }
      return try await decide(test, in: ids[0], decisions)
    },
    SizeLimit(
      "the reason of a decision", RoleAssignment.maximumReason,
      .tooLong("/decisions/0/reason", RoleAssignment.maximumReason), given: reviewing(1)
    ) { test, ids, length in
      let reason = JSON.string(SizeLimit.text(length))
      return try await decide(test, in: ids[0], [["assignment": .string(ids[1]), "verdict": "keep", "reason": reason]])
    },
  ]

  @Test(arguments: sizes) func `an assignment or review is as large as it may be, and not a step larger`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  @Test func `a review is about as many assignments as it may be, and not one more`() async throws {
    let test = try await ManagementWorld()
    for number in 1...3 { _ = try await Self.assign(test, ["scope": ["type": "project", "id": .string("\(number)")]]) }
    let all = try await test.world.store.read { tx in
      try tx.roleAssignments(in: test.contoso.id, .all, PageRequest(limit: 100)).items.count
    }
    func open(atMost most: Int) async throws -> Int {
      try await OpenAccessReview(maximumItems: most)(
        named: "Spring", about: AssignmentFilter(), in: test.contoso.id, test.world.occasion(as: test.admin), env: test.world.env
      ).progress.items
    }
    #expect(try await open(atMost: all) == all)
    await #expect(throws: OpenAccessReview.Refusal.tooMany) { try await open(atMost: all - 1) }
    #expect(OpenAccessReview.Refusal.tooMany.said.kind == .notAccepted)
    #expect(OpenAccessReview.Refusal.tooMany.said.detail.contains("at most \(AccessReview.maximumItems) assignments"))
  }
}
