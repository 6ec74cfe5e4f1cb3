import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite(.threat("REF3", "REF4"))
struct StandingOfAGrant {
  struct World {
    let world: TestWorld
    let session: Session
    let application: Application
    let account: Account
    let organization: Organization

    func grant(isOffline: Bool) -> Grant {
      Grant(
        id: world.command.newID(), application: application.id, account: account.id, accountKind: .work,
        organization: organization.id,
        session: session.id, scopes: ["openid"], audience: "https://orders.test/", isOffline: isOffline,
        authenticatedAt: world.clock.now(),
        createdAt: world.clock.now(), expiresAt: world.clock.now() + (isOffline ? .days(30) : .hours(12)))
    }

    func standing(_ grant: Grant) async throws -> GrantStanding {
      let now = world.clock.now()
      let settings = world.env.settings
      return try await world.store.read { tx in try tx.standing(of: grant, at: now, settings) }
    }
  }

  private func make() async throws -> World {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountViewer, .userAdministrator])
    let application = try await world.application(
      Application(
        id: world.command.newID(), name: "Orders", authentication: .none, grantTypes: [.authorizationCode],
        redirectURIs: ["https://orders.test/"], scopes: ["openid", "offline_access"], audiences: ["https://orders.test/"],
        isTrusted: true, createdAt: world.clock.now()))
    let now = world.clock.now()
    let session = Session(
      id: world.command.newID(), secret: world.command.newSecret().digest, account: ada.id, kind: .work, authenticatedAt: now,
      createdAt: now,
      lastSeenAt: now, expiresAt: now + .hours(12), userAgent: "", address: "192.0.2.1")
    try await world.store.write { tx in try tx.insert(session) }
    return World(world: world, session: session, application: application, account: ada, organization: contoso)
  }

  @Test func `a grant in force tells the roles its person holds now`() async throws {
    let made = try await make()
    #expect(
      try await made.standing(made.grant(isOffline: false))
        == .inForce(application: made.application, roles: [.accountViewer, .userAdministrator]))
  }

  @Test(arguments: [(Duration.hours(8), true), (.hours(8) + .microseconds(1), false)])
  func `without offline access it ends when its session has been idle too long`(_ age: Duration, _ isInForce: Bool) async throws {
    let made = try await make()
    let grant = made.grant(isOffline: false)
    let offline = made.grant(isOffline: true)
    made.world.clock.advance(by: age)
    #expect((try await made.standing(grant) != .dead(.sessionEnded)) == isInForce)
    #expect(try await made.standing(offline) != .dead(.sessionEnded))
  }

  @Test func `it ends at its own absolute end`() async throws {
    let made = try await make()
    let grant = made.grant(isOffline: true)
    made.world.clock.advance(by: .days(30))
    #expect(try await made.standing(grant) != .dead(.expired))
    made.world.clock.advance(by: .microseconds(1))
    #expect(try await made.standing(grant) == .dead(.expired))
  }

  @Test func `offline access that was taken from the application keeps no grant past its session`() async throws {
    let made = try await make()
    let grant = made.grant(isOffline: true)
    var modest = made.application
    modest.scopes.remove("offline_access")
    let changed = modest
    try await made.world.store.write { tx in _ = try tx.update(changed) }
    guard case .inForce = try await made.standing(grant) else {
      Issue.record("it ended before its session")
      return
    }
    made.world.clock.advance(by: .hours(8) + .microseconds(1))
    #expect(try await made.standing(grant) == .dead(.sessionEnded))
  }

  @Test func `an audience that was taken from the application takes the grant out of force until it is given back`() async throws
  {
    let made = try await make()
    let grant = made.grant(isOffline: false)
    var changed = made.application
    changed.audiences = []
    let without = changed
    try await made.world.store.write { tx in _ = try tx.update(without) }
    #expect(try await made.standing(grant) == .dead(.audienceRefused))
    changed.version += 1
    changed.audiences = made.application.audiences
    let with = changed
    try await made.world.store.write { tx in _ = try tx.update(with) }
    guard case .inForce = try await made.standing(grant) else {
      Issue.record("it did not come back")
      return
    }
  }

  @Test func `ending a grant twice is recorded once`() async throws {
    let made = try await make()
    let grant = made.grant(isOffline: false)
    let occasion = made.world.command
    try await made.world.store.write { tx in
      try tx.insert(grant)
      try tx.end(grant, as: .revoked, occasion)
      try tx.end(grant, as: .codeReplayed, event: .codeReplayed, occasion)
    }
    #expect(try await made.world.audit(.grantEnded).count == 1)
    #expect(try await made.world.audit(.codeReplayed).isEmpty)
    let stored = try #require(try await made.world.store.read { tx in try tx.grant(grant.id) })
    #expect(try await made.standing(stored) == .dead(.ended))
    #expect(made.world.env.policy.hasEnded(grant.id))
  }

  @Test func `a grant is not started for a session that ended meanwhile`() async throws {
    let made = try await make()
    let now = made.world.clock.now()
    try await made.world.store.write { tx in _ = try tx.endSession(made.session.id, as: .signedOut, at: now) }
    let terms = StartGrant.Terms(
      application: made.application.id, session: made.session, organization: made.organization.id, scopes: ["openid"],
      audience: "https://orders.test/", isOffline: true, redirectURI: "https://orders.test/", redirectURIWasSent: true,
      challenge: "c", nonce: nil)
    await #expect(throws: StartGrant.Refusal.self) {
      _ = try await StartGrant()(terms, made.world.occasion(), env: made.world.env)
    }
    #expect(try await made.world.audit(.grantCreated).isEmpty)
  }
}
