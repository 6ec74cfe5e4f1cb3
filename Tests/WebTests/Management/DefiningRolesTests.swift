internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// The roles and permissions that operators and organizations define, over HTTP.
@Suite(.rule("MISSION: each organisation may define further roles")) struct DefiningRolesOverHTTP {
  static func body(
    _ name: String = "Buyer", grants: [String] = [], parents: [String] = [], assignment: [String] = [], kinds: [String]? = nil
  ) -> JSON {
    func texts(_ list: [String]) -> JSON { .array(list.map { .string($0) }) }
    var body: JSONObject = [
      "name": .string(name), "grants": .array(grants.map { .object(["permission": .string($0)]) }), "parents": texts(parents),
      "may_grant": ["assignment": texts(assignment)],
    ]
    if let kinds { body["organization_kinds"] = texts(kinds) }
    return .object(body)
  }

  private func roles(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)/roles" }

  /// Defines a role of Contoso's own as its administrator, and gives its id.
  private func define(_ body: JSON, _ test: ManagementWorld) async throws -> String {
    let made = try await test.call("POST", roles(test), as: test.admin, body: body)
    #expect(made.status == 201)
    return try #require(made["role", "id"]?.stringValue)
  }

  private func assign(_ role: String, to account: Account, as actor: Account, _ test: ManagementWorld) async throws -> Int {
    try await test.call(
      "POST", "/organizations/\(test.contoso.id)/role-assignments", as: actor,
      body: ["role": .string(role), "account": .string(account.id.text)]
    ).status
  }

  private func decides(_ permission: Permission, for account: Account, _ test: ManagementWorld) throws -> Decision {
    try test.world.decide(permission, for: account, in: test.contoso)
  }

  @Test func `an organization defines a role, gives it, and the next decision knows what it inherits`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let made = try await test.call(
      "POST", roles(test), as: test.admin,
      body: [
        "name": " Einkauf ", "description": "Buys.", "grants": [["permission": "user:view"]], "parents": ["report-viewer"],
        "translations": [["language": "RU", "name": "Закупки"]],
      ])
    #expect(made.status == 201)
    let id = try #require(made["role", "id"]?.stringValue)
    #expect(made.http.header("Location") == "\(TestWorld.publicAddress)/api/v1\(roles(test))/\(id)")
    #expect(made.http.header("ETag") == "\"v1\"")
    #expect(made["role", "name"] == "Einkauf")
    #expect(made["role", "translations", "0", "language"] == "ru")
    #expect(made["role", "origin"] == "organization")
    #expect(made["may_assign"] == true)
    let inherited = made["role", "inherited"]?.arrayValue ?? []
    #expect(inherited.contains(["permission": "key:view", "through": ["report-viewer"]]))
    #expect(try await test.call("GET", "\(roles(test))/\(id)", as: test.admin).json == made.json)
    #expect(try await test.call("GET", "/roles/\(id)", as: test.admin).status == 404)

    #expect(try !decides(.keyView, for: person, test).allowed)
    #expect(try await assign(id, to: person, as: test.admin, test) == 201)
    #expect(try decides(.keyView, for: person, test).reason == .permissionGranted(roles: [RoleID(trusted: id)]))
    #expect(try decides(.userView, for: person, test).allowed)
    #expect(try !decides(.userManage, for: person, test).allowed)
    // It counts in Usher's own operations as well.
    #expect(try await test.call("GET", "/organizations/\(test.contoso.id)/members", as: person).status == 200)
    // And in no other organization.
    #expect(
      try await test.call(
        "POST", "/organizations/\(test.fabrikam.id)/role-assignments", as: test.adminOfFabrikam,
        body: ["role": .string(id), "account": .string(test.adminOfFabrikam.id.text)]
      ).status == 422)
  }

  @Test(.threat("LOG1")) func `a role is redefined from the version one saw, with effect at once, and every version is kept`()
    async throws
  {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let id = try await define(Self.body(grants: ["order:view"]), test)
    #expect(try await assign(id, to: person, as: test.admin, test) == 201)
    let path = "\(roles(test))/\(id)"
    let changed = try await test.call(
      "PUT", path, as: test.admin, body: Self.body("Packer", grants: ["key:view"]), headers: [("If-Match", "\"v1\"")])
    #expect(changed.status == 200)
    #expect(changed.http.header("ETag") == "\"v2\"")
    #expect(try !decides(.orderView, for: person, test).allowed)
    #expect(try decides(.keyView, for: person, test).allowed)
    let late = try await test.call(
      "PUT", path, as: test.admin, body: Self.body(grants: []), headers: [("If-Match", "\"v1\"")])
    #expect(late.status == 412)
    // The same definition once more is no change.
    #expect(
      try await test.call("PUT", path, as: test.admin, body: Self.body("Packer", grants: ["key:view"])).http.header("ETag")
        == "\"v2\"")
    let versions = try await test.call("GET", "\(path)/versions", as: test.admin)
    #expect(versions["items"]?.arrayValue?.count == 2)
    #expect(versions["items", "0", "valid_until"] == versions["items", "1", "valid_from"])
    #expect(versions["items", "0", "definition", "grants"] == [["permission": "order:view"]])
    #expect(versions["items", "1", "valid_until"] == nil)
    let next = try await test.call("GET", "\(path)/versions?limit=1", as: test.admin)
    #expect(next["next"] == "1")
    let audited = try await test.world.audit(.roleRedefined)
    #expect(audited.map(\.object) == ["role:\(id)"])
    #expect(audited.first?.details?["before"]?.objectValue?["permissions"] == ["order:view"])
    #expect(audited.first?.details?["after"]?.objectValue?["permissions"] == ["key:view"])
  }

  @Test(.threat("ROL1")) func `nobody defines a role beyond what they could give, and every attempt is recorded`() async throws {
    let test = try await ManagementWorld()
    let definers = try await define(
      Self.body("Definer", grants: ["role:define", "role:assign", "order:view"], assignment: ["account-viewer"]), test)
    let strong = try await define(Self.body("Strong", grants: ["key:view", "order:view"]), test)
    let definer = try await test.member("dora@contoso.test")
    #expect(try await assign(definers, to: definer, as: test.admin, test) == 201)
    for (body, reason) in [
      (Self.body("A", grants: ["key:view"]), "role_permits_beyond_own_rights"),
      (Self.body("A", grants: ["user:manage"]), "role_permits_beyond_own_rights"),
      (Self.body("A", parents: ["account-viewer"]), "role_inherits_beyond_own_rights"),
      (Self.body("A", parents: [strong]), "role_inherits_beyond_own_rights"),
      (Self.body("A", assignment: ["report-viewer"]), "role_grants_beyond_own_rights"),
      (Self.body("A", assignment: [definers]), "role_grants_beyond_own_rights"),
    ] {
      #expect(try await test.call("POST", roles(test), as: definer, body: body).status == 403, "\(reason)")
      #expect(try await test.denials().last?.details?["reason"]?.stringValue == reason)
    }
    // Not even the role they hold, nor one that they could not take.
    for id in [definers, strong] {
      for (method, body) in [("PUT", Self.body("Renamed", grants: ["order:view"])), ("DELETE", nil)] {
        #expect(try await test.call(method, "\(roles(test))/\(id)", as: definer, body: body).status == 403)
      }
    }
    let allowed = try await test.call(
      "POST", roles(test), as: definer, body: Self.body("Fine", grants: ["order:view"], assignment: ["account-viewer"]))
    #expect(allowed.status == 201)
    // What is defined is not given by that: who may not hand a role out does not get it.
    #expect(allowed["may_assign"] == false)
    #expect(try await assign(allowed["role", "id"]?.stringValue ?? "", to: definer, as: definer, test) == 403)
  }

  @Test func `what makes no sound role is refused with the reason`() async throws {
    let test = try await ManagementWorld()
    let path = roles(test)
    let first = try await define(Self.body("First"), test)
    let second = try await define(Self.body("Second", parents: [first]), test)
    for (body, flaw) in [
      (Self.body("A", grants: ["moon:sell"]), "/grants unknown"),
      (Self.body("A", grants: ["organization:manage"]), "/grants unknown"),
      (Self.body("A", grants: ["Order:View"]), "/grants/0/permission malformed"),
      (Self.body("A", parents: ["account-administrator"]), "/parents unknown"),
      (Self.body("A", parents: ["moon"]), "/parents unknown"),
      (Self.body("A", parents: ["partner-administrator"]), "/parents unknown"),
      (Self.body("A", assignment: ["operator"]), "/may_grant unknown"),
      (Self.body("A", kinds: ["customer"]), "/organization_kinds unknown"), (Self.body("A\u{202E}"), "/name malformed"),
    ] {
      let refused = try await test.call("POST", path, as: test.admin, body: body)
      #expect(refused.status == 422)
      #expect(refused.flaws == [flaw])
    }
    for parent in [first, second] {
      let refused = try await test.call("PUT", "\(path)/\(first)", as: test.admin, body: Self.body("First", parents: [parent]))
      #expect(refused.flaws == ["/parents circle"])
    }
    var last = second
    for step in 0..<(RoleInheritance.maximumDepth - 1) {
      last = try await define(Self.body("Step \(step)", parents: [last]), test)
    }
    let deep = try await test.call("POST", path, as: test.admin, body: Self.body("Too deep", parents: [last]))
    #expect(deep.flaws == ["/parents too_deep"])
  }

  private static func conditional(_ name: String, _ permission: String, _ condition: String) -> JSON {
    ["name": .string(name), "grants": [["permission": .string(permission), "condition": .string(condition)]]]
  }

  @Test func `a role carries conditions, which its versions and those who inherit from it tell`() async throws {
    let test = try await ManagementWorld()
    let small = "resource.properties.amount < 1000"
    let made = try await test.call(
      "POST", roles(test), as: test.admin, body: Self.conditional("Small orders", "order:view", small))
    #expect(made.status == 201)
    let id = try #require(made["role", "id"]?.stringValue)
    #expect(made["role", "grants"] == [["permission": "order:view", "condition": .string(small)]])
    #expect(made["role", "permissions"] == [])
    let child = try await test.call("POST", roles(test), as: test.admin, body: Self.body("Child", parents: [id]))
    #expect(
      child["role", "inherited"] == [["permission": "order:view", "through": [.string(id)], "condition": .string(small)]])
    #expect(try await test.call("GET", "\(roles(test))/\(id)", as: test.admin).json == made.json)

    let path = "\(roles(test))/\(id)"
    #expect(
      try await test.call("PUT", path, as: test.admin, body: Self.conditional("Small orders", "order:view", "false")).status
        == 200)
    let versions = try await test.call("GET", "\(path)/versions", as: test.admin)
    #expect(versions["items", "0", "definition", "grants", "0", "condition"]?.stringValue == small)
    #expect(versions["items", "1", "definition", "grants", "0", "condition"] == "false")
    let audited = try await test.world.audit(.roleRedefined)
    #expect(audited.first?.details?["before"]?.objectValue?["conditions"] == ["order:view": .string(small)])
    // A permission that somebody gives under a condition is needed like any other.
    #expect(
      try await test.call(
        "PUT", "/permissions/order/pack", as: test.operatorOfPortal,
        body: ["summary": "Pack.", "organization_kinds": ["customer"], "customer_data": true]
      ).status == 201)
    #expect(
      try await test.call("POST", roles(test), as: test.admin, body: Self.conditional("Packer", "order:pack", small)).status
        == 201)
    #expect(try await test.call("DELETE", "/permissions/order/pack", as: test.operatorOfPortal).problem == "wrong-state")
  }

  @Test(.threat("CEL1")) func `a condition that is none is refused with the place of the fault, and at its limits`() async throws
  {
    let test = try await ManagementWorld()
    let check = "/organizations/\(test.contoso.id)/conditions/check"
    let longest = "subject.id == '\(String(repeating: "a", count: ConditionLimits.textLength - 16))'"
    #expect(longest.utf8.count == ConditionLimits.textLength)
    for condition in ["true", "resource.properties.amount < 1000", longest] {
      let checked = try await test.call("POST", check, as: test.admin, body: ["condition": .string(condition)])
      #expect(checked.status == 200)
      #expect(checked.json == ["sound": true])
      #expect(
        try await test.call(
          "POST", roles(test), as: test.admin, body: Self.conditional("R\(condition.utf8.count)", "order:view", condition)
        ).status == 201)
    }
    for (condition, kind, line, column) in [
      ("subject.id =", "syntax", 1, 12), ("true &&\n subjct.id == 'a'", "unknown", 2, 2), ("1 + 1", "type", 1, 3),
      ("resource.id.matches('(')", "argument", 1, 21), (longest + " ", "limit", 1, 1),
      // Fewer characters than bytes.
      ("subject.id == '\(String(repeating: "é", count: 2_041))'", "limit", 1, 1),
    ] {
      let checked = try await test.call("POST", check, as: test.admin, body: ["condition": .string(condition)])
      #expect(checked["sound"] == false)
      #expect(checked["fault", "kind"]?.stringValue == kind, "\(condition.prefix(40))")
      #expect(checked["fault", "line"]?.intValue == Int64(line), "\(condition.prefix(40))")
      #expect(checked["fault", "column"]?.intValue == Int64(column), "\(condition.prefix(40)) \(checked.json)")
      let refused = try await test.call(
        "POST", roles(test), as: test.admin, body: Self.conditional("Refused", "order:view", condition))
      #expect(refused.status == 400)
      #expect(refused.problem == "malformed-request")
      #expect(refused["errors", "0", "pointer"] == "/grants/0/condition")
      if condition.unicodeScalars.count <= ConditionLimits.textLength {
        #expect(refused["errors", "0", "code"]?.stringValue == kind)
        #expect(refused["errors", "0", "detail"]?.stringValue?.hasPrefix("line \(line), column \(column): ") == true)
      }
    }
    let reader = try await test.member("dan@contoso.test", .userAdministrator)
    #expect(try await test.call("POST", check, as: reader, body: ["condition": "true"]).status == 403)
    #expect(try await test.call("POST", "/conditions/check", as: test.admin, body: ["condition": "true"]).status == 403)
    #expect(try await test.call("POST", "/conditions/check", as: test.operatorOfPortal, body: ["condition": "1"]).status == 200)
  }

  @Test func `what only Usher asks for takes no condition, and no permission stands in a role twice`() async throws {
    let test = try await ManagementWorld()
    let refused = try await test.call(
      "POST", roles(test), as: test.admin, body: Self.conditional("A", "user:manage", "true"))
    #expect(refused.flaws == ["/grants condition_refused"])
    let twice: JSON = [
      "name": "A", "grants": [["permission": "order:view"], ["permission": "order:view", "condition": "false"]],
    ]
    #expect(try await test.call("POST", roles(test), as: test.admin, body: twice).flaws == ["/grants/1/permission repeated"])
    let limit = RoleDefinition.maximumConditions
    for number in 0...limit {
      _ = try await DefinePermission()(
        Permission("thing", "do-\(number)"), summary: "Does it.", translations: [], kinds: [.customer], isCustomerData: true,
        seen: nil, test.world.occasion(as: test.operatorOfPortal), env: test.world.env)
    }
    for count in [limit, limit + 1] {
      let grants: [JSON] = (0..<count).map { ["permission": .string("thing:do-\($0)"), "condition": "true"] }
      let reply = try await test.call(
        "POST", roles(test), as: test.admin, body: ["name": .string("Role \(count)"), "grants": .array(grants)])
      #expect(reply.status == (count == limit ? 201 : 422))
    }
  }

  @Test(.threat("ROL7")) func `a name that a reader would take for another role's is refused, and no id is taken from outside`()
    async throws
  {
    let test = try await ManagementWorld()
    let own = try await define(Self.body("Käufer ①"), test)
    for name in [
      "KÄUFER 1", "käufer\u{00A0} 1", "Ka\u{0308}ufer 1", "Account administrator", "ACCOUNT  ADMINISTRATOR", "ａccount viewer",
      "report\u{200C} viewer",
    ] {
      let refused = try await test.call("POST", roles(test), as: test.admin, body: Self.body(name))
      #expect(refused.status == 409, "\(name)")
      #expect(refused.problem == "already-exists")
    }
    // Another organization's names are its own.
    let elsewhere = try await test.call(
      "POST", "/organizations/\(test.fabrikam.id)/roles", as: test.adminOfFabrikam, body: Self.body("Käufer ①"))
    #expect(elsewhere.status == 201)
    #expect(elsewhere["role", "id"]?.stringValue != own)
    let forged = try await test.call(
      "PUT", "\(roles(test))/operator", as: test.admin, body: Self.body("Operator", grants: ["order:view"]))
    #expect(forged.status == 404)
    #expect(
      try await test.call("PUT", "/roles/account-viewer", as: test.operatorOfPortal, body: Self.body("V", kinds: ["customer"]))
        .status == 404)
  }

  @Test(.threat("ROL9")) func `a role that is needed cannot be deleted, by whatever it is needed, and nothing changes`()
    async throws
  {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let id = try await define(Self.body("Needed", grants: ["order:view"]), test)
    let path = "\(roles(test))/\(id)"
    func refused(_ reason: String) async throws {
      let before = try await test.world.store.read { try $0.policyRevision() }
      let reply = try await test.call("DELETE", path, as: test.admin)
      #expect(reply.status == 409)
      #expect(reply.problem == "wrong-state")
      #expect(reply["detail"]?.stringValue?.contains(reason) == true, "\(reply["detail"]?.stringValue ?? "")")
      #expect(try await test.call("GET", path, as: test.admin).status == 200)
      #expect(try await test.world.store.read { try $0.policyRevision() } == before)
    }
    #expect(try await assign(id, to: person, as: test.admin, test) == 201)
    try await refused("held 1 times")
    #expect(try decides(.orderView, for: person, test).allowed)
    let held = try await test.world.store.read { try $0.roleAssignments(of: .account(person.id)) }
    let assignment = try #require(held.first)
    #expect(
      try await test.call("DELETE", "/organizations/\(test.contoso.id)/role-assignments/\(assignment.id)", as: test.admin).status
        == 204)

    let invited = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/invitations", as: test.admin,
      body: ["email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": [.string(id)]])
    #expect(invited.status == 201)
    try await refused("promised by 1 invitations")
    let invitation = invited["id"]?.stringValue ?? ""
    #expect(
      try await test.call("DELETE", "/organizations/\(test.contoso.id)/invitations/\(invitation)", as: test.admin).status < 300)

    let child = try await define(Self.body("Child", parents: [id]), test)
    try await refused("inherited by \(child)")
    #expect(try await test.call("DELETE", "\(roles(test))/\(child)", as: test.admin).status == 204)

    let giver = try await define(Self.body("Giver", assignment: [id]), test)
    try await refused("handed out by \(giver)")
    #expect(try await test.call("DELETE", "\(roles(test))/\(giver)", as: test.admin).status == 204)

    #expect(try await test.call("DELETE", path, as: test.admin, headers: [("If-Match", "\"v2\"")]).status == 412)
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    #expect(try await test.call("DELETE", path, as: test.admin).status == 404)
    #expect(try await assign(id, to: person, as: test.admin, test) == 422)
    let versions = try await test.call("GET", "\(path)/versions", as: test.admin)
    #expect(versions["items", "0", "valid_until"] != nil)
    #expect(try await test.world.audit(.roleDeleted).map(\.object).contains("role:\(id)"))
  }

  @Test func `an operator defines a role for every customer, and nobody else does`() async throws {
    let test = try await ManagementWorld()
    let body = Self.body("Auditor", grants: ["audit:view"], kinds: ["customer", "partner"])
    for actor in [test.admin, test.partnerAdmin] {
      #expect(try await test.call("POST", "/roles", as: actor, body: body).status == 403)
    }
    let made = try await test.call("POST", "/roles", as: test.operatorOfPortal, body: body)
    #expect(made.status == 201)
    let id = try #require(made["id"]?.stringValue)
    #expect(made["origin"] == "portal")
    let person = try await test.member("dan@contoso.test")
    #expect(try await assign(id, to: person, as: test.admin, test) == 201)
    #expect(try decides(.auditView, for: person, test).allowed)
    // Whoever may hold it may not change it.
    let redefined = Self.body("Auditor", grants: ["audit:view", "user:view"], kinds: ["customer", "partner"])
    for path in ["/roles/\(id)", "\(roles(test))/\(id)"] {
      let reply = try await test.call(
        "PUT", path, as: test.admin, body: path.hasPrefix("/roles") ? redefined : Self.body("Auditor", grants: ["user:view"]))
      #expect([403, 404].contains(reply.status))
    }
    #expect(try await test.call("PUT", "/roles/\(id)", as: test.operatorOfPortal, body: redefined).status == 200)
    #expect(try decides(.userView, for: person, test).allowed)
    let narrower = try await test.call(
      "PUT", "/roles/\(id)", as: test.operatorOfPortal, body: Self.body("Auditor", kinds: ["customer"]))
    #expect(narrower.problem == "wrong-state")
    #expect(try await test.call("DELETE", "/roles/\(id)", as: test.operatorOfPortal).status == 409)
    let listed = try await test.call("GET", "/roles", as: person)
    #expect(listed["items"]?.arrayValue?.count == RoleCatalog.builtIn.count + 1)
  }

  @Test(.threat("ROL9")) func `a permission is defined, given by a role, and deleted only once no role lists it`() async throws {
    let test = try await ManagementWorld()
    let path = "/permissions/order/pack"
    let definition: JSON = [
      "summary": "Pack orders.", "organization_kinds": ["customer"], "customer_data": true,
      "translations": [["language": "ru", "summary": "Упаковывать заказы."]],
    ]
    #expect(try await test.call("PUT", path, as: test.admin, body: definition).status == 403)
    #expect(try await test.call("POST", roles(test), as: test.admin, body: Self.body(grants: ["order:pack"])).status == 422)
    let made = try await test.call("PUT", path, as: test.operatorOfPortal, body: definition)
    #expect(made.status == 201)
    #expect(made["built_in"] == false)
    #expect(made.http.header("ETag") == "\"v1\"")
    #expect(try await test.call("GET", path, as: test.admin).json == made.json)
    // Whoever has everything has it at once.
    #expect(try decides(Permission("order", "pack"), for: test.admin, test).allowed)

    let described = try await test.call(
      "PUT", path, as: test.operatorOfPortal,
      body: ["summary": "Pack and label.", "organization_kinds": ["customer"], "customer_data": true],
      headers: [("If-Match", "\"v1\"")])
    #expect(described.status == 200)
    #expect(described.http.header("ETag") == "\"v2\"")
    let moved = try await test.call(
      "PUT", path, as: test.operatorOfPortal,
      body: ["summary": "Pack.", "organization_kinds": ["partner"], "customer_data": true])
    #expect(moved.problem == "wrong-state")

    let role = try await define(Self.body(grants: ["order:pack"]), test)
    let person = try await test.member("dan@contoso.test")
    #expect(try await assign(role, to: person, as: test.admin, test) == 201)
    #expect(try decides(Permission("order", "pack"), for: person, test).allowed)
    let inUse = try await test.call("DELETE", path, as: test.operatorOfPortal)
    #expect(inUse.problem == "wrong-state")
    #expect(inUse["detail"]?.stringValue?.contains(role) == true)
    #expect(try decides(Permission("order", "pack"), for: person, test).allowed)

    #expect(try await test.call("PUT", "\(roles(test))/\(role)", as: test.admin, body: Self.body()).status == 200)
    #expect(try await test.call("DELETE", path, as: test.operatorOfPortal).status == 204)
    #expect(try await test.call("GET", path, as: test.admin).status == 404)
    #expect(try decides(Permission("order", "pack"), for: test.admin, test).reason == .permissionUnknown)
    #expect(try await test.call("PUT", path, as: test.operatorOfPortal, body: definition).http.header("ETag") == "\"v3\"")
  }

  @Test func `no permission is defined about Usher's own affairs, and none of its own is changed`() async throws {
    let test = try await ManagementWorld()
    let definition: JSON = ["summary": "Mine.", "organization_kinds": ["customer"], "customer_data": false]
    for path in [
      "/permissions/user/paint", "/permissions/order/view", "/permissions/agreement/shred",
      "/permissions/purchasing-account/view",
    ] {
      #expect(try await test.call("PUT", path, as: test.operatorOfPortal, body: definition).status == 422, "\(path)")
    }
    #expect(try await test.call("DELETE", "/permissions/order/view", as: test.operatorOfPortal).status == 422)
    #expect(try await test.call("DELETE", "/permissions/order/paint", as: test.operatorOfPortal).status == 404)
    #expect(try await test.call("PUT", "/permissions/Order/Paint", as: test.operatorOfPortal, body: definition).status == 422)
  }
}
