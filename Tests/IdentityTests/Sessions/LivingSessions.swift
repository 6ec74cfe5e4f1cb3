import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite struct LivingSessions {
  /// Signs in a person of this kind.
  private func start(_ kind: Account.KindName, in world: TestWorld) async throws -> StartedSession {
    switch kind {
    case .work: try await world.member(of: try await world.organization())
    case .personal: _ = try await world.personalAccount()
    }
    return try await Door(world: world).signIn(kind: kind)
  }

  @Test(.threat("SES4"), arguments: [(Account.KindName.work, Duration.hours(8)), (.personal, .hours(24))])
  func `a session idle for its limit still lives, and a second later it is over`(row: (kind: Account.KindName, idle: Duration))
    async throws
  {
    let world = try await TestWorld.make()
    let started = try await start(row.kind, in: world)
    let mark = world.clock.now()
    world.clock.set(mark + row.idle + .seconds(1))
    #expect(try await world.resume(started) == nil)
    world.clock.set(mark + row.idle)
    #expect(try await world.resume(started) != nil)
    // Being seen moved the mark.
    world.clock.advance(by: row.idle)
    let isPastTheEnd = row.idle * 2 > world.env.settings.lifetimes.session(row.kind)
    #expect(try await world.resume(started).map { _ in true } == (isPastTheEnd ? nil : true))
  }

  @Test(.threat("SES4"), arguments: [(Account.KindName.work, Duration.hours(12)), (.personal, .days(30))])
  func `however active, a session ends at its absolute limit`(row: (kind: Account.KindName, limit: Duration)) async throws {
    let world = try await TestWorld.make()
    let started = try await start(row.kind, in: world)
    let begin = world.clock.now()
    var passed: Duration = .zero
    while passed + .hours(6) < row.limit {
      passed = passed + .hours(6)
      world.clock.set(begin + passed)
      #expect(try await world.resume(started) != nil)
    }
    world.clock.set(begin + row.limit)
    #expect(try await world.resume(started) != nil)
    world.clock.set(begin + row.limit + .seconds(1))
    #expect(try await world.resume(started) == nil)
  }

  @Test func `the mark of activity is written at most once a minute`() async throws {
    let world = try await TestWorld.make()
    let started = try await start(.work, in: world)
    let begin = world.clock.now()
    var marks: [Duration] = []
    for seconds in stride(from: Int64(10), through: 180, by: 10) {
      world.clock.set(begin + .seconds(seconds))
      _ = try await world.resume(started)
      let seen = try await world.store.read { tx in try tx.session(started.session.id)?.lastSeenAt }
      marks.append(try #require(seen) - begin)
    }
    #expect(Set(marks) == [.zero, .minutes(1), .minutes(2), .minutes(3)])
  }

  @Test(.threat("SES4")) func `a session goes on while its mark cannot be written, and ends the earlier for it`() async throws {
    let world = try await TestWorld.make()
    let started = try await start(.work, in: world)
    let disk = FullDisk(world.store)
    let env = world.env.over(disk)
    disk.isFull = true
    let begin = world.clock.now()
    for hours: Int64 in [4, 8] {
      world.clock.set(begin + .hours(hours))
      #expect(try await ResumeSession()(started.token, world.occasion(), env: env)?.session.lastSeenAt == begin)
    }
    disk.isFull = false
    #expect(try await ResumeSession()(started.token, world.occasion(), env: env) != nil)
    disk.isFull = true
    world.clock.set(begin + .hours(12))
    #expect(try await ResumeSession()(started.token, world.occasion(), env: env)?.session.lastSeenAt == begin + .hours(8))
    world.clock.advance(by: .seconds(1))
    #expect(try await ResumeSession()(started.token, world.occasion(), env: env) == nil)
  }

  @Test(.threat("SES4")) func `unwritten marks never lengthen a session's idleness`() async throws {
    let world = try await TestWorld.make()
    let started = try await start(.work, in: world)
    let disk = FullDisk(world.store)
    disk.isFull = true
    world.clock.advance(by: .hours(7))
    #expect(try await ResumeSession()(started.token, world.occasion(), env: world.env.over(disk)) != nil)
    world.clock.advance(by: .hours(1) + .seconds(1))
    #expect(try await ResumeSession()(started.token, world.occasion(), env: world.env.over(disk)) == nil)
    disk.isFull = false
    #expect(try await world.resume(started) == nil)
  }

  @Test(.threat("SES3")) func `a session is dead on the very next request after its person signed out`() async throws {
    let world = try await TestWorld.make()
    let started = try await start(.work, in: world)
    let offline = try await world.grant(in: started.session, isOffline: true)
    #expect(try await EndSession()(started.session, world.occasion(as: started.account), env: world.env))
    #expect(try await world.resume(started) == nil)
    #expect(try await EndSession()(started.session, world.occasion(as: started.account), env: world.env) == false)
    #expect(try await world.store.read { tx in try tx.grant(offline)?.ending } == .signedOut)
  }

  @Test(.threat("SES3")) func `a session is dead on the very next request after the account was suspended, and stays so`()
    async throws
  {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator])
    let ada = try await world.member(of: contoso)
    let started = try await Door(world: world).signIn()
    let offline = try await world.grant(in: started.session, isOffline: true)
    try await SuspendAccount()(ada.id, in: contoso.id, world.occasion(as: admin), env: world.env)
    #expect(try await world.resume(started) == nil)
    #expect(try await world.store.read { tx in try tx.grant(offline)?.ending } == .suspended)
    try await RestoreAccount()(ada.id, in: contoso.id, world.occasion(as: admin), env: world.env)
    #expect(try await world.resume(started) == nil)
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) == nil)
  }

  @Test(.threat("SES3")) func `an administrator ends the sessions of a member, and nobody else's`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator])
    let viewer = try await world.member(of: contoso, "viewer@contoso.test", roles: [.accountViewer])
    try await world.member(of: try await world.organization(name: "Fabrikam"), "zoe@fabrikam.test")
    let ada = try await world.member(of: contoso)
    let adas = try await Door(world: world).signIn()
    let zoes = try await Door(world: world).signIn("zoe@fabrikam.test")

    await #expect(throws: AccessDenied.self) {
      try await EndMemberSessions()(of: ada.id, nil, in: contoso.id, world.occasion(as: viewer), env: world.env)
    }
    await #expect(throws: EndMemberSessions.Refusal.unknown) {
      try await EndMemberSessions()(of: zoes.account.id, nil, in: contoso.id, world.occasion(as: admin), env: world.env)
    }
    #expect(try await world.resume(adas) != nil)
    #expect(try await EndMemberSessions()(of: ada.id, nil, in: contoso.id, world.occasion(as: admin), env: world.env) == 1)
    #expect(try await world.resume(adas) == nil)
    #expect(try await world.resume(zoes) != nil)
  }

  @Test(.threat("SES3")) func `a person ends one of their sessions, or all the others, and never somebody else's`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso)
    try await world.member(of: contoso, "bob@contoso.test")
    let bobs = try await Door(world: world).signIn("bob@contoso.test")
    let adas = try await [Door(world: world).signIn(), Door(world: world).signIn(), Door(world: world).signIn()]
    let occasion = world.occasion(as: ada)
    #expect(try await EndOwnSessions()(bobs.session.id, from: adas[0].session, occasion, env: world.env) == 0)
    #expect(try await EndOwnSessions()(adas[1].session.id, from: adas[0].session, occasion, env: world.env) == 1)
    #expect(try await world.resume(adas[1]) == nil)
    #expect(try await world.resume(adas[2]) != nil)
    #expect(try await EndOwnSessions()(nil, from: adas[0].session, occasion, env: world.env) == 1)
    #expect(try await world.resume(adas[2]) == nil)
    #expect(try await world.resume(adas[0]) != nil)
    #expect(try await world.resume(bobs) != nil)
  }

  @Test(.threat("SES6")) func `past the limit of sessions the oldest makes room`() async throws {
    let world = try await TestWorld.make { $0.sessionsPerAccount = 3 }
    try await world.member(of: try await world.organization())
    var sessions: [StartedSession] = []
    for _ in 1...4 {
      sessions.append(try await Door(world: world).signIn())
      world.clock.advance(by: .seconds(1))
    }
    #expect(try await world.resume(sessions[0]) == nil)
    for session in sessions.dropFirst() { #expect(try await world.resume(session) != nil) }
    let oldest = sessions[0].session.id
    let ended = try await world.store.read { tx in try tx.session(oldest)?.ending }
    #expect(ended == .displaced)
  }

  @Test(.threat("JWT7"), .rule("RFC 8725 §3.11")) func `nothing but our own session token opens a session`() async throws {
    let world = try await TestWorld.make()
    let other = try await TestWorld.make(publicAddress: "https://other.test")
    let started = try await start(.work, in: world)
    let key = try #require(world.env.keys.signingKey(.es256, at: world.clock.now()))
    let parts = started.token.split(separator: ".")
    let payload = try #require(Base64URL.decode(String(parts[1])))
    let asAccessToken = try JWS.sign(payload: payload, type: "at+jwt", with: key)
    let secret = try #require(try JSON.parse(payload).objectValue?["jti"]?.stringValue)
    for token in [
      "", ".", "x.y.z", secret, asAccessToken, String(started.token.dropLast(2)), "\(parts[0]).\(parts[1]).", started.token + "A",
    ] {
      #expect(try await ResumeSession()(token, world.occasion(), env: world.env) == nil)
    }
    // Worlds share keys in this suite, so here only issuer and audience differ.
    #expect(try await ResumeSession()(started.token, other.occasion(), env: other.env) == nil)
    #expect(try await world.resume(started) != nil)
  }

  @Test func `only the digest of the cookie's secret is stored`() async throws {
    let world = try await TestWorld.make()
    let started = try await start(.work, in: world)
    let payload = try #require(Base64URL.decode(String(started.token.split(separator: ".")[1])))
    let claims = try #require(try JSON.parse(payload).objectValue)
    let secret = try #require(claims["jti"]?.stringValue)
    #expect(secret.utf8.count == 43)
    #expect(started.session.secret == SecretToken(presented: secret).digest)
    #expect(started.session.id.text != secret)
    #expect(claims["auth_time"]?.intValue == world.clock.now().seconds)
    #expect(claims["sub"]?.stringValue == started.account.id.text)
    #expect(claims["kind"]?.stringValue == "work")
  }
}
