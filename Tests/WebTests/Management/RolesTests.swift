internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct GivingAndTakingRoles {
  private func assign(_ role: String, to account: Account, as actor: Account, _ test: ManagementWorld) async throws
    -> ManagementWorld.Reply
  {
    try await test.call(
      "POST", "/organizations/\(test.contoso.id)/role-assignments", as: actor,
      body: ["role": .string(role), "account": .string(account.id.text)])
  }

  @Test func `a role is given, listed, shown and taken`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let given = try await assign("report-viewer", to: person, as: test.admin, test)
    #expect(given.status == 201)
    let id = given["id"]?.stringValue ?? ""
    let path = "/organizations/\(test.contoso.id)/role-assignments/\(id)"
    #expect(given.http.header("Location") == "\(TestWorld.publicAddress)/api/v1\(path)")
    #expect(try await test.call("GET", path, as: test.admin)["role"] == "report-viewer")
    #expect(try await assign("report-viewer", to: person, as: test.admin, test)["id"]?.stringValue == id)
    let member = try await test.call("GET", "/organizations/\(test.contoso.id)/members/\(person.id)", as: test.admin)
    #expect(member["roles"] == ["account-viewer", "report-viewer"])
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    #expect(try await test.call("DELETE", path, as: test.admin).status == 404)
    let list = try await test.call("GET", "/organizations/\(test.contoso.id)/role-assignments", as: test.admin)
    #expect(list["items"]?.arrayValue?.count == 2)
  }

  @Test(.threat("ROL1")) func `a user administrator cannot give account administrator, to others or to themselves`() async throws
  {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let person = try await test.member("dan@contoso.test", .accountViewer)
    for account in [userAdmin, person] {
      #expect(try await assign("account-administrator", to: account, as: userAdmin, test).status == 403)
      #expect(try await assign("agreement-administrator", to: account, as: userAdmin, test).status == 403)
    }
    #expect(try await assign("report-viewer", to: person, as: userAdmin, test).status == 201)
    #expect(try await test.denials().count == 4)
    let invitation = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/invitations", as: userAdmin,
      body: ["email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": ["account-administrator"]])
    #expect(invitation.status == 403)
  }

  @Test(.threat("ROL2")) func `the last administrator cannot be taken away by any path`() async throws {
    let test = try await ManagementWorld()
    let base = "/organizations/\(test.contoso.id)"
    let assignments = try await test.world.store.read { tx in try tx.roleAssignments(of: .account(test.admin.id)) }
    let own = try #require(assignments.first)
    for (method, path) in [
      ("DELETE", "\(base)/role-assignments/\(own.id)"), ("POST", "\(base)/accounts/\(test.admin.id)/suspend"),
      ("POST", "\(base)/members/\(test.admin.id)/suspend"),
    ] {
      for actor in [test.admin, test.operatorOfPortal] {
        let reply = try await test.call(method, path, as: actor)
        #expect(reply.status == 409, "\(path)")
        #expect(reply.problem == "last-administrator", "\(path)")
      }
    }
    let member = try await test.call("GET", "\(base)/members/\(test.admin.id)", as: test.admin)
    #expect(member["roles"] == ["account-administrator"])
    #expect(member["state"] == "active")
    #expect(member["account_state"] == "active")
  }

  @Test(.threat("ROL12")) func `whoever may not take somebody's roles may not act on the person`() async throws {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let second = try await test.member("zoe@contoso.test", .accountAdministrator)
    let base = "/organizations/\(test.contoso.id)"
    let held = try await test.world.store.read { tx in try tx.roleAssignments(of: .account(second.id)) }
    let assignment = try #require(held.first)
    for (method, path) in [
      ("POST", "\(base)/accounts/\(second.id)/suspend"), ("POST", "\(base)/members/\(second.id)/suspend"),
      ("DELETE", "\(base)/role-assignments/\(assignment.id)"), ("DELETE", "\(base)/members/\(second.id)"),
    ] {
      let denied = try await test.denials().count
      #expect(try await test.call(method, path, as: userAdmin).status == 403, "\(path)")
      #expect(try await test.denials().count == denied + 1, "\(path)")
    }
    let member = try await test.call("GET", "\(base)/members/\(second.id)", as: test.admin)
    #expect(member["roles"] == ["account-administrator"])
    #expect(member["account_state"] == "active")
  }

  @Test(
    .threat("ROL7"),
    arguments: [
      "Account-Viewer", "ACCOUNT-VIEWER", "account-viewer ", "аccount-viewer", "*", "../account-viewer", "operator", "moon",
    ])
  func `a role that is not exactly one of this organization's is none`(_ role: String) async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let reply = try await assign(role, to: person, as: test.admin, test)
    #expect([400, 422].contains(reply.status))
    #expect(try await test.world.store.read { tx in try tx.roleAssignments(of: .account(person.id)) }.isEmpty)
  }

  @Test(.threat("ROL7")) func `an organization may be called anything, and its name opens nothing`() async throws {
    let test = try await ManagementWorld()
    for name in ["admin", "*", "../", test.contoso.id.text] {
      let made = try await test.call("POST", "/organizations", as: test.operatorOfPortal, body: ["name": .string(name)])
      #expect(made.status == 201)
      #expect(made["id"]?.stringValue != name)
    }
    #expect(try await test.call("GET", "/organizations/admin", as: test.admin).status == 403)
  }

  @Test func `the tables of roles and permissions are readable by every caller`() async throws {
    let test = try await ManagementWorld()
    let viewer = try await test.member("vera@contoso.test", .accountViewer)
    let roles = try await test.call("GET", "/roles", as: viewer)
    #expect(roles["items"]?.arrayValue?.count == RoleCatalog.builtIn.count)
    let row = roles["items"]?.arrayValue?.first { $0.objectValue?["id"] == "user-administrator" }?.objectValue
    #expect(
      row?["may_grant"]?.objectValue?["assignment"]
        == ["account-manager", "account-viewer", "report-viewer", "user-administrator"])
    let permissions = try await test.call("GET", "/permissions", as: viewer)
    #expect(permissions["items"]?.arrayValue?.count == PermissionCatalog.builtIn.definitions.count)
  }

  @Test func `the roles of an organization say which of them the caller may hand out`() async throws {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let roles = try await test.call("GET", "/organizations/\(test.contoso.id)/roles", as: userAdmin)
    let assignable = (roles["items"]?.arrayValue ?? []).filter { $0.objectValue?["may_assign"] == true }
      .compactMap { $0.objectValue?["role"]?.objectValue?["id"]?.stringValue }
    #expect(assignable == ["account-manager", "account-viewer", "report-viewer", "user-administrator"])
  }
}
