internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("HTP4")) struct LimitsOfRoleLimits {
  private static func limit(_ test: ManagementWorld, _ body: JSON) async throws -> ManagementWorld.Reply {
    try await test.call("PUT", "\(test.path)/role-limits/report-viewer", as: test.admin, body: body)
  }

  static let sizes: [SizeLimit] = [
    .text("the description of a limit", Wording.maximumDescription, at: "/description") {
      try await limit($0, ["maximum": 3, "description": $1])
    },
    SizeLimit(
      "the holders that a limit allows", RoleLimit.greatest,
      .malformed("/maximum out_of_range", "From 1 to \(RoleLimit.greatest).")
    ) { test, _, count in try await limit(test, ["maximum": .integer(Int64(count))]) },
  ]

  @Test(arguments: sizes) func `a limit of a role is as large as it may be, and not a step larger`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  static let counts = [
    CountLimit(
      testDescription: "the limits of an organization", most: DefineLimit.maximum,
      refusal: .notAccepted(nil, "There are \(DefineLimit.maximum) limits here already."),
      list: { test, _ in "\(test.path)/role-limits" }
    ) { test, count in
      try await test.limits(count, of: .organization(test.contoso.id))
    } add: { test, roles, name in
      try await test.call(
        "PUT", "\(test.path)/role-limits/\(next(roles, name))", as: test.admin, body: ["maximum": 1])
    },
    CountLimit(
      testDescription: "the limits of the portal", most: DefineLimit.maximum,
      refusal: .notAccepted(nil, "There are \(DefineLimit.maximum) limits here already."),
      list: { _, _ in "/role-limits" }
    ) { test, count in
      try await test.limits(count, of: .portal)
    } add: { test, roles, name in
      try await test.call("PUT", "/role-limits/\(next(roles, name))", as: test.operatorOfPortal, body: ["maximum": 1])
    },
  ]

  /// One of the two roles that have no limit yet.
  private static func next(_ roles: [String], _ name: String) -> String { roles[roles.count - (name == "last" ? 2 : 1)] }

  @Test(arguments: counts) func `an owner has as many limits as it may, and not one more`(_ limit: CountLimit) async throws {
    try await limit.check()
  }
}

extension ManagementWorld {
  /// Limits of as many roles, and two roles without one after these.
  fileprivate func limits(_ count: Int, of origin: Role.Origin) async throws -> [String] {
    let roles = try await roles(count + 2, of: origin)
    let now = world.clock.now()
    let limits = roles.prefix(count).map { role in
      DefinedLimit(
        limit: RoleLimit(role: RoleID(trusted: role), maximum: 1, origin: origin), createdAt: now, definedAt: now,
        definedBy: "command:test")
    }
    try await world.store.write { tx in for limit in limits { try tx.seed(limit) } }
    return roles
  }
}
