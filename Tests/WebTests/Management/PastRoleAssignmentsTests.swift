internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct ListingPastRoleAssignments {
  private func base(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)" }

  private func give(_ role: String, to holder: JSONObject, _ test: ManagementWorld) async throws -> String {
    var body = holder
    body["role"] = .string(role)
    body["reason"] = "Season."
    let given = try await test.call("POST", "\(base(test))/role-assignments", as: test.admin, body: .object(body))
    #expect(given.status == 201)
    return try #require(given["id"]?.stringValue)
  }

  private func list(_ query: String = "", _ test: ManagementWorld) async throws -> [JSONObject] {
    let found = try await test.call("GET", "\(base(test))/past-role-assignments\(query)", as: test.admin)
    #expect(found.status == 200)
    return (found["items"]?.arrayValue ?? []).compactMap(\.objectValue)
  }

  @Test func `what was taken is listed with its terms, when it ended and by whom, one by one page`() async throws {
    let test = try await ManagementWorld()
    let dan = try await test.member("dan@contoso.test")
    let first = try await give("report-viewer", to: ["account": .string(dan.id.text)], test)
    let second = try await give("account-viewer", to: ["account": .string(dan.id.text)], test)
    #expect(try await list("", test).isEmpty)
    test.world.clock.advance(by: .hours(1))
    for id in [first, second] {
      #expect(try await test.call("DELETE", "\(base(test))/role-assignments/\(id)", as: test.admin).status == 204)
    }
    let all = try await list("", test)
    #expect(Set(all.compactMap { $0["assignment"]?.objectValue?["id"]?.stringValue }) == [first, second])
    let past = try #require(try await list("?role=report-viewer", test).first)
    #expect(past["assignment"]?.objectValue?["account"]?.stringValue == dan.id.text)
    #expect(past["assignment"]?.objectValue?["reason"] == "Season.")
    #expect(past["ended_at"]?.stringValue == test.world.clock.now().rfc3339)
    #expect(past["ended_by"]?.stringValue?.hasPrefix("account:\(test.admin.id)") == true)
    #expect(past["holder_name"] == nil)
    #expect(try await list("?holder_type=user&holder_id=\(dan.id)", test).count == 2)
    #expect(try await list("?holder_type=user&holder_id=\(test.admin.id)", test).isEmpty)
    let page = try await test.call("GET", "\(base(test))/past-role-assignments?limit=1", as: test.admin)
    let next = try #require(page["next"]?.stringValue)
    #expect([page["items"]?.arrayValue?.first?.objectValue] + (try await list("?limit=1&after=\(next)", test)) == all)
  }

  @Test(.threat("ROL9")) func `a group and a subject that are gone are still named by what they were called`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call("POST", "\(base(test))/groups", as: test.admin, body: ["name": "Warehouse"])
    let group = try #require(made["id"]?.stringValue)
    #expect(try await test.call("PUT", "\(base(test))/subjects/robot/r1", as: test.admin, body: [:]).status == 201)
    _ = try await give("report-viewer", to: ["group": .string(group)], test)
    let held = try await give("report-viewer", to: ["subject": ["type": "robot", "id": "r1"]], test)
    let opened = try await test.call("POST", "\(base(test))/access-reviews", as: test.admin, body: ["name": "Spring"])
    let review = try #require(opened["id"]?.stringValue)
    #expect(try await test.call("DELETE", "\(base(test))/groups/\(group)", as: test.admin).status == 204)
    #expect(try await test.call("DELETE", "\(base(test))/subjects/robot/r1", as: test.admin).status == 204)
    let ofGroup = try await list("?holder_type=group&holder_id=\(group)", test)
    #expect(ofGroup.map { $0["holder_name"] } == ["Warehouse"])
    let ofSubject = try await list("?holder_type=robot&holder_id=r1", test)
    #expect(ofSubject.map { $0["assignment"]?.objectValue?["subject"] } == [["type": "robot", "id": "r1"]])
    // The record of a review names it as well.
    let reviewed = try await test.call("GET", "\(base(test))/access-reviews/\(review)/items", as: test.admin)
    let item = reviewed["items"]?.arrayValue?.compactMap { $0.objectValue?["assignment"]?.objectValue }.first {
      $0["id"]?.stringValue == held
    }
    #expect(item?["subject"] == ["type": "robot", "id": "r1"])
  }

  @Test(.threat("ROL6")) func `nobody reads them without the audit trail, nor those of another organization`() async throws {
    let test = try await ManagementWorld()
    // Sees who holds which role, and no records.
    let helper = try await test.member("helper@contoso.test", .userAdministrator)
    #expect(try await test.call("GET", "\(base(test))/role-assignments", as: helper).status == 200)
    #expect(try await test.call("GET", "\(base(test))/past-role-assignments", as: helper).status == 403)
    #expect(try await test.call("GET", "\(base(test))/past-role-assignments", as: test.adminOfFabrikam).status == 403)
    // Reads the records, and sees no roles.
    let role = try await test.call(
      "POST", "\(base(test))/roles", as: test.admin, body: ["name": "Auditor", "grants": [["permission": "audit:view"]]])
    let auditor = try await test.member("aud@contoso.test", RoleID(trusted: try #require(role["role", "id"]?.stringValue)))
    #expect(try await test.call("GET", "\(base(test))/audit", as: auditor).status == 200)
    #expect(try await test.call("GET", "\(base(test))/past-role-assignments", as: auditor).status == 403)
  }
}
