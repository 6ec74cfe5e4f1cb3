import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("THREATS rule 4: expiry is judged at use")) struct CleaningUp {
  private struct Busy {
    let world: TestWorld
    let account: Account
    let application: Application
    let session: Session

    /// Somebody with one open session and an application to sign in to.
    static func make() async throws -> Busy {
      let world = try await TestWorld.make()
      let contoso = try await world.organization()
      let account = try await world.member(of: contoso, roles: [.accountViewer])
      let application = try await world.application(
        Application(
          id: world.command.newID(), name: "Orders", authentication: .none, grantTypes: [.authorizationCode, .refreshToken],
          scopes: [Scope.openID], isTrusted: true, createdAt: world.clock.now()))
      return Busy(world: world, account: account, application: application, session: try await open(account, world))
    }

    static func open(_ account: Account, _ world: TestWorld) async throws -> Session {
      let occasion = world.command
      let session = Session(
        id: occasion.newID(), secret: occasion.newSecret().digest, account: account.id, kind: account.kind.name,
        authenticatedAt: occasion.now, createdAt: occasion.now, lastSeenAt: occasion.now, expiresAt: occasion.now + .hours(12),
        userAgent: "test", address: "192.0.2.1")
      try await world.store.write { tx in try tx.insert(session) }
      return session
    }

    func grant(offline: Bool = false) async throws -> Grant {
      let now = world.clock.now()
      let grant = Grant(
        id: world.command.newID(), application: application.id, account: account.id, accountKind: .work,
        organization: account.home, session: session.id, scopes: [Scope.openID], audience: "https://orders.test",
        isOffline: offline, authenticatedAt: now, createdAt: now, expiresAt: now + (offline ? .days(30) : .hours(12)))
      try await world.store.write { tx in try tx.insert(grant) }
      return grant
    }
  }

  @Test func `memory forgets an ended grant once no token of it can live, and not before`() async throws {
    let busy = try await Busy.make()
    let policy = busy.world.env.policy
    let now = busy.world.clock.now()
    for _ in 0..<50 {
      let grant = try await busy.grant()
      try await busy.world.store.write { tx in
        _ = try tx.endGrant(grant.id, as: .revoked, at: now)
        try tx.revokeToken("\(grant.id.text).token", until: now + .minutes(5))
      }
    }
    #expect(policy.rememberedEndings == 100)
    busy.world.clock.advance(by: .minutes(16))
    policy.forget(at: busy.world.clock.now())
    #expect(policy.rememberedEndings == 100)
    busy.world.clock.advance(by: .hours(1))
    let late = try await busy.grant()
    let later = busy.world.clock.now()
    try await busy.world.store.write { tx in _ = try tx.endGrant(late.id, as: .revoked, at: later) }
    policy.forget(at: later)
    #expect(policy.rememberedEndings == 1)
    #expect(policy.hasEnded(late.id))
  }

  @Test func `sessions go after their end, but not while offline access hangs on one`() async throws {
    let busy = try await Busy.make()
    let other = try await Busy.open(busy.account, busy.world)
    let offline = try await busy.grant(offline: true)
    let ended = try await busy.grant()
    busy.world.clock.advance(by: .days(3))
    try await CleanUp()(env: busy.world.env)
    try await busy.world.store.read { tx throws in
      #expect(try tx.session(other.id) == nil)
      #expect(try tx.session(busy.session.id) != nil)
      #expect(try tx.grant(offline.id) != nil)
      #expect(try tx.grant(ended.id) == nil)
    }
    busy.world.clock.advance(by: .days(30))
    try await CleanUp()(env: busy.world.env)
    #expect(try await busy.world.store.read { tx in try tx.session(busy.session.id) } == nil)
  }

  @Test func `a living session, sign-up, link, token and device stay`() async throws {
    let busy = try await Busy.make()
    let now = busy.world.clock.now()
    let device = busy.world.command.newSecret().digest
    let token = InitialAccessToken(
      digest: busy.world.command.newSecret().digest, createdBy: "command:test", createdAt: now, expiresAt: now + .days(1),
      usesLeft: 1)
    try await busy.world.store.write { tx in
      try tx.rememberDevice(device, of: busy.account.id, at: now, besides: 9)
      try tx.insert(token)
    }
    try await Self.signUp(1, busy.world)
    let link = try await busy.world.newestLink(to: "person1@home.test")
    try await CleanUp()(env: busy.world.env)
    try await busy.world.store.read { tx throws in
      #expect(try tx.session(busy.session.id) != nil)
      #expect(try tx.knowsDevice(device, of: busy.account.id))
      #expect(try tx.pendingSignUp(link.digest) != nil)
    }
    #expect(try await busy.world.store.write { tx in try tx.useInitialAccessToken(token.digest, at: now) } != nil)
  }

  @Test(.threat("LNK6")) func `the password hash of somebody who never confirmed is gone days later, batch after batch`()
    async throws
  {
    let world = try await TestWorld.make()
    for index in 1...5 { try await Self.signUp(index, world) }
    let link = try await world.newestLink(to: "person1@home.test")
    world.clock.advance(by: .days(4))
    #expect(try await CleanUp(batch: 2)(env: world.env) >= 5)
    #expect(try await world.store.read { tx in try tx.pendingSignUp(link.digest) } == nil)
  }

  @Test func `an old device of one account goes, the same browser's younger one of another stays`() async throws {
    let busy = try await Busy.make()
    let world = busy.world
    let other = try await world.personalAccount()
    let device = world.command.newSecret().digest
    let then = world.clock.now()
    world.clock.advance(by: .days(401))
    let now = world.clock.now()
    try await world.store.write { tx in
      try tx.rememberDevice(device, of: busy.account.id, at: then, besides: 9)
      try tx.rememberDevice(device, of: other.id, at: now, besides: 9)
    }
    try await CleanUp()(env: world.env)
    try await world.store.read { tx throws in
      #expect(try !tx.knowsDevice(device, of: busy.account.id))
      #expect(try tx.knowsDevice(device, of: other.id))
    }
  }

  @Test func `a link that ended half a year ago looks like one that never was, and the invitation stays`() async throws {
    let world = try await InvitationWorld.make()
    let invited = try await world.invite()
    let link = try await world.link()
    world.world.clock.advance(by: .days(61))
    try await CleanUp()(env: world.world.env)
    #expect(try await world.deadEnd(link) == .expired)
    world.world.clock.advance(by: .days(180))
    try await CleanUp()(env: world.world.env)
    #expect(try await world.deadEnd(link) == .unknown)
    #expect(try await world.world.store.read { tx in try tx.invitation(invited.invitation.id) } != nil)
  }

  private static func signUp(_ index: Int, _ world: TestWorld) async throws {
    try await SignUp()(
      SignUp.Request(
        email: EmailAddress(stored: "person\(index)@home.test"), name: PersonName(storedFirst: "Ada", last: "King"),
        language: .english, country: nil),
      password: Password(TestWorld.password), world.occasion(), env: world.env)
  }
}
