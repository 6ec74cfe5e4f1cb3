import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: partners"), .threat("ROL4")) struct InvitationsOfAgreements {
  private typealias PartnerWorld = APartnerLookingAfterAnAgreement.PartnerWorld

  private func invitation(_ world: PartnerWorld) async throws -> InvitationID {
    let id = world.agreement.id
    let found = try await world.base.world.store.read { tx in try tx.pendingInvitations(agreement: id).first }
    return try #require(found).id
  }

  @Test func `a partner, who may send it again, may not withdraw it; an operator may`() async throws {
    let world = try await PartnerWorld.make()
    let env = world.base.world.env
    let contoso = world.base.contoso.id
    let id = try await invitation(world)
    await #expect(throws: AccessDenied.self) {
      try await WithdrawInvitation()(id, in: contoso, world.base.world.occasion(as: world.pavel), env: env)
    }
    let sent = try await ResendInvitation()(id, in: contoso, world.base.world.occasion(as: world.pavel), env: env)
    #expect(sent.invitation.id == id)
    try await WithdrawInvitation()(id, in: contoso, world.base.world.command, env: env)
  }

  @Test(.threat("ROL6")) func `an organization's administrator cannot tell another's invitation from one that never was`()
    async throws
  {
    let world = try await PartnerWorld.make()
    let fabrikam = try await world.base.world.organization(name: "Fabrikam")
    let eve = try await world.base.world.member(of: fabrikam, "eve@fabrikam.test", roles: [.accountAdministrator])
    let id = try await invitation(world)
    await #expect(throws: InvitationRefusal.unknown) {
      try await WithdrawInvitation()(id, in: fabrikam.id, world.base.world.occasion(as: eve), env: world.base.world.env)
    }
    let denied = try await world.base.world.audit(.accessDenied)
    #expect(denied.isEmpty)
  }

  @Test func `after a withdrawn invitation the partner's letter is a new one, not word of an acceptance that never was`()
    async throws
  {
    let world = try await PartnerWorld.make()
    let env = world.base.world.env
    let start = world.base.world.command
    _ = try await ChangeAgreement()(world.agreement.id, partner: .keep, state: .ended, seen: nil, start, env: env)
    _ = try await ChangeAgreement()(world.agreement.id, partner: .keep, state: .active, seen: nil, start, env: env)
    world.base.world.clock.advance(by: .seconds(1))
    _ = try await ResendAgreementInvitation()(
      world.agreement.id, world.base.world.occasion(as: world.pavel), env: env)
    let ada = try await world.base.accept().account
    #expect(try await world.base.roles(of: ada, in: world.base.contoso) == [.accountAdministrator])
  }

  @Test(.threat("LNK4")) func `a stranger cannot bring a withdrawn invitation back, and nobody is told of an acceptance`()
    async throws
  {
    let world = try await PartnerWorld.make()
    let env = world.base.world.env
    try await WithdrawInvitation()(
      invitation(world), in: world.base.contoso.id, world.base.world.command, env: env)
    let before = try await world.base.world.letters().count
    try await AskForInvitationAgain()(
      email: "ada@contoso.test", agreementNumber: "AG-1001", purchasingAccountNumber: "PA-1", world.base.world.occasion(),
      env: env)
    #expect(try await world.base.world.letters().count == before)
  }
}
