internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

/// Questions that are to be explained.
@Suite(.threat("HTP4")) struct LimitsOfExplainedQuestions {
  private static func explain(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = [
      "subject": ["type": "user", "id": .string(test.admin.id.text)], "action": ["name": "view"],
      "resource": ["type": "order", "id": "17"],
    ]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "\(test.path)/explanations", as: test.admin, body: .object(body))
  }

  static let sizes: [SizeLimit] = [
    .text("the type of a subject", 200, at: "/subject/type") { try await explain($0, ["subject": ["type": $1, "id": "a"]]) },
    .text("the id of a subject", 1_000, at: "/subject/id") { try await explain($0, ["subject": ["type": "robot", "id": $1]]) },
    .text("the name of an action", 200, at: "/action/name") { try await explain($0, ["action": ["name": $1]]) },
    .text("the type of a resource", 200, at: "/resource/type") { try await explain($0, ["resource": ["type": $1, "id": "a"]]) },
    .text("the id of a resource", 1_000, at: "/resource/id") {
      try await explain($0, ["resource": ["type": "order", "id": $1]])
    },
    SizeLimit(
      "the roles that are active", RoleActivation.maximumActive,
      .notAccepted("/context active_roles", "at most \(RoleActivation.maximumActive) ids of roles")
    ) { test, _, count in
      try await explain(test, ["context": ["active_roles": .array((0..<count).map { .string("role-\($0)") })]])
    },
    SizeLimit(
      "the depth of a body", ManagementAPI.maximumDepth,
      .malformed(nil, "The body is nested more than \(ManagementAPI.maximumDepth) deep.")
    ) { test, _, depth in
      // The body and the context are two levels themselves.
      try await explain(test, ["context": ["x": (3..<depth).reduce([]) { inner, _ in [inner] }]])
    },
  ]

  @Test(arguments: sizes) func `a question is as large as it may be, and not a step larger`(_ limit: SizeLimit) async throws {
    try await limit.check()
  }
}
