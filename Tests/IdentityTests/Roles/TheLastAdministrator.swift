import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: every organisation keeps at least one account administrator"), .threat("ROL2")) struct TheLastAdministrator
{
  private func assignment(_ role: RoleID, of account: Account, _ world: InvitationWorld) async throws -> RoleAssignmentID {
    let contoso = world.contoso.id
    let found = try await world.world.store.read { tx in
      try tx.roleAssignments(of: .account(account.id), in: contoso).first { $0.role == role }
    }
    return try #require(found).id
  }

  @Test func `the last one cannot give the role up`() async throws {
    let world = try await InvitationWorld.make()
    let id = try await assignment(.accountAdministrator, of: world.ada, world)
    await #expect(throws: LastAdministrator.self) {
      try await RemoveRole()(id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    }
    #expect(try await world.roles(of: world.ada) == [.accountAdministrator])
    #expect(try await world.world.audit(.roleRemoved).isEmpty)
  }

  @Test func `of two, one may go`() async throws {
    let world = try await InvitationWorld.make()
    let second = try await world.world.member(of: world.contoso, "second@contoso.test", roles: [.accountAdministrator])
    try await RemoveRole()(
      assignment(.accountAdministrator, of: world.ada, world), in: world.contoso.id, world.world.occasion(as: second),
      env: world.world.env)
    #expect(try await world.roles(of: world.ada).isEmpty)
  }

  @Test func `two who take the role from each other at the same moment leave one`() async throws {
    let world = try await InvitationWorld.make()
    let second = try await world.world.member(of: world.contoso, "second@contoso.test", roles: [.accountAdministrator])
    let ofAda = try await assignment(.accountAdministrator, of: world.ada, world)
    let ofSecond = try await assignment(.accountAdministrator, of: second, world)
    let gone = await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        (try? await RemoveRole()(ofAda, in: world.contoso.id, world.world.occasion(as: second), env: world.world.env)) != nil
      }
      group.addTask {
        (try? await RemoveRole()(ofSecond, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env))
          != nil
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(gone == 1)
  }

  @Test func `suspending the last one is refused, by account and by membership`() async throws {
    let world = try await InvitationWorld.make()
    await #expect(throws: LastAdministrator.self) {
      try await SuspendAccount()(world.ada.id, in: world.contoso.id, world.world.command, env: world.world.env)
    }
    await #expect(throws: LastAdministrator.self) {
      try await SuspendMembership()(world.ada.id, in: world.contoso.id, world.world.command, env: world.world.env)
    }
    let ada = try await world.world.store.read { tx in try tx.account(world.ada.id) }
    #expect(ada?.state == .active)
  }

  @Test func `a suspended administrator does not count as one who is left`() async throws {
    let world = try await InvitationWorld.make()
    let second = try await world.world.member(of: world.contoso, "second@contoso.test", roles: [.accountAdministrator])
    try await SuspendAccount()(second.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    await #expect(throws: LastAdministrator.self) {
      try await SuspendMembership()(world.ada.id, in: world.contoso.id, world.world.command, env: world.world.env)
    }
  }

  @Test func `an organization that has none yet may be changed`() async throws {
    let world = try await TestWorld.make()
    let fabrikam = try await world.organization(name: "Fabrikam")
    let viewer = try await world.member(of: fabrikam, "viewer@fabrikam.test", roles: [.accountViewer])
    try await SuspendAccount()(viewer.id, in: fabrikam.id, world.command, env: world.env)
  }
}

@Suite(.rule("MISSION: may grant"), .threat("ROL12")) struct ActingOnWhoeverHoldsMore {
  @Test func `a user administrator can neither suspend nor demote an account administrator`() async throws {
    let world = try await InvitationWorld.make()
    let uma = try await world.world.member(of: world.contoso, "uma@contoso.test", roles: [.userAdministrator])
    let occasion = world.world.occasion(as: uma)
    await #expect(throws: AccessDenied.self) {
      try await SuspendAccount()(world.ada.id, in: world.contoso.id, occasion, env: world.world.env)
    }
    await #expect(throws: AccessDenied.self) {
      try await SuspendMembership()(world.ada.id, in: world.contoso.id, occasion, env: world.world.env)
    }
    let contoso = world.contoso.id
    let held = try await world.world.store.read { tx in try tx.roleAssignments(of: .account(world.ada.id), in: contoso) }
    await #expect(throws: AccessDenied.self) {
      try await RemoveRole()(try #require(held.first).id, in: contoso, occasion, env: world.world.env)
    }
    #expect(try await world.roles(of: world.ada) == [.accountAdministrator])
    #expect(try await world.world.audit(.accessDenied).count == 3)
  }

  @Test(.threat("ROL1")) func `nobody gives themselves a role they may not grant`() async throws {
    let world = try await InvitationWorld.make()
    let uma = try await world.world.member(of: world.contoso, "uma@contoso.test", roles: [.userAdministrator])
    await #expect(throws: AccessDenied.self) {
      try await AssignRole()(
        .accountAdministrator, to: .account(uma.id), in: world.contoso.id, world.world.occasion(as: uma), env: world.world.env)
    }
    #expect(try await world.roles(of: uma) == [.userAdministrator])
  }

  @Test func `a guest's membership is suspended here and their account goes on elsewhere`() async throws {
    let world = try await InvitationWorld.make()
    let fabrikam = try await world.world.organization(name: "Fabrikam")
    let guest = try await world.world.member(of: fabrikam, "gina@fabrikam.test", roles: [.accountViewer])
    try await world.world.join(guest, world.contoso, roles: [.reportViewer])
    try await SuspendMembership()(guest.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    #expect(world.world.activeRoles(of: guest.id, in: world.contoso.id) == nil)
    #expect(world.world.activeRoles(of: guest.id, in: fabrikam.id) == [.accountViewer])
    await #expect(throws: AccountRefusal.self) {
      try await SuspendAccount()(guest.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    }
  }
}
