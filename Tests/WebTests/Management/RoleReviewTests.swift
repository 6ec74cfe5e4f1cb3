internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.rule("ANSI INCITS 359 §6: review functions")) struct Reviewing {
  /// Dan reads reports by a group and, for one project, himself; Eve by a role that inherits it.
  private struct Scene {
    let test: ManagementWorld
    let dan: Account
    let eve: Account
    let buyer: String
    let group: String

    var base: String { "/organizations/\(test.contoso.id)" }

    init() async throws {
      test = try await ManagementWorld()
      dan = try await test.member("dan@contoso.test")
      eve = try await test.member("eve@contoso.test")
      let base = "/organizations/\(test.contoso.id)"
      let role = try await test.call(
        "POST", "\(base)/roles", as: test.admin,
        body: [
          "name": "Buyer", "parents": ["report-viewer"],
          "grants": [
            ["permission": "user:view"], ["permission": "software:download", "condition": "resource.properties.amount < 10.0"],
          ],
        ])
      buyer = role["role", "id"]?.stringValue ?? ""
      group = try await test.call("POST", "\(base)/groups", as: test.admin, body: ["name": "Readers"])["id"]?.stringValue ?? ""
      let (danID, eveID) = (JSON.string(dan.id.text), JSON.string(eve.id.text))
      let bodies: [JSON] = [
        ["role": "report-viewer", "group": .string(group)],
        ["role": "report-viewer", "account": danID, "scope": ["type": "project", "id": "1"]],
        ["role": .string(buyer), "account": eveID, "ends_at": .string((test.world.clock.now() + .days(1)).rfc3339)],
      ]
      for body in bodies {
        #expect(try await test.call("POST", "\(base)/role-assignments", as: test.admin, body: body).status == 201)
      }
      #expect(try await test.call("PUT", "\(base)/groups/\(group)/members/user/\(dan.id)", as: test.admin).status == 201)
    }

    /// Every item of a list, page by page.
    func all(_ path: String, limit: Int = 100) async throws -> [JSONObject] {
      var items: [JSONObject] = []
      var after = ""
      repeat {
        let page = try await test.call("GET", "\(base)/\(path)?limit=\(limit)\(after)", as: test.admin)
        #expect(page.status == 200)
        items += (page["items"]?.arrayValue ?? []).compactMap(\.objectValue)
        after = page["next"]?.stringValue.map { "&" + FormFields([(name: "after", value: $0)]).encoded } ?? ""
      } while !after.isEmpty
      return items
    }

    func origin(_ item: JSONObject) -> JSONObject { item["origin"]?.objectValue ?? [:] }
  }

  @Test func `who has a role is listed with every way in which it comes to them`() async throws {
    let scene = try await Scene()
    let holders = try await scene.all("roles/report-viewer/holders")
    #expect(holders.count == 3)
    let ways = holders.map { item in
      [
        item["holder"]?.objectValue?["id"]?.stringValue ?? "-", scene.origin(item)["group"]?.stringValue ?? "-",
        scene.origin(item)["scope"]?.objectValue?["id"]?.stringValue ?? "-",
        scene.origin(item)["through"]?.arrayValue?.compactMap(\.stringValue).joined(separator: ">") ?? "-",
      ]
    }
    #expect(
      Set(ways) == [
        [scene.dan.id.text, scene.group, "-", ""], [scene.dan.id.text, "-", "1", ""],
        [scene.eve.id.text, "-", "-", "report-viewer"],
      ])
    #expect(holders.allSatisfy { scene.origin($0)["in_force"] == true })
    #expect(try await scene.all("roles/account-viewer/holders").isEmpty)
    let unknown = try await scene.test.call("GET", "\(scene.base)/roles/moon/holders", as: scene.test.admin)
    #expect(unknown.status == 404)
  }

  @Test func `lists of a review come in pages that lose nothing, also within a group`() async throws {
    let scene = try await Scene()
    for index in 0..<7 {
      let person = try await scene.test.member("p\(index)@contoso.test")
      let path = "\(scene.base)/groups/\(scene.group)/members/user/\(person.id)"
      #expect(try await scene.test.call("PUT", path, as: scene.test.admin).status == 201)
    }
    for path in [
      "roles/report-viewer/holders", "roles/\(scene.buyer)/permissions", "principals/user/\(scene.eve.id)/roles",
      "principals/user/\(scene.eve.id)/permissions", "principals/user/\(scene.dan.id)/permissions",
    ] {
      let whole = try await scene.all(path)
      #expect(!whole.isEmpty)
      for limit in [1, 2, 3, whole.count] where limit > 0 {
        #expect(try await scene.all(path, limit: limit) == whole, "\(path) \(limit)")
      }
    }
    #expect(try await scene.all("roles/report-viewer/holders").count == 10)
  }

  @Test func `the roles of somebody are listed with their origin, also those that are over`() async throws {
    let scene = try await Scene()
    func roles(_ account: Account) async throws -> [(String, Bool)] {
      try await scene.all("principals/user/\(account.id)/roles").map {
        ($0["role"]?.stringValue ?? "", scene.origin($0)["in_force"]?.boolValue ?? false)
      }
    }
    let eve = try await roles(scene.eve)
    #expect(Set(eve.map(\.0)) == [scene.buyer, "report-viewer"])
    #expect(eve.allSatisfy { $0.1 })
    scene.test.world.clock.advance(by: .days(1))
    #expect(try await roles(scene.eve).allSatisfy { !$0.1 })
    let dan = try await roles(scene.dan)
    #expect(dan.map(\.0) == ["report-viewer", "report-viewer"] && dan.allSatisfy { $0.1 })
    let suspended = try await scene.test.call("POST", "\(scene.base)/members/\(scene.dan.id)/suspend", as: scene.test.admin)
    #expect(suspended.status == 204)
    #expect(try await roles(scene.dan).allSatisfy { !$0.1 })
    let group = try await scene.all("principals/group/\(scene.group)/roles")
    #expect(group.count == 1 && scene.origin(group[0])["group"] == nil)
    for stranger in ["user/\(scene.test.adminOfFabrikam.id)", "robot/r1", "user/nothing"] {
      let reply = try await scene.test.call("GET", "\(scene.base)/principals/\(stranger)/roles", as: scene.test.admin)
      #expect(reply.status == 404, "\(stranger)")
    }
  }

  @Test func `the permissions of somebody, and of a role, are listed with the way and the condition`() async throws {
    let scene = try await Scene()
    let eve = try await scene.all("principals/user/\(scene.eve.id)/permissions")
    func found(_ permission: String, in items: [JSONObject]) -> [JSONObject] {
      items.filter { $0["permission"]?.stringValue == permission }
    }
    let edit = found("software:download", in: eve)
    #expect(edit.count == 1 && edit[0]["condition"] == "resource.properties.amount < 10.0")
    let own = found("user:view", in: eve)
    #expect(own.count == 1 && scene.origin(own[0])["through"] == [] && own[0]["condition"] == nil)
    let inherited = found("report:view", in: eve)
    #expect(inherited.count == 1 && scene.origin(inherited[0])["through"] == ["report-viewer"])
    #expect(scene.origin(inherited[0])["assigned_role"]?.stringValue == scene.buyer)
    let dan = try await scene.all("principals/user/\(scene.dan.id)/permissions")
    #expect(found("report:view", in: dan).count == 2)
    let role = try await scene.all("roles/\(scene.buyer)/permissions")
    #expect(Set(role.compactMap { $0["permission"]?.stringValue }) == Set(eve.compactMap { $0["permission"]?.stringValue }))
    #expect(found("report:view", in: role)[0]["through"] == ["report-viewer"])
    let everything = try await scene.all("principals/user/\(scene.test.admin.id)/permissions")
    #expect(everything.count == PermissionCatalog.builtIn.everything(in: .customer).count)
  }

  @Test(.threat("ROL6")) func `only who may see the roles of an organization reviews it`() async throws {
    let scene = try await Scene()
    let viewer = try await scene.test.member("vera@contoso.test", .accountViewer)
    for path in [
      "roles/report-viewer/holders", "roles/report-viewer/permissions", "principals/user/\(scene.dan.id)/roles",
      "principals/user/\(scene.dan.id)/permissions",
    ] {
      for account in [viewer, scene.test.adminOfFabrikam] {
        #expect(try await scene.test.call("GET", "\(scene.base)/\(path)", as: account).status == 403, "\(path)")
      }
    }
  }
}
