import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

/// A browser that tries to sign in from somewhere.
struct Door {
  let world: TestWorld
  var network: String? = "192.0.2.1"
  var device: SecretToken?

  func signIn(
    _ address: String = "ada@contoso.test", _ password: String = TestWorld.password, kind: Account.KindName = .work,
    current: Session? = nil
  ) async throws -> StartedSession {
    let request = SignIn.Request(
      kind: kind, address: address, password: Password(password), browser: Browser(userAgent: "Test", device: device),
      current: current)
    return try await SignIn()(request, world.occasion(address: network), env: world.env)
  }

  /// The refusal, or nil when it let somebody in.
  func refusal(
    _ address: String = "ada@contoso.test", _ password: String = "not the right one at all", kind: Account.KindName = .work
  )
    async throws -> SignIn.Refusal?
  {
    do {
      _ = try await signIn(address, password, kind: kind)
      return nil
    } catch let refusal as SignIn.Refusal {
      return refusal
    }
  }
}

extension TestWorld {
  func resume(_ started: StartedSession) async throws -> ResumedSession? {
    try await ResumeSession()(started.token, occasion(), env: env)
  }

  func failures(_ event: String) async throws -> Int {
    try await store.read { tx in
      try tx.failureCounts(since: Timestamp(seconds: 0)).filter { $0.event == event }.map(\.count).reduce(0, +)
    }
  }
}

@Suite struct SigningIn {
  @Test func `the right password starts a session of the right kind, and the token leads back to it`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    let started = try await Door(world: world).signIn(" ADA@Contoso.test ")
    #expect(started.account.id == ada.id)
    let resumed = try #require(try await world.resume(started))
    #expect(resumed.session.id == started.session.id)
    #expect(resumed.account == ada)
    let rows = try await world.audit(.signedIn)
    #expect(rows.map(\.actor) == [ada.id.auditName])
    #expect(rows.first?.address == "192.0.2.1")
  }

  @Test(.threat("PWD1")) func `whoever does not know the password learns nothing about the account`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let eve = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator])
    let suspended = try await world.member(of: contoso, "suspended@contoso.test")
    try await SuspendAccount()(suspended.id, in: contoso.id, world.occasion(as: eve), env: world.env)
    try await world.member(of: contoso, "passwordless@contoso.test", password: nil)
    let locked = try await world.member(of: contoso, "locked@contoso.test")
    let invited = InviteMember.Request(
      email: EmailAddress(stored: "invited@contoso.test"), name: locked.name, language: .english, country: nil,
      roles: [.accountViewer])
    _ = try await InviteMember()(invited, to: contoso.id, world.occasion(as: eve), env: world.env)

    let door = Door(world: world)
    for address in ["suspended", "passwordless", "invited", "unknown", "locked"] {
      #expect(try await door.refusal("\(address)@contoso.test") == .wrong)
    }
    #expect(try await door.refusal("no address at all") == .wrong)
    #expect(try await door.refusal("passwordless@contoso.test", "") == .wrong)
    #expect(try await door.refusal("suspended@contoso.test", TestWorld.password) == .suspended)
    #expect(try await world.audit(.signedIn).isEmpty)
    // Known accounts have a row each; addresses nobody has are only counted.
    let outcomes = try await world.audit(.signInFailed).map(\.outcome)
    #expect(outcomes.filter { $0 == .failed }.count == 4)
    #expect(outcomes.filter { $0 == .denied }.count == 1)
    #expect(try await world.failures("session.sign-in-failed") == 3)
  }

  @Test(.threat("PWD1")) func `every attempt costs a derivation, whether or not there is anything to compare with`() async throws
  {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    try await world.member(of: contoso, "known@contoso.test")
    try await world.member(of: contoso, "passwordless@contoso.test", password: nil)
    // Nobody gets a place for hashing now, so that whoever asks for one is told so.
    let busy = try await BusyPasswords.make(world)
    for address in ["known@contoso.test", "passwordless@contoso.test", "nobody@contoso.test", "no address at all"] {
      let request = SignIn.Request(
        kind: .work, address: address, password: Password("not the right one"), browser: Browser(userAgent: "Test", device: nil))
      await #expect(throws: HashingPool.Full.self) { try await SignIn()(request, world.occasion(), env: busy.env) }
    }
    await busy.rest()
  }

  @Test(.threat("PWD7"), .rule("NIST SP 800-63B-4 §3.1.1.2")) func `a password is verified exactly as it was given`() async throws
  {
    let world = try await TestWorld.make()
    // 128 signs of which no part is like another.
    let password = String(decoding: (0..<128).map { UInt8(33 + $0 * 37 % 89) }, as: UTF8.self)
    let contoso = try await world.organization()
    let cut = [String(password.prefix(72)), String(password.prefix(127))]
    let wrongs = cut + [password.uppercased(), password + " ", " " + password]
    for (number, wrong) in wrongs.enumerated() {
      try await world.member(of: contoso, "person\(number)@contoso.test", password: password)
      #expect(try await Door(world: world).refusal("person\(number)@contoso.test", wrong) == .wrong)
      #expect(try await Door(world: world).refusal("person\(number)@contoso.test", password) == nil)
    }
  }

  @Test(.threat("PWD8"), arguments: [("caf\u{65}\u{301} beside the river", "caf\u{E9} beside the river")])
  func `composed and decomposed letters are one password`(forms: (String, String)) async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    try await world.member(of: contoso, "a@contoso.test", password: forms.0)
    try await world.member(of: contoso, "b@contoso.test", password: forms.1)
    #expect(try await Door(world: world).refusal("a@contoso.test", forms.1) == nil)
    #expect(try await Door(world: world).refusal("b@contoso.test", forms.0) == nil)
  }

  @Test(.threat("PWD12")) func `a stored password names its cost and shares nothing with another`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let accounts = [try await world.member(of: contoso, "a@contoso.test"), try await world.member(of: contoso, "b@contoso.test")]
    let texts = try await world.store.read { tx in try accounts.compactMap { try tx.passwordHash(of: $0.id)?.hash.text } }
    #expect(Set(texts).count == 2)
    for text in texts {
      let fields = text.split(separator: "$")
      #expect(fields.first == "pbkdf2-sha512-hmac")
      #expect(try #require(Base64.decode(String(fields[2]), padded: false)).count == 16)
      #expect(try #require(Base64.decode(String(fields[3]), padded: false)).count == 32)
    }
    #expect(PasswordCost.default.iterations >= 210_000)
    #expect(PasswordCost(iterations: 209_999) == nil)
  }

  @Test func `a hash of an older cost or pepper is renewed by the next sign-in, and the password stays`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    let old = try #require(try await world.store.read { tx in try tx.passwordHash(of: ada.id) })
    world.clock.advance(by: .seconds(1))
    let added = try await world.store.write { tx in
      let pepper = try PepperVault.add(to: tx, world.command, keys: world.env.keys)
      return (pepper, try tx.peppers())
    }
    world.env.passwords.replace(peppers: try PepperVault.open(added.1, keys: world.env.keys))
    _ = try await Door(world: world).signIn()
    let new = try #require(try await world.store.read { tx in try tx.passwordHash(of: ada.id) })
    #expect(new.hash != old.hash)
    #expect(new.hash.pepperID == added.0.id)
    #expect(new.changedAt == old.changedAt)
    _ = try await Door(world: world).signIn()
  }

  @Test func `a pepper that another process added is found when a hash names it`() async throws {
    let world = try await TestWorld.make()
    let peppers = try await world.store.read { tx in try tx.peppers() }
    _ = try await world.member(of: try await world.organization())
    let other = Pepper.make(id: world.command.newID(), from: world.randomness)
    world.env.passwords.replace(peppers: [other])
    // The keeper still hashes under its own pepper; what it cannot know it looks up.
    #expect(peppers.count == 1)
    _ = try await Door(world: world).signIn()
  }

  @Test func `the same person signing in again goes on in their session under a new cookie`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let first = try await Door(world: world).signIn()
    world.clock.advance(by: .hours(1))
    let second = try await Door(world: world).signIn(current: first.session)
    #expect(second.session.id == first.session.id)
    #expect(second.session.authenticatedAt == world.clock.now())
    #expect(try await world.resume(first) == nil)
    #expect(try await world.resume(second)?.session.id == first.session.id)
  }

  @Test func `somebody else signing in ends the session the browser was in`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    try await world.member(of: contoso)
    try await world.member(of: contoso, "bob@contoso.test")
    let adas = try await Door(world: world).signIn()
    let bobs = try await Door(world: world).signIn("bob@contoso.test", current: adas.session)
    #expect(try await world.resume(adas) == nil)
    #expect(try await world.resume(bobs)?.account.id == bobs.account.id)
  }
}
