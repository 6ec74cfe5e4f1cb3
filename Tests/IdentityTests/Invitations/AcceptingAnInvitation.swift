import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

/// Contoso with Ada, who administers it, and what is needed to invite Boris.
struct InvitationWorld {
  let world: TestWorld
  let contoso: Organization
  let ada: Account

  static func make() async throws -> InvitationWorld {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountAdministrator])
    return InvitationWorld(world: world, contoso: contoso, ada: ada)
  }

  @discardableResult
  func invite(
    _ email: String = "boris@contoso.test", roles: [RoleID] = [.accountViewer], by inviter: Account? = nil,
    to organization: Organization? = nil
  ) async throws -> InviteMember.Invited {
    world.clock.advance(by: .seconds(1))
    return try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: email), name: PersonName(storedFirst: "Boris", last: "Orlov"), language: .russian,
        country: CountryCode("RS"), roles: roles),
      to: (organization ?? contoso).id, world.occasion(as: inviter ?? ada), env: world.env)
  }

  func link(to email: String = "boris@contoso.test") async throws -> SecretToken { try await world.newestLink(to: email) }

  func accept(_ link: SecretToken, after current: Session? = nil, password: String = TestWorld.password) async throws
    -> StartedSession
  {
    try await AcceptInvitation()(
      link, password: Password(password), after: current, browser: Browser(userAgent: "test", device: nil), world.occasion(),
      env: world.env)
  }

  func deadEnd(_ link: SecretToken) async throws -> OpenInvitation.DeadEnd? {
    if case .deadEnd(let reason) = try await OpenInvitation()(link, signedIn: nil, world.occasion(), env: world.env) {
      reason
    } else {
      nil
    }
  }

  func roles(of account: Account) async throws -> Set<RoleID> {
    let contoso = contoso.id
    return try await world.store.read { tx in Set(try tx.roleAssignments(of: .account(account.id), in: contoso).map(\.role)) }
  }
}

@Suite(.rule("MISSION: acceptance"), .threat("LNK1", "LNK2", "LNK10")) struct AcceptingAnInvitation {
  @Test func `a colleague who accepts has an account with the invited roles and language`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite(roles: [.accountViewer, .reportViewer])
    let boris = try await world.accept(world.link()).account
    #expect(boris.language == .russian)
    #expect(boris.home == world.contoso.id)
    #expect(try await world.roles(of: boris) == [.accountViewer, .reportViewer])
    #expect(try await world.world.audit(.invitationAccepted).count == 1)
  }

  @Test func `looking at a link any number of times changes nothing`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let link = try await world.link()
    for _ in 0..<3 { #expect(try await world.deadEnd(link) == nil) }
    _ = try await world.accept(link)
  }

  @Test func `a link that was used says so, and works no second time`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let link = try await world.link()
    _ = try await world.accept(link)
    #expect(try await world.deadEnd(link) == .used)
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept(link) }
  }

  @Test func `of two browsers that finish at once exactly one succeeds`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let link = try await world.link()
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { (try? await world.accept(link)) != nil } }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(outcomes == 1)
  }

  @Test func `a link works up to sixty days to the second, and not a moment longer`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let link = try await world.link()
    world.world.clock.advance(by: .days(60))
    #expect(try await world.deadEnd(link) == nil)
    world.world.clock.advance(by: .microseconds(1))
    #expect(try await world.deadEnd(link) == .expired)
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept(link) }
  }

  @Test func `a withdrawn link says so`() async throws {
    let world = try await InvitationWorld.make()
    let invited = try await world.invite()
    let link = try await world.link()
    try await WithdrawInvitation()(
      invited.invitation.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    #expect(try await world.deadEnd(link) == .withdrawn)
  }

  @Test(.threat("LNK3")) func `sending again gives a new secret and a new term, to the invited mailbox only`() async throws {
    let world = try await InvitationWorld.make()
    let invited = try await world.invite()
    let first = try await world.link()
    world.world.clock.advance(by: .days(30))
    let again = try await ResendInvitation()(
      invited.invitation.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    #expect(again.expiresAt == world.world.clock.now() + .days(60))
    #expect(try await world.deadEnd(first) == .replaced)
    let second = try await world.link()
    #expect(second.digest != first.digest)
    #expect(Set(try await world.world.letters().map(\.letter.recipient)) == [EmailAddress(stored: "boris@contoso.test")])
    _ = try await world.accept(second)
  }

  @Test func `a second invitation of the same address replaces the first`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite(roles: [.accountViewer])
    let first = try await world.link()
    try await world.invite(roles: [.reportViewer])
    #expect(try await world.deadEnd(first) == .replaced)
    let boris = try await world.accept(world.link()).account
    #expect(try await world.roles(of: boris) == [.reportViewer])
  }

  @Test func `a guessable password is refused, and the link stays good`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let link = try await world.link()
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept(link, password: "contoso2026contoso") }
    _ = try await world.accept(link)
  }
}

@Suite(.rule("MISSION: work accounts, memberships"), .threat("LNK5")) struct AcceptingAsSomebodyKnown {
  @Test func `a browser signed in as somebody else is asked to sign out first`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let link = try await world.link()
    guard
      case .otherPerson = try await OpenInvitation()(link, signedIn: world.ada.id, world.world.occasion(), env: world.world.env)
    else {
      Issue.record("offered to the wrong person")
      return
    }
    let ada = try await Door(world: world.world).signIn()
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept(link, after: ada.session) }
    await #expect(throws: AcceptInvitation.Refusal.self) {
      try await JoinByInvitation()(link, as: world.ada.id, world.world.occasion(as: world.ada), env: world.world.env)
    }
    #expect(try await world.deadEnd(link) == nil)
  }

  @Test func `a guest joins with the account they have, and the inviter cannot tell`() async throws {
    let world = try await InvitationWorld.make()
    let fabrikam = try await world.world.organization(name: "Fabrikam")
    let guest = try await world.world.member(of: fabrikam, "gina@fabrikam.test")
    let known = try await world.invite("gina@fabrikam.test")
    let unknown = try await world.invite("nobody@fabrikam.test")
    #expect(unknown.expiresAt - known.expiresAt == .seconds(1))
    #expect(known.invitation.state == unknown.invitation.state)
    let letters = try await world.world.letters().map(\.content)
    #expect(letters.allSatisfy { if case .memberInvitation = $0 { true } else { false } })
    let joined = try await JoinByInvitation()(
      world.link(to: "gina@fabrikam.test"), as: guest.id, world.world.occasion(as: guest), env: world.world.env)
    #expect(joined.id == world.contoso.id)
    #expect(try await world.roles(of: guest) == [.accountViewer])
  }

  @Test(.threat("LNK6")) func `a personal account with the invited address has no part in it`() async throws {
    let world = try await InvitationWorld.make()
    let personal = try await world.world.personalAccount("boris@contoso.test")
    try await world.invite()
    let boris = try await world.accept(world.link(), password: TestWorld.otherPassword).account
    #expect(boris.id != personal.id)
    #expect(try await world.world.store.read { tx in try tx.memberships(of: personal.id) }.isEmpty)
  }

  @Test func `a browser that was signed in to a personal account leaves it: one browser shows one person`() async throws {
    let world = try await InvitationWorld.make()
    _ = try await world.world.personalAccount("boris@home.test")
    let personal = try await Door(world: world.world).signIn("boris@home.test", kind: .personal)
    try await world.invite()
    let started = try await world.accept(world.link(), after: personal.session)
    #expect(try await world.world.resume(started) != nil)
    #expect(try await world.world.resume(personal) == nil)
  }
}

@Suite(.rule("MISSION: may grant"), .threat("LNK15", "ROL1", "ROL12")) struct WhatAnInviterMayGive {
  @Test(arguments: [
    (RoleID.accountAdministrator, RoleID.accountAdministrator, true), (.accountAdministrator, .accountManager, true),
    (.userAdministrator, .accountAdministrator, false), (.userAdministrator, .agreementAdministrator, false),
    (.userAdministrator, .accountManager, true), (.agreementAdministrator, .reportViewer, true),
    (.agreementAdministrator, .accountManager, false), (.accountManager, .accountViewer, false),
    (.reportViewer, .accountViewer, false),
    (.accountViewer, .accountViewer, false),
  ])
  func `a role is given only by whoever may grant it`(inviter: RoleID, role: RoleID, isAllowed: Bool) async throws {
    let world = try await InvitationWorld.make()
    let colleague = try await world.world.member(of: world.contoso, "colleague@contoso.test", roles: [inviter])
    if isAllowed {
      try await world.invite(roles: [role], by: colleague)
    } else {
      await #expect(throws: AccessDenied.self) { try await world.invite(roles: [role], by: colleague) }
      #expect(try await world.world.letters().isEmpty)
      #expect(try await world.world.audit(.accessDenied).count == 1)
    }
  }

  @Test func `an inviter who lost the right to one role gives only the others`() async throws {
    let world = try await InvitationWorld.make()
    let uma = try await world.world.member(
      of: world.contoso, "uma@contoso.test", roles: [.userAdministrator, .agreementAdministrator])
    try await world.invite(roles: [.accountManager, .accountViewer], by: uma)
    try await take(.userAdministrator, from: uma, world)
    let boris = try await world.accept(world.link()).account
    #expect(try await world.roles(of: boris) == [.accountViewer])
    #expect(try await world.world.audit(.invitationRoleWithheld).count == 1)
  }

  @Test func `an inviter who lost every right has invited to nothing, and the invitation is withdrawn for good`() async throws {
    let world = try await InvitationWorld.make()
    let uma = try await world.world.member(of: world.contoso, "uma@contoso.test", roles: [.userAdministrator])
    try await world.invite(roles: [.accountViewer], by: uma)
    try await take(.userAdministrator, from: uma, world)
    let link = try await world.link()
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept(link) }
    #expect(
      try await world.world.store.read { tx in try tx.account(.work, email: EmailAddress(stored: "boris@contoso.test")) } == nil)
    #expect(try await world.world.audit(.invitationWithdrawn).count == 1)
    _ = try await AssignRole()(
      .userAdministrator, to: .account(uma.id), in: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    #expect(try await world.deadEnd(link) == .withdrawn)
  }

  @Test func `what was withheld stands in the audit trail, also when nothing is left`() async throws {
    let world = try await InvitationWorld.make()
    let uma = try await world.world.member(
      of: world.contoso, "uma@contoso.test", roles: [.userAdministrator, .agreementAdministrator])
    try await world.invite(roles: [.accountManager], by: uma)
    try await take(.userAdministrator, from: uma, world)
    let link = try await world.link()
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept(link) }
    #expect(try await world.world.audit(.invitationRoleWithheld).count == 1)
  }

  private func take(_ role: RoleID, from account: Account, _ world: InvitationWorld) async throws {
    let contoso = world.contoso.id
    let assignment = try await world.world.store.read { tx in
      try tx.roleAssignments(of: .account(account.id), in: contoso).first { $0.role == role }
    }
    try await RemoveRole()(
      try #require(assignment).id, in: contoso, world.world.occasion(as: world.ada), env: world.world.env)
  }
}
