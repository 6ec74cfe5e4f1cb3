import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: a decision is made in exactly one organisation"), .threat("ROL3", "ROL6")) struct DecidingAccess {
  private let asker = Application(
    id: ApplicationID(trusted: "asker"), name: "Orders", authentication: .basic, grantTypes: [], scopes: [],
    createdAt: Timestamp(seconds: 0))

  private func decide(
    _ world: InvitationWorld, _ person: Account, _ permission: Permission, resource: String? = nil, in organization: Organization?
  ) throws -> Decision {
    let state = try #require(world.world.env.policy.currentState)
    return try DecideAccess()(
      AccessRequest(
        subject: .init(type: "user", id: person.id.text), action: .init(name: permission.action),
        resource: .init(type: permission.resourceType, id: resource),
        context: organization.map { ["organization": .string($0.id.text)] } ?? [:]),
      askedBy: asker, knowing: state, at: world.world.clock.now())
  }

  @Test func `a role given or taken counts with the very next question`() async throws {
    let world = try await InvitationWorld.make()
    let boris = try await world.world.member(of: world.contoso, "boris@contoso.test", roles: [.accountViewer])
    #expect(try decide(world, boris, .orderView, in: world.contoso).allowed)
    #expect(try !decide(world, boris, .keyView, in: world.contoso).allowed)
    let given = try await AssignRole()(
      .reportViewer, to: .account(boris.id), in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    #expect(try decide(world, boris, .keyView, in: world.contoso).allowed)
    try await RemoveRole()(given.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    #expect(try !decide(world, boris, .keyView, in: world.contoso).allowed)
  }

  @Test func `somebody suspended may nothing from the next question on`() async throws {
    let world = try await InvitationWorld.make()
    let boris = try await world.world.member(of: world.contoso, "boris@contoso.test", roles: [.accountViewer])
    try await SuspendAccount()(boris.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    let decision = try decide(world, boris, .orderView, in: world.contoso)
    #expect(!decision.allowed)
    #expect(decision.reason == .subjectSuspended)
  }

  @Test func `a registered resource decides the organization, and a request cannot override it`() async throws {
    let world = try await InvitationWorld.make()
    let fabrikam = try await world.world.organization(name: "Fabrikam")
    let boris = try await world.world.member(of: world.contoso, "boris@contoso.test", roles: [.accountViewer])
    let now = world.world.clock.now()
    try await world.world.store.write { tx in
      try tx.insert(RegisteredResource(type: "order", id: "42", organization: fabrikam.id, createdAt: now))
    }
    #expect(try decide(world, boris, .orderView, resource: "42", in: nil).reason == .notAMember)
    #expect(try decide(world, boris, .orderView, resource: "42", in: world.contoso).reason == .organizationMismatch)
  }

  @Test func `no organization named and none implied is a denial that says so`() async throws {
    let world = try await InvitationWorld.make()
    #expect(try decide(world, world.ada, .orderView, in: nil).reason == .organizationRequired)
  }

  @Test(.threat("AZN2")) func `nothing is allowed from what cannot be confirmed`() async throws {
    let world = try await InvitationWorld.make()
    world.world.env.policy.confirm(isCurrent: false, until: nil)
    #expect(world.world.env.policy.currentState == nil)
    #expect(world.world.env.policy.state.revision > 0)
  }
}
