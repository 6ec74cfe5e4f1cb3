import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite(.threat("PWD11")) struct ChangingAPassword {
  private let new = "walnut ferry compass eleven"

  private func change(
    _ world: TestWorld, _ started: StartedSession, from current: String = TestWorld.password, to new: String? = nil
  ) async throws -> ChangePassword.Refusal? {
    guard let resumed = try await world.resume(started) else { throw TestWorld.Missing.session }
    do {
      try await ChangePassword()(
        from: Password(current), to: Password(new ?? self.new), in: resumed, world.occasion(as: started.account), env: world.env)
      return nil
    } catch let refusal as ChangePassword.Refusal {
      return refusal
    }
  }

  @Test func `the new password counts, the old one does not, and a letter says so`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    let started = try await Door(world: world).signIn()
    #expect(try await change(world, started) == nil)
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) == .wrong)
    #expect(try await Door(world: world).refusal("ada@contoso.test", new) == nil)
    let letter = try #require(try await world.letters().last)
    #expect(letter.letter.recipient == ada.email)
    #expect(letter.content == .passwordChanged(at: world.clock.now(), profileURL: "\(TestWorld.publicAddress)/profile"))
    #expect(try await world.audit(.passwordChanged).map(\.object) == [ada.id.auditName])
  }

  @Test(.threat("SES3")) func `every other session ends, this one goes on`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let other = try await Door(world: world).signIn()
    let started = try await Door(world: world).signIn()
    #expect(try await change(world, started) == nil)
    #expect(try await world.resume(other) == nil)
    #expect(try await world.resume(started) != nil)
  }

  @Test func `what applications may do ends with it, but for those of this very session`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let other = try await Door(world: world).signIn()
    let started = try await Door(world: world).signIn()
    let elsewhere = try await world.grant(in: other.session, isOffline: true)
    let here = try await world.grant(in: started.session, isOffline: false)
    let offline = try await world.grant(in: started.session, isOffline: true)
    #expect(try await change(world, started) == nil)
    let endings = try await world.store.read { tx in try [elsewhere, here, offline].map { try tx.grant($0)?.ending } }
    #expect(endings == [.passwordChanged, nil, .passwordChanged])
  }

  @Test func `a wrong current password changes nothing, and guessing it is throttled`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    let started = try await Door(world: world).signIn()
    for _ in 1...5 { #expect(try await change(world, started, from: "") == .wrongPassword) }
    #expect(try await change(world, started) == .throttled(until: world.clock.now() + .seconds(2)))
    #expect(try await world.audit(.passwordChangeFailed).map(\.object) == Array(repeating: ada.id.auditName, count: 5))
    #expect(try await world.audit(.passwordChanged).isEmpty)
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) == nil)
  }

  @Test func `of many guesses at once no more count than of as many in a row`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let started = try await Door(world: world).signIn()
    let refusals = try await withThrowingTaskGroup(of: ChangePassword.Refusal?.self) { group in
      for index in 1...12 { group.addTask { try await change(world, started, from: "guess number \(index)") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(refusals.filter { $0 == .wrongPassword }.count == 5)
    #expect(try await world.audit(.passwordChangeFailed).count == 5)
  }

  @Test func `whoever proved themselves too long ago signs in again first`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let started = try await Door(world: world).signIn()
    world.clock.advance(by: .minutes(15) + .seconds(1))
    #expect(try await change(world, started) == .reauthenticationNeeded)
    let again = try await Door(world: world).signIn(current: started.session)
    world.clock.advance(by: .minutes(15))
    #expect(try await change(world, again) == nil)
  }

  @Test(.threat("PWD9")) func `a guessable new password is refused with its reason, and the old one stays`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization(name: "Fabrikam Toys"))
    let started = try await Door(world: world).signIn()
    #expect(try await change(world, started, to: "short") == .passwordRefused(.tooShort))
    #expect(try await change(world, started, to: "FabrikamToys2026") == .passwordRefused(.context))
    #expect(try await change(world, started, to: "password1234567") == .passwordRefused(.common))
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) == nil)
  }

  @Test func `of two changes at the same moment one counts`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let started = try await Door(world: world).signIn()
    world.clock.advance(by: .seconds(1))
    async let first = change(world, started, to: "walnut ferry compass eleven")
    async let second = change(world, started, to: "marble ticket sparrow nine")
    let refusals = try await [first, second]
    #expect(refusals.filter { $0 == nil }.count == 1)
    #expect(try await world.audit(.passwordChanged).count == 1)
  }
}

extension TestWorld.Missing { fileprivate static let session = TestWorld.Missing(what: "a living session") }

extension TestWorld {
  /// A grant that an application was given in a session.
  func grant(in session: Session, isOffline: Bool) async throws -> GrantID {
    let occasion = command
    let application = Application(
      id: occasion.newID(), name: "Orders", authentication: .none, grantTypes: [.authorizationCode, .refreshToken],
      scopes: ["openid"],
      createdAt: occasion.now)
    let grant = Grant(
      id: occasion.newID(), application: application.id, account: session.account, accountKind: session.kind, organization: nil,
      session: session.id, scopes: ["openid"], audience: "https://orders.test", isOffline: isOffline,
      authenticatedAt: session.authenticatedAt, createdAt: occasion.now, expiresAt: occasion.now + .days(30))
    try await store.write { tx in
      try tx.insert(application)
      try tx.insert(grant)
    }
    return grant.id
  }
}
