import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// Two administrators who look at one person and decide by what they saw: neither undoes silently what the other did.
@Suite struct ChangingWhatOneSaw {
  @Test func `of two who change the roles of one person at the same moment one succeeds, and the other is told`() async throws {
    let (world, bob, seen) = try await bobAsSeen()
    let wishes: [RoleID] = [.reportViewer, .accountManager]
    let outcomes = await withTaskGroup(of: RoleID?.self) { group in
      for role in wishes {
        group.addTask { (try? await change(bob, to: [role], ifStill: seen, world)).map { role } }
      }
      return await group.reduce(into: [RoleID]()) { all, role in if let role { all.append(role) } }
    }
    #expect(outcomes.count == 1)
    #expect(try await world.roles(of: bob) == Set(outcomes))
  }

  @Test func `whoever saw other roles, another membership or another account changes and suspends nothing`() async throws {
    let (world, bob, seen) = try await bobAsSeen()
    let (contoso, ada) = (world.contoso.id, world.world.occasion(as: world.ada))
    let env = world.world.env
    func refusesEverything() async {
      await #expect(throws: MembershipRefusal.changedMeanwhile) { try await change(bob, to: [], ifStill: seen, world) }
      await #expect(throws: MembershipRefusal.changedMeanwhile) {
        try await SuspendAccount()(bob.id, in: contoso, ifStill: seen, ada, env: env)
      }
      await #expect(throws: MembershipRefusal.changedMeanwhile) {
        try await RestoreAccount()(bob.id, in: contoso, ifStill: seen, ada, env: env)
      }
      await #expect(throws: MembershipRefusal.changedMeanwhile) {
        try await SuspendMembership()(bob.id, in: contoso, ifStill: seen, ada, env: env)
      }
      await #expect(throws: MembershipRefusal.changedMeanwhile) {
        try await RestoreMembership()(bob.id, in: contoso, ifStill: seen, ada, env: env)
      }
    }
    try await change(bob, to: [.reportViewer], ifStill: seen, world)
    await refusesEverything()
    try await change(bob, to: [.accountViewer], ifStill: nil, world)
    try await SuspendMembership()(bob.id, in: contoso, ada, env: env)
    await refusesEverything()
    try await RestoreMembership()(bob.id, in: contoso, ada, env: env)
    try await SuspendAccount()(bob.id, in: contoso, ada, env: env)
    await refusesEverything()
    #expect(try await world.roles(of: bob) == [.accountViewer])
  }

  @Test func `roles that were taken and given back leave a person as they were seen`() async throws {
    let (world, bob, seen) = try await bobAsSeen()
    try await change(bob, to: [], ifStill: nil, world)
    try await change(bob, to: [.accountViewer], ifStill: nil, world)
    try await change(bob, to: [.reportViewer], ifStill: seen, world)
    #expect(try await world.roles(of: bob) == [.reportViewer])
  }

  private func bobAsSeen() async throws -> (InvitationWorld, Account, MemberVersion) {
    let world = try await InvitationWorld.make()
    let bob = try await world.world.member(of: world.contoso, "bob@contoso.test", roles: [.accountViewer], first: "Bob")
    let seen = try await ViewMember()(bob.id, of: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    return (world, bob, seen.version)
  }

  private func change(_ account: Account, to roles: Set<RoleID>, ifStill seen: MemberVersion?, _ world: InvitationWorld)
    async throws
  {
    try await ChangeRoles()(
      of: account.id, to: roles, in: world.contoso.id, ifStill: seen, world.world.occasion(as: world.ada), env: world.world.env)
  }
}
