internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// With whoever holds roles go the roles, by the same choke point that gives and takes them one by one.
@Suite(.threat("ROL9")) struct DeletingHolders {
  private func narrowed(_ role: RoleID, _ holder: RoleHolder, in organization: Organization, _ test: ManagementWorld)
    -> RoleAssignment
  {
    RoleAssignment(
      id: test.world.command.newID(), organization: organization.id, holder: holder, role: role,
      scope: ResourceName(type: "project", id: "1"), grantedBy: "command:test", createdAt: test.world.clock.now())
  }

  private func makeGroup(in organization: Organization, _ test: ManagementWorld) async throws -> Group {
    let group = Group(
      id: test.world.command.newID(), organization: organization.id, name: "Readers", createdAt: test.world.clock.now())
    try await test.world.store.write { try $0.insert(group) }
    return group
  }

  private func membership(_ member: GroupMember, in group: Group, _ test: ManagementWorld) -> GroupMembership {
    GroupMembership(
      group: group.id, organization: group.organization, member: member, addedBy: "command:test", addedAt: test.world.clock.now())
  }

  @Test func `a guest who is removed keeps nothing there, and everything elsewhere`() async throws {
    let test = try await ManagementWorld()
    let guest = test.adminOfFabrikam
    try await test.world.join(guest, test.contoso, roles: [.accountViewer])
    let group = try await makeGroup(in: test.contoso, test)
    let (scoped, place) = (
      narrowed(.reportViewer, .account(guest.id), in: test.contoso, test), membership(.account(guest.id), in: group, test)
    )
    try await test.world.store.write { tx in
      try tx.seed(scoped)
      try tx.seed(place)
    }
    let path = "/organizations/\(test.contoso.id)/members/\(guest.id)"
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    let (left, places) = try await test.world.store.read { tx in
      (try tx.roleAssignments(of: .account(guest.id)), try tx.groupMemberships(of: .account(guest.id)))
    }
    #expect(left.map(\.organization) == [test.fabrikam.id] && places.isEmpty)
    let events = try await test.world.audit().map(\.event)
    #expect(events.count { $0 == "role.removed" } == 2 && events.count { $0 == "group.member-removed" } == 1)
    // Back again, they begin with nothing.
    try await test.world.join(guest, test.contoso, roles: [])
    #expect(
      try await test.call("GET", "/organizations/\(test.contoso.id)/principals/user/\(guest.id)/roles", as: test.admin)["items"]
        == [])
  }

  @Test(.threat("ROL12"))
  func `a guest is not removed by somebody who may not take what they hold, for one resource or by a group`()
    async throws
  {
    let test = try await ManagementWorld()
    let userAdmin = try await test.member("una@contoso.test", .userAdministrator)
    let guest = test.adminOfFabrikam
    try await test.world.join(guest, test.contoso, roles: [.accountViewer])
    let group = try await makeGroup(in: test.contoso, test)
    let (scoped, place) = (
      narrowed(.accountAdministrator, .account(guest.id), in: test.contoso, test), membership(.account(guest.id), in: group, test)
    )
    let held = narrowed(.accountAdministrator, .group(group.id), in: test.contoso, test)
    let path = "/organizations/\(test.contoso.id)/members/\(guest.id)"
    try await test.world.store.write { try $0.seed(scoped) }
    #expect(try await test.call("DELETE", path, as: userAdmin).status == 403)
    try await test.world.store.write { tx in
      try tx.unseed(scoped)
      try tx.seed(held)
      try tx.seed(place)
    }
    #expect(try await test.call("DELETE", path, as: userAdmin).status == 403)
    #expect(try await test.world.store.read { try $0.roleAssignments(of: .account(guest.id), in: test.contoso.id) }.count == 1)
    #expect(try await test.denials().count == 2)
  }

  @Test func `an application that is deleted leaves no role in any organization`() async throws {
    let test = try await ManagementWorld()
    let application = try await test.world.application(
      Application(
        id: test.world.command.newID(), name: "Robots", authentication: .basic, grantTypes: [.clientCredentials], scopes: [],
        createdAt: test.world.clock.now()), roles: [.accountViewer], in: test.contoso)
    let group = try await makeGroup(in: test.fabrikam, test)
    let holder = RoleHolder.application(application.id)
    let (scoped, place) = (
      narrowed(.reportViewer, holder, in: test.fabrikam, test), membership(.application(application.id), in: group, test)
    )
    try await test.world.store.write { tx in
      try tx.seed(scoped)
      try tx.seed(place)
    }
    #expect(try await test.call("DELETE", "/applications/\(application.id)", as: test.operatorOfPortal).status == 204)
    let (left, places) = try await test.world.store.read { tx in
      (try tx.roleAssignments(of: holder), try tx.groupMemberships(of: .application(application.id)))
    }
    #expect(left.isEmpty && places.isEmpty)
    let removed = try await test.world.audit(.roleRemoved)
    #expect(Set(removed.compactMap(\.organization)) == [test.contoso.id, test.fabrikam.id])
    #expect(try await test.world.audit(.groupMemberRemoved).count == 1)
  }

  @Test(.threat("ROL12")) func `an application is not deleted by somebody who may not take what it holds`() async throws {
    let test = try await ManagementWorld()
    let definition: JSON = [
      "name": "Integrator", "grants": [["permission": "application:manage"]], "may_grant": ["assignment": ["report-viewer"]],
    ]
    let role = try await test.call("POST", "/organizations/\(test.contoso.id)/roles", as: test.admin, body: definition)
    let integrator = try await test.member("ivo@contoso.test", RoleID(trusted: role["role", "id"]?.stringValue ?? ""))
    func application(_ role: RoleID) async throws -> Application {
      try await test.world.application(
        Application(
          id: test.world.command.newID(), name: "Robots", authentication: .basic, grantTypes: [.clientCredentials], scopes: [],
          owner: test.contoso.id, createdAt: test.world.clock.now()), roles: [role], in: test.contoso)
    }
    let (high, low) = (try await application(.accountAdministrator), try await application(.reportViewer))
    #expect(try await test.call("DELETE", "/applications/\(high.id)", as: integrator).status == 403)
    #expect(try await test.world.store.read { try $0.roleAssignments(of: .application(high.id)) }.count == 1)
    #expect(try await test.call("DELETE", "/applications/\(low.id)", as: integrator).status == 204)
  }
}
