internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct AssigningOnTerms {
  private func base(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)" }

  private func body(_ role: String, _ account: Account, _ terms: JSONObject = [:]) -> JSON {
    var body: JSONObject = ["role": .string(role), "account": .string(account.id.text)]
    for (name, value) in terms.members { body[name] = value }
    return .object(body)
  }

  @Test func `a role is given for one resource, for a time, and with a reason`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let (starts, ends) = (test.world.clock.now() + .days(1), test.world.clock.now() + .days(8))
    let given = try await test.call(
      "POST", "\(base(test))/role-assignments", as: test.admin,
      body: body(
        "report-viewer", person,
        [
          "scope": ["type": "project", "id": "Ocean 1"], "starts_at": .string(starts.rfc3339), "ends_at": .string(ends.rfc3339),
          "reason": "Stands in for Eve.",
        ]))
    #expect(given.status == 201)
    let shown = try await test.call(
      "GET", "\(base(test))/role-assignments/\(given["id"]?.stringValue ?? "")", as: test.admin)
    #expect(shown.json == given.json)
    #expect(shown["scope"] == ["type": "project", "id": "Ocean 1"])
    #expect(shown["starts_at"]?.stringValue == starts.rfc3339)
    #expect(shown["ends_at"]?.stringValue == ends.rfc3339)
    #expect(shown["reason"] == "Stands in for Eve.")
    let audited = try #require(try await test.world.audit(.roleAssigned).last)
    let after = audited.details?["after"]?.objectValue
    #expect(after?["scope"] == "resource:project:Ocean 1")
    #expect(after?["ends_at"]?.stringValue == ends.rfc3339)
    // Words of people do not go into the trail.
    #expect(!(audited.details.map { JSON.object($0).text } ?? "").contains("Eve"))
    // What is for one resource is not among what is held for everything.
    let member = try await test.call("GET", "\(base(test))/members/\(person.id)", as: test.admin)
    #expect(member["roles"] == [])
  }

  @Test func `one role is held for several resources at once, and for each on one set of terms`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    func assign(_ terms: JSONObject) async throws -> ManagementWorld.Reply {
      try await test.call(
        "POST", "\(base(test))/role-assignments", as: test.admin, body: body("report-viewer", person, terms))
    }
    let one = try await assign(["scope": ["type": "project", "id": "1"]])
    let two = try await assign(["scope": ["type": "project", "id": "2"]])
    let whole = try await assign([:])
    #expect([one.status, two.status, whole.status] == [201, 201, 201])
    #expect(Set([one["id"], two["id"], whole["id"]]).count == 3)
    #expect(try await assign(["scope": ["type": "project", "id": "1"], "reason": "again"])["id"] == one["id"])
    let ends = JSON.string((test.world.clock.now() + .days(1)).rfc3339)
    for terms in [["scope": ["type": "project", "id": "1"], "ends_at": ends], ["ends_at": ends]] as [JSONObject] {
      let refused = try await assign(terms)
      #expect(refused.status == 409)
      #expect(refused.flaws == ["/role held_otherwise"])
    }
    let held = try await test.world.store.read { try $0.roleAssignments(of: .account(person.id)) }
    #expect(held.count == 3)
  }

  @Test func `assignments are listed by holder, role and resource`() async throws {
    let test = try await ManagementWorld()
    let (dan, eve) = (try await test.member("dan@contoso.test", .accountViewer), try await test.member("eve@contoso.test"))
    let scope: JSONObject = ["scope": ["type": "project", "id": "a/b&c"]]
    for account in [dan, eve] {
      let given = try await test.call(
        "POST", "\(base(test))/role-assignments", as: test.admin, body: body("report-viewer", account, scope))
      #expect(given.status == 201)
    }
    func count(_ query: String) async throws -> Int? {
      try await test.call("GET", "\(base(test))/role-assignments?\(query)", as: test.admin)["items"]?.arrayValue?.count
    }
    #expect(try await count("") == 4)
    #expect(try await count("holder_type=user&holder_id=\(dan.id)") == 2)
    #expect(try await count("holder_type=user&holder_id=\(dan.id)&role=report-viewer") == 1)
    #expect(try await count("role=report-viewer") == 2)
    #expect(try await count("scope_type=project&scope_id=a%2Fb%26c") == 2)
    #expect(try await count("scope_type=project&scope_id=a") == 0)
    #expect(try await count("holder_type=user&holder_id=\(test.adminOfFabrikam.id)") == 0)
    #expect(try await count("holder_type=robot&holder_id=nobody") == 0)
    let first = try await test.call("GET", "\(base(test))/role-assignments?role=report-viewer&limit=1", as: test.admin)
    let next = try #require(first["next"]?.stringValue)
    let second = try await test.call(
      "GET", "\(base(test))/role-assignments?role=report-viewer&limit=1&after=\(next)", as: test.admin)
    #expect(second["items", "0", "account"] != first["items", "0", "account"] && second["next"] == nil)
    let half = try await test.call("GET", "\(base(test))/role-assignments?holder_type=user", as: test.admin)
    #expect(half.status == 400 && half.flaws == ["holder_id required"])
  }

  @Test func `terms that cannot be meant are refused with the member that says them`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let now = test.world.clock.now()
    func time(_ offset: Duration) -> JSON { .string((now + offset).rfc3339) }
    func text(_ length: Int) -> JSON { .string(String(repeating: "ж", count: length)) }
    let cases: [(JSONObject, String?)] = [
      (["reason": text(500)], nil), (["reason": text(501)], "/reason too_long"), (["reason": "a\nb"], "/reason malformed"),
      (["scope": ["type": "project", "id": text(200)]], nil),
      (["scope": ["type": "project", "id": text(201)]], "/scope/id too_long"),
      (["scope": ["type": "project", "id": " x"]], "/scope/id malformed"),
      (["scope": ["type": "Project", "id": "x"]], "/scope/type malformed"),
      (["scope": ["type": "project"]], "/scope/id required"),
      (["starts_at": time(.hours(2)), "ends_at": time(.hours(2))], "/ends_at before_start"),
      (["ends_at": time(.zero)], "/ends_at past"),
      (["ends_at": time(.microseconds(1)), "scope": ["type": "t", "id": "1"]], nil),
      (["ends_at": "2026-02-30T00:00:00Z"], "/ends_at malformed"),
      (["starts_at": "tomorrow"], "/starts_at too_short"),
    ]
    for (index, (terms, flaw)) in cases.enumerated() {
      var terms = terms
      // Each for a resource of its own, so that none is held before.
      if terms["scope"] == nil { terms["scope"] = ["type": "case", "id": .string("\(index)")] }
      let reply = try await test.call(
        "POST", "\(base(test))/role-assignments", as: test.admin, body: body("report-viewer", person, terms))
      #expect(reply.status == (flaw == nil ? 201 : 400), "\(terms)")
      #expect(reply.flaws == (flaw.map { [$0] } ?? []), "\(terms)")
    }
  }

  @Test func `an assignment is replaced by one on other terms, and the old one is over`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let given = try await test.call(
      "POST", "\(base(test))/role-assignments", as: test.admin, body: body("report-viewer", person))
    let old = "\(base(test))/role-assignments/\(given["id"]?.stringValue ?? "")"
    let ends = test.world.clock.now() + .days(30)
    let terms: JSON = ["ends_at": .string(ends.rfc3339), "reason": "The project ends."]
    let new = try await test.call("POST", "\(old)/replace", as: test.admin, body: terms)
    #expect(new.status == 201)
    #expect(new["id"] != given["id"] && new["account"] == given["account"] && new["role"] == "report-viewer")
    #expect(new["ends_at"]?.stringValue == ends.rfc3339)
    #expect(new.http.header("Location")?.hasSuffix("/role-assignments/\(new["id"]?.stringValue ?? "-")") == true)
    #expect(try await test.call("GET", old, as: test.admin).status == 404)
    #expect(try await test.call("POST", "\(old)/replace", as: test.admin, body: terms).status == 404)
    let removed = try await test.world.audit(.roleRemoved)
    #expect(removed.count == 1)
    // On the same terms it stays the same.
    let again = "\(base(test))/role-assignments/\(new["id"]?.stringValue ?? "")"
    #expect(try await test.call("POST", "\(again)/replace", as: test.admin, body: terms)["id"] == new["id"])
    // Two for one resource cannot come of it.
    let other = try await test.call(
      "POST", "\(base(test))/role-assignments", as: test.admin,
      body: body("report-viewer", person, ["scope": ["type": "t", "id": "1"]]))
    let clash = try await test.call(
      "POST", "\(base(test))/role-assignments/\(other["id"]?.stringValue ?? "")/replace", as: test.admin, body: [:])
    #expect(clash.status == 409)
    #expect(try await test.world.store.read { try $0.roleAssignments(of: .account(person.id)) }.count == 2)
  }

  @Test(.threat("ROL1"), .threat("ROL12")) func `whoever may not grant a role neither limits it nor frees it of a limit`()
    async throws
  {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let second = try await test.member("zoe@contoso.test", .accountAdministrator)
    let held = try #require(try await test.world.store.read { try $0.roleAssignments(of: .account(second.id)) }.first)
    let ends = JSON.string((test.world.clock.now() + .days(1)).rfc3339)
    let path = "\(base(test))/role-assignments/\(held.id)/replace"
    #expect(try await test.call("POST", path, as: userAdmin, body: ["ends_at": ends]).status == 403)
    let denied = try await test.denials().count
    #expect(denied == 1)
    for terms in [["ends_at": ends], ["scope": ["type": "t", "id": "1"]]] as [JSONObject] {
      let reply = try await test.call(
        "POST", "\(base(test))/role-assignments", as: userAdmin, body: body("account-administrator", userAdmin, terms))
      #expect(reply.status == 403, "\(terms)")
    }
    #expect(try await test.world.store.read { try $0.roleAssignments(of: .account(second.id)) } == [held])
  }

  @Test(.threat("ROL2")) func `the last administrator cannot be limited to a time or a resource`() async throws {
    let test = try await ManagementWorld()
    let held = try #require(try await test.world.store.read { try $0.roleAssignments(of: .account(test.admin.id)) }.first)
    let path = "\(base(test))/role-assignments/\(held.id)/replace"
    for terms in [
      ["ends_at": .string((test.world.clock.now() + .days(1)).rfc3339)], ["scope": ["type": "t", "id": "1"]],
      ["starts_at": .string((test.world.clock.now() + .days(1)).rfc3339)],
    ] as [JSONObject] {
      let reply = try await test.call("POST", path, as: test.operatorOfPortal, body: .object(terms))
      #expect(reply.status == 409 && reply.problem == "last-administrator", "\(terms)")
    }
    #expect(try await test.world.store.read { try $0.roleAssignments(of: .account(test.admin.id)) } == [held])
    // A reason is no limit.
    #expect(try await test.call("POST", path, as: test.operatorOfPortal, body: ["reason": "Founder."]).status == 201)
  }

  @Test func `a role that reaches beyond its organization is given for everything and for good, and to no group`() async throws {
    let test = try await ManagementWorld()
    let base = "/organizations/\(test.world.portal.id)"
    let group = try await test.call("POST", "\(base)/groups", as: test.operatorOfPortal, body: ["name": "Night shift"])
    let id = group["id"] ?? .null
    let limited = try await test.call(
      "POST", "\(base)/role-assignments", as: test.operatorOfPortal,
      body: [
        "role": "operator", "account": .string(test.operatorOfPortal.id.text),
        "ends_at": .string((test.world.clock.now() + .days(1)).rfc3339),
      ])
    #expect(limited.status == 422 && limited.flaws == ["/role only_whole"])
    let grouped = try await test.call(
      "POST", "\(base)/role-assignments", as: test.operatorOfPortal, body: ["role": "operator", "group": id])
    #expect(grouped.status == 422 && grouped.flaws == ["/role unknown"])
  }

  @Test func `a role has exactly one holder`() async throws {
    let test = try await ManagementWorld()
    let account = JSON.string(test.admin.id.text)
    let bodies: [JSON] = [
      ["role": "report-viewer"], ["role": "report-viewer", "account": account, "group": account],
      ["role": "report-viewer", "account": account, "subject": ["type": "robot", "id": "r1"]],
    ]
    for body in bodies {
      let reply = try await test.call("POST", "\(base(test))/role-assignments", as: test.admin, body: body)
      #expect(reply.status == 422 && reply.flaws == ["/account exactly_one"])
    }
  }
}
