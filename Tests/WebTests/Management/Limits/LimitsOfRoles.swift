internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("HTP4")) struct LimitsOfRoles {
  private static func define(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = ["name": "Buyer", "grants": []]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "\(test.path)/roles", as: test.admin, body: .object(body))
  }

  private static func describe(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = ["summary": "Pack.", "organization_kinds": ["customer"], "customer_data": true]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("PUT", "/permissions/order/pack", as: test.operatorOfPortal, body: .object(body))
  }

  private static func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .string($0) }) }

  /// Language tags, each another.
  private static func languages(_ count: Int) -> [String] {
    (0..<count).map { "x\(Character(UnicodeScalar(UInt8(97 + $0 / 26))))\(Character(UnicodeScalar(UInt8(97 + $0 % 26))))" }
  }

  static let sizes: [SizeLimit] =
    [
      .text("the name of a role", Wording.maximumName, at: "/name") { try await define($0, ["name": $1]) },
      .text("the description of a role", Wording.maximumDescription, at: "/description") {
        try await define($0, ["description": $1])
      },
      .text("the name of a role in another language", Wording.maximumName, at: "/translations/0/name") {
        try await define($0, ["translations": [["language": "de", "name": $1]]])
      },
      .text("the description of a role in another language", Wording.maximumDescription, at: "/translations/0/description") {
        try await define($0, ["translations": [["language": "de", "name": "Einkauf", "description": $1]]])
      },
      SizeLimit(
        "the languages of a role", Wording.maximumTranslations, .tooMany("/translations", 0...Wording.maximumTranslations)
      ) { test, _, count in
        let translations = languages(count).map { ["language": .string($0), "name": "Buyer"] as JSON }
        return try await define(test, ["translations": .array(translations)])
      },
      SizeLimit(
        "the permissions of a role", RoleDefinition.maximumPermissions,
        .tooMany("/grants", 0...RoleDefinition.maximumPermissions),
        given: { try await $0.permissions(RoleDefinition.maximumPermissions + 1) }
      ) { test, permissions, count in
        try await define(test, ["grants": .array(permissions.prefix(count).map { ["permission": .string($0)] })])
      },
      SizeLimit(
        "the permissions of a role under a condition", RoleDefinition.maximumConditions,
        .notAccepted("/grants too_many", "\(RoleDefinition.maximumConditions) of them under a condition"),
        given: { try await $0.permissions(RoleDefinition.maximumConditions + 1) }
      ) { test, permissions, count in
        let grants = permissions.prefix(count).map { ["permission": .string($0), "condition": "true"] as JSON }
        return try await define(test, ["grants": .array(grants)])
      },
      SizeLimit(
        "the parents of a role", RoleInheritance.maximumParents, .tooMany("/parents", 0...RoleInheritance.maximumParents),
        given: { try await $0.roles(RoleInheritance.maximumParents + 1) }
      ) { test, roles, count in try await define(test, ["parents": texts(roles.prefix(count))]) },
      SizeLimit(
        "the steps over which roles inherit", RoleInheritance.maximumDepth,
        .notAccepted("/parents too_deep", "\(RoleInheritance.maximumDepth) steps"),
        given: { try await $0.roles(1) }
      ) { test, roles, steps in
        var last = (reply: try await define(test, ["name": .string("\(steps), 1"), "parents": texts(roles)]), step: 1)
        while last.step < steps, last.reply.status == 201 {
          let parent = last.reply["role", "id"] ?? .null
          last = (
            try await define(test, ["name": .string("\(steps), \(last.step + 1)"), "parents": [parent]]), last.step + 1
          )
        }
        return last.reply
      },
      .text("the summary of a permission", DefinePermission.maximumSummary, at: "/summary") {
        try await describe($0, ["summary": $1])
      },
      .text("the summary of a permission in another language", DefinePermission.maximumSummary, at: "/translations/0/summary") {
        try await describe($0, ["translations": [["language": "de", "summary": $1]]])
      },
      SizeLimit(
        "the languages of a permission", Wording.maximumTranslations, .tooMany("/translations", 0...Wording.maximumTranslations)
      ) { test, _, count in
        let translations = languages(count).map { ["language": .string($0), "summary": "Pack."] as JSON }
        return try await describe(test, ["translations": .array(translations)])
      },
    ]
    + GrantWay.allCases.map { way in
      SizeLimit(
        "the roles to be handed out by \(way.rawValue)", RoleDefinition.maximumGrantable,
        .tooMany("/may_grant/\(way.rawValue)", 0...RoleDefinition.maximumGrantable),
        given: { try await $0.roles(RoleDefinition.maximumGrantable + 1) }
      ) { test, roles, count in
        try await define(test, ["may_grant": .object([way.rawValue: texts(roles.prefix(count))])])
      }
    }
    + ["type", "action"].map { half in
      SizeLimit(
        "the \(half) of a permission", Permission.maximumNameLength,
        .notAccepted(nil, "1 to \(Permission.maximumNameLength) of a-z")
      ) { test, _, length in
        let name = String(repeating: "p", count: length)
        return try await test.call(
          "PUT", "/permissions/\(half == "type" ? "\(name)/pack" : "parcel/\(name)")", as: test.operatorOfPortal,
          body: ["summary": "Pack.", "organization_kinds": ["customer"], "customer_data": true])
      }
    }

  @Test(arguments: sizes) func `a role or permission is as large as it may be, and not a step larger`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  static let counts = [
    CountLimit(
      testDescription: "the permissions that operators define", most: DefinePermission.maximum,
      refusal: .notAccepted(nil, "There are \(DefinePermission.maximum) permissions already."), list: { _, _ in "/permissions" },
      fill: { try await $0.permissions($1) }
    ) { test, _, name in
      try await test.call(
        "PUT", "/permissions/order/\(name)", as: test.operatorOfPortal,
        body: ["summary": "Pack.", "organization_kinds": ["customer"], "customer_data": true])
    },
    CountLimit(
      testDescription: "the roles of an organization", most: DefineRole.maximum,
      refusal: .notAccepted(nil, "There are \(DefineRole.maximum) roles here already."),
      list: { test, _ in "\(test.path)/roles" },
      fill: { try await $0.roles($1) }
    ) { test, _, name in try await define(test, ["name": .string(name)]) },
    CountLimit(
      testDescription: "the roles of the portal", most: DefineRole.maximum,
      refusal: .notAccepted(nil, "There are \(DefineRole.maximum) roles here already."), list: { _, _ in "/roles" },
      fill: { try await $0.roles($1, of: .portal) }
    ) { test, _, name in
      try await test.call(
        "POST", "/roles", as: test.operatorOfPortal,
        body: ["name": .string(name), "grants": [], "organization_kinds": ["customer"]])
    },
  ]

  @Test(arguments: counts) func `there are as many as there may be, and not one more`(_ limit: CountLimit) async throws {
    try await limit.check()
  }
}
