internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("HTP4")) struct LimitsOfExclusionsAndGroups {
  private static func exclude(_ test: ManagementWorld, _ roles: some Sequence<String>, _ members: JSONObject = [:]) async throws
    -> ManagementWorld.Reply
  {
    var body: JSONObject = ["name": "Four eyes", "kind": "static", "cardinality": 2]
    body["roles"] = .array(roles.map { .string($0) })
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "\(test.path)/role-exclusions", as: test.admin, body: .object(body))
  }

  private static let builtIn = [RoleID.reportViewer.text, RoleID.accountViewer.text]
  private static let mostRoles = RoleExclusion.maximumRoles

  static let sizes: [SizeLimit] = [
    .text("the name of an exclusion", Wording.maximumName, at: "/name") { try await exclude($0, builtIn, ["name": $1]) },
    .text("the description of an exclusion", Wording.maximumDescription, at: "/description") {
      try await exclude($0, builtIn, ["description": $1])
    },
    SizeLimit(
      "the roles of an exclusion", mostRoles, .tooMany("/roles", 2...mostRoles), given: { try await $0.roles(mostRoles + 1) }
    ) { test, roles, count in try await exclude(test, roles.prefix(count)) },
    SizeLimit(
      "the roles that are too many", mostRoles, .malformed("/cardinality out_of_range", "From 2 to \(mostRoles)."),
      given: { try await $0.roles(mostRoles) }
    ) { test, roles, count in try await exclude(test, roles, ["cardinality": .integer(Int64(count))]) },
    SizeLimit(
      "the roles that are too many of three", 3, .notAccepted("/cardinality out_of_range", "from 2 to all of them are too many"),
      given: { try await $0.roles(3) }
    ) { test, roles, count in try await exclude(test, roles, ["cardinality": .integer(Int64(count))]) },
    .text("the name of a group", Wording.maximumName, at: "/name") { test, name in
      try await test.call("POST", "\(test.path)/groups", as: test.admin, body: ["name": name])
    },
    .text("the description of a group", Wording.maximumDescription, at: "/description") { test, description in
      try await test.call(
        "POST", "\(test.path)/groups", as: test.admin, body: ["name": "Warehouse", "description": description])
    },
  ]

  @Test(arguments: sizes) func `an exclusion or group is as large as it may be, and not a step larger`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  static let counts = [
    CountLimit(
      testDescription: "the exclusions of an organization", most: DefineExclusion.maximum,
      refusal: .notAccepted(nil, "There are \(DefineExclusion.maximum) exclusions here already."),
      list: { test, _ in "\(test.path)/role-exclusions" }
    ) { test, count in
      try await test.exclusions(count, of: .organization(test.contoso.id))
    } add: { test, _, name in
      try await exclude(test, builtIn, ["name": .string(name)])
    },
    CountLimit(
      testDescription: "the exclusions of the portal", most: DefineExclusion.maximum,
      refusal: .notAccepted(nil, "There are \(DefineExclusion.maximum) exclusions here already."),
      list: { _, _ in "/role-exclusions" }
    ) { test, count in
      try await test.exclusions(count, of: .portal)
    } add: { test, _, name in
      try await test.call(
        "POST", "/role-exclusions", as: test.operatorOfPortal,
        body: [
          "name": .string(name), "kind": "static", "cardinality": 2, "roles": .array(builtIn.map { .string($0) }),
          "organization_kinds": ["customer"],
        ])
    },
  ]

  /// Each is counted on both engines where roles and groups are tested without HTTP.
  @Test(arguments: [
    (HoldingLimits.Reached.assignments, HoldingLimits.assignments), (.groups, HoldingLimits.groups),
    (.members, HoldingLimits.members),
  ])
  func `what would come to more than one may hold is refused with the number`(_ reached: HoldingLimits.Reached, _ most: Int) {
    #expect(reached.said.kind == .notAccepted)
    #expect(reached.said.detail.contains("more than \(most) "))
  }

  @Test(arguments: counts) func `an owner has as many exclusions as it may, and not one more`(_ limit: CountLimit) async throws {
    try await limit.check()
  }
}

extension ManagementWorld {
  /// Exclusions that nobody breaks.
  fileprivate func exclusions(_ count: Int, of origin: Role.Origin) async throws -> [String] {
    let occasion = world.command
    let exclusions = (0..<count).map { number in
      DefinedExclusion(
        exclusion: RoleExclusion(
          id: occasion.newID(), name: "Exclusion \(number)", description: "", kind: .dynamic,
          roles: [.reportViewer, .accountViewer], cardinality: 2, origin: origin, organizationKinds: [.customer]),
        createdAt: occasion.now, definedAt: occasion.now, definedBy: "command:test")
    }
    try await world.store.write { tx in for exclusion in exclusions { try tx.seed(exclusion) } }
    return exclusions.map(\.exclusion.id.text)
  }
}
