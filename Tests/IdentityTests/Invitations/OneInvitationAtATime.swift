import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: inviting others"), .threat("LNK3")) struct OneInvitationAtATime {
  @Test func `a second invitation by an application replaces its first, whose link is dead at once`() async throws {
    let world = try await InvitationWorld.make()
    let automation = try await world.application(roles: [.accountAdministrator])
    try await world.invite(by: automation)
    let first = try await world.link()
    try await world.invite(by: automation)
    #expect(try await world.deadEnd(first) == .replaced)
    _ = try await world.accept(world.link())
  }

  @Test func `an invitation by a member replaces an application's, and the other way round`() async throws {
    let world = try await InvitationWorld.make()
    let automation = try await world.application(roles: [.accountAdministrator])
    try await world.invite(by: automation)
    let first = try await world.link()
    try await world.invite()
    let second = try await world.link()
    #expect(try await world.deadEnd(first) == .replaced)
    try await world.invite(by: automation)
    #expect(try await world.deadEnd(second) == .replaced)
  }

  @Test func `of two links for one operator only the later works`() async throws {
    let world = try await InvitationWorld.make()
    let first = try await world.createOperator()
    let second = try await world.createOperator()
    #expect(try await world.deadEnd(first) == .withdrawn)
    let grace = try await world.accept(second).account
    let portal = world.world.portal.id
    let roles = try await world.world.store.read { tx in
      try tx.roleAssignments(of: .account(grace.id), in: portal).map(\.role)
    }
    #expect(roles == [.operator])
  }

  @Test func `what a command invited to is given, in a customer's organization too`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite(roles: [.reportViewer], as: world.world.command)
    let boris = try await world.accept(world.link()).account
    #expect(try await world.roles(of: boris) == [.reportViewer])
  }
}

extension InvitationWorld {
  /// An application of Contoso's own.
  fileprivate func application(roles: [RoleID]) async throws -> Application {
    let id: ApplicationID = world.command.newID()
    let application = Application(
      id: id, name: "Automation", authentication: .basic, grantTypes: [.clientCredentials], scopes: [Scope.manage],
      owner: contoso.id, createdAt: world.clock.now())
    return try await world.application(application, roles: roles, in: contoso)
  }

  fileprivate func invite(by application: Application) async throws {
    world.clock.advance(by: .seconds(1))
    try await invite(as: world.occasion(.application(application.id)))
  }

  fileprivate func invite(roles: [RoleID] = [.accountViewer], as occasion: Occasion) async throws {
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "boris@contoso.test"), name: PersonName(storedFirst: "Boris", last: "Orlov"),
        language: .russian, country: nil, roles: roles),
      to: contoso.id, occasion, env: world.env)
  }

  fileprivate func createOperator() async throws -> SecretToken {
    let created = try await CreateOperator()(
      email: EmailAddress(stored: "grace@portal.test"), name: PersonName(storedFirst: "Grace", last: "Hopper"),
      language: .english, world.command, env: world.env)
    return SecretToken(presented: String(created.link.suffix(43)))
  }
}
