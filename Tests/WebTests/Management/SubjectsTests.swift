internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct RegisteringSubjects {
  private func base(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)/subjects" }

  @Test func `a subject is registered, changed, listed, shown and deleted`() async throws {
    let test = try await ManagementWorld()
    let path = "\(base(test))/robot/r%2F1%20%C3%A4"
    let made = try await test.call("PUT", path, as: test.admin, body: ["attributes": ["site": "Kiel", "load": ["kg": 12.5]]])
    #expect(made.status == 201 && made["type"] == "robot" && made["id"] == "r/1 ä" && made["state"] == "active")
    #expect(made["attributes"] == ["site": "Kiel", "load": ["kg": 12.5]] && made.http.header("ETag") == "\"v1\"")
    let seen = [("If-Match", "\"v1\"")]
    let changed = try await test.call("PUT", path, as: test.admin, body: ["state": "suspended"], headers: seen)
    #expect(changed.status == 200 && changed["state"] == "suspended" && changed["attributes"] == [:] && changed["version"] == 2)
    #expect(try await test.call("PUT", path, as: test.admin, body: [:], headers: seen).status == 412)
    #expect(try await test.call("GET", path, as: test.admin).json == changed.json)
    #expect(try await test.call("PUT", "\(base(test))/door/1", as: test.admin, body: [:]).status == 201)
    func count(_ query: String) async throws -> Int? {
      try await test.call("GET", base(test) + query, as: test.admin)["items"]?.arrayValue?.count
    }
    for (query, expected) in [("", 2), ("?type=door", 1), ("?type=window", 0)] { #expect(try await count(query) == expected) }
    #expect(try await test.call("DELETE", path, as: test.admin, headers: seen).status == 412)
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    #expect(try await test.call("GET", path, as: test.admin).status == 404)
    let events = try await test.world.audit().filter { $0.event.hasPrefix("subject.") }
    // Of one moment, they have no order of their own.
    #expect(
      events.map(\.event).sorted() == ["subject.changed", "subject.deleted", "subject.registered", "subject.registered"])
    // What a subject is called and like may be about people.
    #expect(
      !events.contains { ($0.details.map { JSON.object($0).text } ?? "").contains("Kiel") || ($0.object ?? "").contains("r/1") })
  }

  @Test func `of what is kept of a subject every limit is told with 400, and its names with 422`() async throws {
    let test = try await ManagementWorld()
    func nested(_ depth: Int) -> JSON { depth == 0 ? 1 : ["a": nested(depth - 1)] }
    func wide(_ count: Int) -> JSON { .object(JSONObject((0..<count).map { ("m\($0)", .integer(1)) })) }
    // {"a":"…"} is eight bytes more than the text.
    func long(_ bytes: Int) -> JSON { ["a": .string(String(repeating: "x", count: bytes - 8))] }
    for (attributes, isTaken) in [
      (nested(5), true), (nested(6), false), (wide(100), true), (wide(101), false), (long(8_192), true), (long(8_193), false),
    ] {
      let reply = try await test.call("PUT", "\(base(test))/robot/r1", as: test.admin, body: ["attributes": attributes])
      #expect(isTaken ? reply.status < 300 : reply.status == 400)
      #expect(reply.flaws == (isTaken ? [] : ["/attributes too_large"]))
    }
    for (name, status) in [
      ("user/1", 422), ("group/1", 422), ("application/1", 422), ("Robot/1", 422), ("1robot/1", 422), ("my_robot.v-2/1", 201),
      ("robot/%20x", 422), ("robot/" + String(repeating: "x", count: 200), 201),
      ("robot/" + String(repeating: "x", count: 201), 422),
      (String(repeating: "x", count: 64) + "/1", 201), (String(repeating: "x", count: 65) + "/1", 422),
    ] {
      #expect(try await test.call("PUT", "\(base(test))/\(name)", as: test.admin, body: [:]).status == status, "\(name)")
    }
  }

  @Test(.threat("ROL12")) func `whoever may not take what a subject holds changes nothing of it`() async throws {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let path = "\(base(test))/robot/r1"
    #expect(try await test.call("PUT", path, as: userAdmin, body: ["attributes": ["level": 1]]).status == 201)
    #expect(try await test.call("PUT", path, as: userAdmin, body: ["attributes": ["level": 2]]).status == 200)
    let given = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/role-assignments", as: test.admin,
      body: [
        "role": "account-administrator", "subject": ["type": "robot", "id": "r1"], "scope": ["type": "project", "id": "1"],
      ])
    #expect(given.status == 201 && given["subject"] == ["type": "robot", "id": "r1"])
    for (method, body) in [
      ("PUT", ["attributes": ["level": 3]]), ("PUT", ["attributes": ["level": 2], "state": "suspended"]), ("DELETE", nil),
    ] as [(String, JSON?)] {
      let denied = try await test.denials().count
      #expect(try await test.call(method, path, as: userAdmin, body: body).status == 403)
      #expect(try await test.denials().count == denied + 1)
    }
    #expect(try await test.call("GET", path, as: userAdmin)["attributes"] == ["level": 2])
    #expect(try await test.call("PUT", path, as: test.admin, body: ["state": "suspended"]).status == 200)
  }

  @Test(.threat("ROL9")) func `with a subject goes what it held, and one that is registered anew holds nothing`() async throws {
    let test = try await ManagementWorld()
    let organization = "/organizations/\(test.contoso.id)"
    let path = "\(base(test))/robot/r1"
    #expect(try await test.call("PUT", path, as: test.admin, body: [:]).status == 201)
    let group = try await test.call("POST", "\(organization)/groups", as: test.admin, body: ["name": "Fleet"])["id"]?.stringValue
    let member = "\(organization)/groups/\(group ?? "")/members/robot/r1"
    #expect(try await test.call("PUT", member, as: test.admin).status == 201)
    for scope in [nil, ["type": "project", "id": "1"]] as [JSON?] {
      var body: JSONObject = ["role": "report-viewer", "subject": ["type": "robot", "id": "r1"]]
      if let scope { body["scope"] = scope }
      #expect(
        try await test.call("POST", "\(organization)/role-assignments", as: test.admin, body: .object(body)).status == 201)
    }
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    #expect(try await test.call("PUT", path, as: test.admin, body: [:]).status == 201)
    let roles = try await test.call("GET", "\(organization)/principals/robot/r1/roles", as: test.admin)
    #expect(roles["items"] == [])
    #expect(try await test.call("GET", "\(organization)/groups/\(group ?? "")/members", as: test.admin)["items"] == [])
    let events = try await test.world.audit().map(\.event)
    #expect(events.count { $0 == "role.removed" } == 2 && events.count { $0 == "group.member-removed" } == 1)
  }

  @Test(.threat("ROL6")) func `one name is another subject in another organization`() async throws {
    let test = try await ManagementWorld()
    #expect(try await test.call("PUT", "\(base(test))/robot/r1", as: test.admin, body: [:]).status == 201)
    let theirs = "/organizations/\(test.fabrikam.id)/subjects/robot/r1"
    #expect(try await test.call("GET", theirs, as: test.adminOfFabrikam).status == 404)
    #expect(try await test.call("PUT", theirs, as: test.adminOfFabrikam, body: ["state": "suspended"]).status == 201)
    #expect(try await test.call("GET", "\(base(test))/robot/r1", as: test.admin)["state"] == "active")
    #expect(try await test.call("GET", "\(base(test))/robot/r1", as: test.adminOfFabrikam).status == 403)
    let given = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/role-assignments", as: test.admin,
      body: ["role": "report-viewer", "subject": ["type": "robot", "id": "r2"]])
    #expect(given.status == 422)
  }
}

@Suite struct RegisteringManySubjects {
  private func base(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)/subjects" }

  private func bulk(_ subjects: [JSON], as actor: Account? = nil, _ test: ManagementWorld) async throws -> ManagementWorld.Reply {
    try await test.call("POST", base(test), as: actor ?? test.admin, body: ["subjects": .array(subjects)])
  }

  private func robot(_ id: String, _ attributes: JSON? = nil, _ state: String? = nil) -> JSON {
    var robot: JSONObject = ["type": "robot", "id": .string(id)]
    if let attributes { robot["attributes"] = attributes }
    if let state { robot["state"] = .string(state) }
    return .object(robot)
  }

  @Test func `a thousand are registered at once, and said anew where they are other than before`() async throws {
    let test = try await ManagementWorld()
    let attributes: JSON = ["site": .string(SizeLimit.text(400)), "load": ["kg": 12.5]]
    let many = (0..<1_000).map { robot("r\($0)", attributes) }
    let made = try await bulk(many, test)
    #expect(made.status == 200 && made["new"] == 1_000 && made["changed"] == 0 && made["unchanged"] == 0)
    let one = try await test.call("GET", "\(base(test))/robot/r999", as: test.admin)
    #expect(one["attributes"] == attributes && one["state"] == "active" && one["version"] == 1)
    let again = try await bulk(
      Array(many.prefix(10)) + [robot("r10", attributes, "suspended"), robot("r11", ["site": "Kiel"]), robot("new")], test)
    #expect(again["new"] == 1 && again["changed"] == 2 && again["unchanged"] == 10)
    let changed = try await test.call("GET", "\(base(test))/robot/r10", as: test.admin)
    #expect(changed["state"] == "suspended" && changed["version"] == 2)
    // What was registered counts at once, with what a condition may ask.
    #expect(try await test.call("GET", "\(base(test))?type=robot&limit=100", as: test.admin)["items"]?.arrayValue?.count == 100)
    let events = try await test.world.audit().filter { $0.event.hasPrefix("subject.") }
    #expect(events.count { $0.event == "subject.registered" } == 1_001 && events.count { $0.event == "subject.changed" } == 2)
    #expect(Set(events.compactMap(\.object)).count == 1_001)
  }

  @Test func `when anything is wrong with one of many nothing is registered, and each flaw is told with its place`() async throws
  {
    let test = try await ManagementWorld()
    let before = try await test.world.audit().count
    let names = try await bulk(
      [robot("a"), robot("a"), ["type": "Robot", "id": "x"], robot(" b"), ["type": "user", "id": "x"]], test)
    #expect(
      names.status == 422
        && names.flaws == [
          "/subjects/1 repeated", "/subjects/2/type malformed", "/subjects/3/id malformed", "/subjects/4/type malformed",
        ])
    let members = JSONObject((0...100).map { ("m\($0)", .integer(1)) })
    let large = try await bulk([robot("a"), robot("b", .object(members))], test)
    #expect(large.status == 400 && large.flaws == ["/subjects/1/attributes too_large"])
    #expect(try await bulk([], test).flaws == ["/subjects too_few"])
    #expect(try await test.call("GET", base(test), as: test.admin)["items"] == [])
    #expect(try await test.world.audit().count == before)
    #expect(try await bulk([robot("a")], as: test.adminOfFabrikam, test).status == 403)
  }

  @Test(.threat("ROL12")) func `whoever may not take what one of many holds changes none of them`() async throws {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    #expect(try await bulk([robot("r1"), robot("r2"), robot("r3")], as: userAdmin, test).status == 200)
    let place = "/organizations/\(test.contoso.id)"
    let group = try await test.call("POST", "\(place)/groups", as: test.admin, body: ["name": "Fleet"])["id"]?.stringValue ?? ""
    #expect(try await test.call("PUT", "\(place)/groups/\(group)/members/robot/r2", as: test.admin).status == 201)
    for holder in [["subject": ["type": "robot", "id": "r1"]], ["group": .string(group)]] as [JSONObject] {
      var body = holder
      body["role"] = "account-administrator"
      body["scope"] = ["type": "project", "id": "1"]
      #expect(try await test.call("POST", "\(place)/role-assignments", as: test.admin, body: .object(body)).status == 201)
    }
    let denied = try await test.denials().count
    for held in ["r1", "r2"] {
      let refused = try await bulk([robot("new"), robot("r3", ["level": 1]), robot(held, ["level": 1])], as: userAdmin, test)
      #expect(refused.status == 403, "\(held)")
    }
    #expect(try await test.denials().count == denied + 2)
    #expect(try await test.call("GET", "\(base(test))/robot/new", as: test.admin).status == 404)
    #expect(try await test.call("GET", "\(base(test))/robot/r3", as: test.admin)["attributes"] == [:])
    // What stays as it is was not acted upon.
    #expect(try await bulk([robot("r1"), robot("r2"), robot("r3", ["level": 1])], as: userAdmin, test)["changed"] == 1)
    #expect(try await bulk([robot("r1", ["level": 1]), robot("r2", ["level": 1])], test)["changed"] == 2)
  }
}
