internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct FillingGroups {
  private func base(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)" }

  /// A group of Contoso that holds roles, by its administrator.
  private func makeGroup(_ name: String, _ roles: [String], _ test: ManagementWorld) async throws -> String {
    let made = try await test.call("POST", "\(base(test))/groups", as: test.admin, body: ["name": .string(name)])
    let id = try #require(made["id"]?.stringValue)
    for role in roles {
      let given = try await test.call(
        "POST", "\(base(test))/role-assignments", as: test.admin, body: ["role": .string(role), "group": .string(id)])
      #expect(given.status == 201 && given["group"]?.stringValue == id)
    }
    return id
  }

  private func members(_ group: String, _ test: ManagementWorld) -> String { "\(base(test))/groups/\(group)/members" }

  @Test func `a group is made, called something else, listed and deleted`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call(
      "POST", "\(base(test))/groups", as: test.admin, body: ["name": " Night shift ", "description": "From ten."])
    #expect(made.status == 201 && made["name"] == "Night shift" && made.http.header("ETag") == "\"v1\"")
    let path = "\(base(test))/groups/\(made["id"]?.stringValue ?? "")"
    #expect(made.http.header("Location") == "\(TestWorld.publicAddress)/api/v1\(path)")
    let seen = [("If-Match", "\"v1\"")]
    let renamed = try await test.call("PATCH", path, as: test.admin, body: ["description": nil], headers: seen)
    #expect(renamed.status == 200 && renamed["description"] == nil && renamed["name"] == "Night shift")
    #expect(try await test.call("PATCH", path, as: test.admin, body: ["name": "Late"], headers: seen).status == 412)
    #expect(try await test.call("PATCH", path, as: test.admin, body: ["name": "Late shift"])["version"] == 3)
    #expect(try await test.call("GET", path, as: test.admin)["name"] == "Late shift")
    let listed = try await test.call("GET", "\(base(test))/groups", as: test.admin)
    #expect(listed["items"]?.arrayValue?.count == 1)
    #expect(try await test.call("DELETE", path, as: test.admin, headers: seen).status == 412)
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    #expect(try await test.call("GET", path, as: test.admin).status == 404)
    for event in [AuditEvent.groupDefined, .groupDeleted] { #expect(try await test.world.audit(event).count == 1) }
    #expect(try await test.world.audit(.groupChanged).count == 2)
  }

  @Test(.threat("ROL7")) func `two groups of an organization are not called so that one is taken for the other`() async throws {
    let test = try await ManagementWorld()
    _ = try await makeGroup("Night shift", [], test)
    let other = try await makeGroup("Day shift", [], test)
    for name in ["night SHIFT", "Night  shift", "Night\u{200B} shift"] {
      let reply = try await test.call("POST", "\(base(test))/groups", as: test.admin, body: ["name": .string(name)])
      #expect([409, 422].contains(reply.status), "\(name)")
    }
    let renamed = try await test.call("PATCH", "\(base(test))/groups/\(other)", as: test.admin, body: ["name": "NIGHT SHIFT"])
    #expect(renamed.status == 409 && renamed.flaws == ["/name taken"])
    let elsewhere = try await test.call(
      "POST", "/organizations/\(test.fabrikam.id)/groups", as: test.adminOfFabrikam, body: ["name": "Night shift"])
    #expect(elsewhere.status == 201)
  }

  @Test(arguments: [(1, 201), (100, 201), (101, 400)]) func `a name is taken up to its limit`(_ length: Int, _ status: Int)
    async throws
  {
    let test = try await ManagementWorld()
    let name = JSON.string(String(repeating: "ж", count: length))
    #expect(try await test.call("POST", "\(base(test))/groups", as: test.admin, body: ["name": name]).status == status)
  }

  @Test func `what a group holds counts for its members, and for nobody any more who left or cannot act`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let group = try await makeGroup("Support", ["user-administrator"], test)
    func maySee() async throws -> Bool {
      try await test.call("GET", "\(base(test))/members", as: person).status == 200
    }
    #expect(try await !maySee())
    let place = "\(members(group, test))/user/\(person.id)"
    let added = try await test.call("PUT", place, as: test.admin)
    #expect(added.status == 201 && added["type"] == "user" && added["id"]?.stringValue == person.id.text)
    #expect(try await test.call("PUT", place, as: test.admin).json == added.json)
    #expect(try await maySee())
    #expect(try await test.call("GET", "\(base(test))/members/\(person.id)", as: test.admin)["roles"] == [])
    #expect(try await test.call("POST", "\(base(test))/members/\(person.id)/suspend", as: test.admin).status == 204)
    #expect(try await !maySee())
    #expect(try await test.call("POST", "\(base(test))/members/\(person.id)/restore", as: test.admin).status == 204)
    #expect(try await maySee())
    #expect(try await test.call("DELETE", place, as: test.admin).status == 204)
    #expect(try await !maySee())
    #expect(try await test.call("DELETE", place, as: test.admin).status == 404)
    let events = try await test.world.audit().map(\.event)
    #expect(events.count { $0 == "group.member-added" } == 1 && events.count { $0 == "group.member-removed" } == 1)
  }

  @Test func `people, applications and registered subjects belong to groups, and are found there`() async throws {
    let test = try await ManagementWorld()
    let group = try await makeGroup("Fleet", [], test)
    let other = try await makeGroup("Other", [], test)
    let application = try await test.world.application(
      Application(
        id: test.world.command.newID(), name: "Orders", authentication: .basic, grantTypes: [.clientCredentials], scopes: [],
        owner: test.contoso.id, createdAt: test.world.clock.now()))
    #expect(try await test.call("PUT", "\(base(test))/subjects/robot/r%2F1", as: test.admin, body: [:]).status == 201)
    let names = ["user/\(test.admin.id)", "application/\(application.id)", "robot/r%2F1"]
    for name in names {
      #expect(try await test.call("PUT", "\(members(group, test))/\(name)", as: test.admin).status == 201, "\(name)")
    }
    let listed = try await test.call("GET", members(group, test), as: test.admin)
    #expect(listed["items"]?.arrayValue?.compactMap { $0.objectValue?["type"]?.stringValue } == ["user", "application", "robot"])
    #expect(listed["items", "2", "id"] == "r/1")
    let first = try await test.call("GET", "\(members(group, test))?limit=2", as: test.admin)
    let next = try #require(first["next"]?.stringValue)
    let rest = try await test.call(
      "GET", "\(members(group, test))?limit=2&after=\(FormFields([(name: "a", value: next)]).encoded.dropFirst(2))",
      as: test.admin)
    #expect(rest["items"]?.arrayValue?.count == 1 && rest["next"] == nil)
    let found = try await test.call("GET", "\(base(test))/groups?member_type=robot&member_id=r%2F1", as: test.admin)
    #expect(found["items"]?.arrayValue?.compactMap { $0.objectValue?["id"]?.stringValue } == [group])
    #expect(try await test.call("GET", "\(base(test))/groups?member_type=robot&member_id=r2", as: test.admin)["items"] == [])
    for stranger in ["user/\(test.adminOfFabrikam.id)", "group/\(other)", "robot/r2", "application/nothing", "user/nothing"] {
      #expect(try await test.call("PUT", "\(members(group, test))/\(stranger)", as: test.admin).status == 404, "\(stranger)")
    }
  }

  @Test(.threat("ROL1")) func `nobody gives by a group what they could not give themselves`() async throws {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let person = try await test.member("dan@contoso.test")
    let (high, low) = (
      try await makeGroup("Board", ["report-viewer", "account-administrator"], test),
      try await makeGroup("Readers", ["report-viewer"], test)
    )
    for account in [userAdmin, person] {
      #expect(try await test.call("PUT", "\(members(high, test))/user/\(account.id)", as: userAdmin).status == 403)
    }
    let given = try await test.call(
      "POST", "\(base(test))/role-assignments", as: userAdmin, body: ["role": "account-administrator", "group": .string(low)])
    #expect(given.status == 403)
    #expect(try await test.denials().count == 3)
    #expect(try await test.world.store.read { try $0.roleAssignments(reaching: .account(person.id)) }.isEmpty)
    #expect(try await test.call("PUT", "\(members(low, test))/user/\(person.id)", as: userAdmin).status == 201)
    // Without the right to assign roles it is not enough that a role could be handed out.
    let definition: JSON = [
      "name": "Registrar", "grants": [["permission": "user:manage"]], "may_grant": ["assignment": ["report-viewer"]],
    ]
    let role =
      try await test.call("POST", "\(base(test))/roles", as: test.admin, body: definition)["role", "id"]?.stringValue ?? ""
    let registrar = try await test.member("rob@contoso.test", RoleID(trusted: role))
    #expect(try await test.call("PUT", "\(members(low, test))/user/\(registrar.id)", as: registrar).status == 403)
    let empty = try await makeGroup("Empty", [], test)
    #expect(try await test.call("PUT", "\(members(empty, test))/user/\(registrar.id)", as: registrar).status == 201)
  }

  @Test(.threat("ROL12")) func `whoever may not take what a group holds touches neither the group nor its members`() async throws
  {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let person = try await test.member("dan@contoso.test")
    let high = try await makeGroup("Board", ["account-administrator"], test)
    #expect(try await test.call("PUT", "\(members(high, test))/user/\(person.id)", as: test.admin).status == 201)
    for (method, path) in [
      ("DELETE", "\(members(high, test))/user/\(person.id)"), ("DELETE", "\(base(test))/groups/\(high)"),
      ("POST", "\(base(test))/members/\(person.id)/suspend"), ("POST", "\(base(test))/accounts/\(person.id)/suspend"),
    ] {
      let denied = try await test.denials().count
      #expect(try await test.call(method, path, as: userAdmin).status == 403, "\(path)")
      #expect(try await test.denials().count == denied + 1, "\(path)")
    }
    let reaching = try await test.world.store.read { try $0.roleAssignments(reaching: .account(person.id)) }
    #expect(reaching.map(\.role) == [.accountAdministrator])
  }

  @Test(.threat("ROL9")) func `with a group goes what it held, and everybody who had it by the group loses it`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let group = try await makeGroup("Support", ["user-administrator", "report-viewer"], test)
    #expect(try await test.call("PUT", "\(members(group, test))/user/\(person.id)", as: test.admin).status == 201)
    #expect(try await test.call("DELETE", "\(base(test))/groups/\(group)", as: test.admin).status == 204)
    #expect(try await test.call("GET", "\(base(test))/members", as: person).status == 403)
    let (left, places) = try await test.world.store.read { tx in
      (try tx.roleAssignments(of: .group(GroupID(trusted: group))), try tx.groupMemberships(of: .account(person.id)))
    }
    #expect(left.isEmpty && places.isEmpty)
    let events = try await test.world.audit().map(\.event)
    #expect(events.count { $0 == "role.removed" } == 2 && events.count { $0 == "group.member-removed" } == 1)
  }

  @Test(.threat("ROL2")) func `an administrator by a group does not keep the last one from being the last`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let group = try await makeGroup("Board", ["account-administrator"], test)
    #expect(try await test.call("PUT", "\(members(group, test))/user/\(person.id)", as: test.admin).status == 201)
    let reply = try await test.call("POST", "\(base(test))/members/\(test.admin.id)/suspend", as: person)
    #expect(reply.status == 409 && reply.problem == "last-administrator")
  }

  @Test(.threat("ROL6")) func `the groups of another organization are nobody else's`() async throws {
    let test = try await ManagementWorld()
    let group = try await makeGroup("Support", ["user-administrator"], test)
    let path = "/organizations/\(test.fabrikam.id)/groups/\(group)"
    #expect(try await test.call("GET", path, as: test.adminOfFabrikam).status == 404)
    #expect(try await test.call("DELETE", path, as: test.adminOfFabrikam).status == 404)
    #expect(
      try await test.call("PUT", "\(path)/members/user/\(test.adminOfFabrikam.id)", as: test.adminOfFabrikam).status == 404)
    #expect(try await test.call("GET", "\(base(test))/groups", as: test.adminOfFabrikam).status == 403)
  }
}
