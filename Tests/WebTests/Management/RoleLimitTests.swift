internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("ROL13")) struct LimitingRolesOverHTTP {
  @Test func `a limit is made, changed and taken away by its version, by the portal and by an organization`() async throws {
    let test = try await ManagementWorld()
    let own = "/organizations/\(test.contoso.id)/role-limits"
    for (place, actor) in [("/role-limits", test.operatorOfPortal), (own, test.admin)] {
      let limit = "\(place)/report-viewer"
      #expect(try await test.call("GET", limit, as: actor).status == 404)
      #expect(
        try await test.call("PUT", limit, as: actor, body: ["maximum": 3], headers: [("If-Match", "\"v1\"")]).status == 412)
      let made = try await test.call("PUT", limit, as: actor, body: ["maximum": 3, "description": "Seats"])
      #expect(made.status == 201)
      #expect(made["maximum"] == 3 && made["role"] == "report-viewer" && made["description"] == "Seats")
      #expect(made["organization"] == (place == own ? .string(test.contoso.id.text) : nil))
      #expect(made.http.header("ETag") == "\"v1\"")
      #expect(try await test.call("GET", limit, as: actor).json == made.json)
      let changed = try await test.call("PUT", limit, as: actor, body: ["maximum": 2], headers: [("If-Match", "\"v1\"")])
      #expect(changed.status == 200)
      #expect(changed.http.header("ETag") == "\"v2\"")
      #expect(
        try await test.call("PUT", limit, as: actor, body: ["maximum": 4], headers: [("If-Match", "\"v1\"")]).status == 412)
      #expect(try await test.call("PUT", limit, as: actor, body: ["maximum": 0]).status == 400)
      #expect(try await test.call("PUT", limit, as: actor, body: ["maximum": 10_001]).status == 400)
      #expect(try await test.call("PUT", "\(place)/missing", as: actor, body: ["maximum": 1]).status == 422)
    }
    #expect(try await test.call("GET", own, as: test.admin)["items"]?.arrayValue?.count == 2)
    let ofFabrikam = try await test.call("GET", "/organizations/\(test.fabrikam.id)/role-limits", as: test.adminOfFabrikam)
    #expect(ofFabrikam["items"]?.arrayValue?.count == 1)
    #expect(try await test.call("PUT", "/role-limits/report-viewer", as: test.admin, body: ["maximum": 9]).status == 403)
    for (place, actor) in [("/role-limits", test.operatorOfPortal), (own, test.admin)] {
      let limit = "\(place)/report-viewer"
      #expect(try await test.call("DELETE", limit, as: actor, headers: [("If-Match", "\"v1\"")]).status == 412)
      #expect(try await test.call("DELETE", limit, as: actor).status == 204)
      #expect(try await test.call("DELETE", limit, as: actor).status == 404)
    }
  }

  @Test func `one too many is refused with the role, the place and the number, in a plan too`() async throws {
    let test = try await ManagementWorld()
    let place = "/organizations/\(test.contoso.id)"
    let people = [
      try await test.member("dan@contoso.test", .reportViewer), try await test.member("eve@contoso.test"),
      try await test.member("flo@contoso.test", .accountManager),
    ]
    func assign(_ person: Account, _ query: String = "") async throws -> ManagementWorld.Reply {
      try await test.call(
        "POST", "\(place)/role-assignments\(query)", as: test.admin,
        body: ["role": "report-viewer", "account": .string(person.id.text)])
    }
    let limited = try await test.call("PUT", "\(place)/role-limits/report-viewer", as: test.admin, body: ["maximum": 1])
    #expect(limited.status == 201)
    for query in ["", "?dryRun=true"] {
      let refused = try await assign(people[1], query)
      #expect(refused.status == 409)
      #expect(refused.problem == "role-limit-exceeded")
      #expect(
        refused["detail"]?.stringValue
          == "By a limit of organization:\(test.contoso.id), at most 1 may hold role:report-viewer in one organization. It would be 2 in organization:\(test.contoso.id)."
      )
    }
    // What is planned while there is room is not done once there is none.
    _ = try await test.call("PUT", "\(place)/role-limits/report-viewer", as: test.admin, body: ["maximum": 2])
    let plan = try await assign(people[1], "?dryRun=true")
    #expect(plan.status == 200)
    #expect(try await assign(people[2]).status == 201)
    let digest = try #require(plan["digest"]?.stringValue)
    #expect(try await assign(people[1], "?plan=\(digest)").problem == "role-limit-exceeded")
    // Neither is a limit that more exceed, whether it is only tried or not.
    for query in ["?dryRun=true", ""] {
      let lowered = try await test.call(
        "PUT", "\(place)/role-limits/report-viewer\(query)", as: test.admin, body: ["maximum": 1])
      #expect(lowered.problem == "role-limit-exceeded")
    }
  }
}
