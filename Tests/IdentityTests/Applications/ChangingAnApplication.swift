import AccessControl
import Identity
import Primitives
import TestKit
import Testing

struct ChangingAnApplication {
  private func registered(_ world: TestWorld) async throws -> Application {
    var details = ApplicationDetails(name: "Orders", authentication: .basic, grantTypes: [.authorizationCode])
    details.redirectURIs = ["https://orders.test/signed-in"]
    details.scopes = ["openid"]
    return try await RegisterApplication()(details, owner: nil, world.command, env: world.env).application
  }

  @Test func `a change names the version it saw`() async throws {
    let world = try await TestWorld.make()
    let application = try await registered(world)
    let changed = try await ChangeApplication()(application.id, seen: 1, world.command, env: world.env) { $0.isTrusted = true }
    #expect(changed.version == 2)
    #expect(world.env.policy.application(application.id) == changed)
    await #expect(throws: ChangeApplication.Refusal.self) {
      try await ChangeApplication()(application.id, seen: 1, world.command, env: world.env) { $0.isTrusted = false }
    }
    #expect(try await ChangeApplication()(application.id, seen: 2, world.command, env: world.env) { _ in } == changed)
    #expect(try await world.audit(.applicationChanged).count == 1)
  }

  @Test func `a flawed change changes nothing`() async throws {
    let world = try await TestWorld.make()
    let application = try await registered(world)
    await #expect(throws: ChangeApplication.Refusal.self) {
      try await ChangeApplication()(application.id, seen: nil, world.command, env: world.env) {
        $0.redirectURIs = ["http://evil.test/"]
      }
    }
    #expect(world.env.policy.application(application.id) == application)
  }

  @Test func `an application that becomes public loses its secrets`() async throws {
    let world = try await TestWorld.make()
    let application = try await registered(world)
    let changed = try await ChangeApplication()(application.id, seen: nil, world.command, env: world.env) {
      $0.authentication = .none
    }
    #expect(changed.secrets.isEmpty)
  }

  @Test func `a disabled application is nobody until it is enabled again`() async throws {
    let world = try await TestWorld.make()
    let application = try await registered(world)
    _ = try await DisableApplication()(application.id, seen: nil, world.command, env: world.env)
    #expect(world.env.policy.activeApplication(application.id) == nil)
    _ = try await DisableApplication().undo(application.id, seen: nil, world.command, env: world.env)
    #expect(world.env.policy.activeApplication(application.id) != nil)
  }

  @Test func `a deleted application is gone, and a stranger cannot tell it from one that never was`() async throws {
    let world = try await TestWorld.make()
    let application = try await registered(world)
    let stranger = try await world.member(of: try await world.organization(), roles: [.accountAdministrator])
    for id in [application.id, ApplicationID(trusted: "nobody")] {
      await #expect(throws: AccessDenied.self) {
        try await DeleteApplication()(id, seen: nil, world.occasion(as: stranger), env: world.env)
      }
    }
    try await DeleteApplication()(application.id, seen: 1, world.command, env: world.env)
    #expect(world.env.policy.application(application.id) == nil)
    await #expect(throws: ChangeApplication.Refusal.self) {
      try await DeleteApplication()(application.id, seen: nil, world.command, env: world.env)
    }
    #expect(try await world.audit(.applicationDeleted).count == 1)
  }

  @Test func `an application of a closed organization cannot act`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    var details = ApplicationDetails(name: "Orders", authentication: .basic, grantTypes: [.clientCredentials])
    details.scopes = ["orders:read"]
    let own = try await RegisterApplication()(details, owner: contoso.id, world.command, env: world.env).application
    #expect(world.env.policy.activeApplication(own.id) != nil)
    _ = try await ChangeOrganization()(contoso.id, name: nil, state: .closed, seen: nil, world.command, env: world.env)
    #expect(world.env.policy.activeApplication(own.id) == nil)
  }

  @Test(arguments: [(0, Duration.hours(1)), (101, .hours(1)), (1, .seconds(59)), (1, .days(30) + .seconds(1))])
  func `an initial access token has bounds`(_ uses: Int, _ lifetime: Duration) async throws {
    let world = try await TestWorld.make()
    await #expect(throws: CreateInitialAccessToken.Refusal.outOfBounds) {
      _ = try await CreateInitialAccessToken()(uses: uses, lifetime: lifetime, world.command, env: world.env)
    }
  }
}
