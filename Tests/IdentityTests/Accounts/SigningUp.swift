import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite struct SigningUp {
  private let mailbox = "ada@home.test"

  private func signUp(
    _ world: TestWorld, _ email: String = "ada@home.test", password: String = TestWorld.password,
    from network: String = "192.0.2.1",
    wayBack: WayBack? = nil
  ) async throws {
    let request = SignUp.Request(
      email: try #require(EmailAddress(email)), name: PersonName(storedFirst: "Ada", last: "King"), language: .russian,
      country: CountryCode("GB"), wayBack: wayBack)
    try await SignUp()(request, password: Password(password), world.occasion(address: network), env: world.env)
  }

  private func confirm(
    _ world: TestWorld, _ link: SecretToken, password: String = TestWorld.password, from network: String = "192.0.2.1",
    after current: Session? = nil
  ) async throws -> StartedSession {
    try await ConfirmAddress()(
      link, password: Password(password), after: current, browser: Browser(userAgent: "Test", device: nil),
      world.occasion(address: network), env: world.env
    ).session
  }

  @Test func `a proved mailbox becomes a personal account, signed in`() async throws {
    let world = try await TestWorld.make()
    try await signUp(world)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .personal) == .wrong)
    let started = try await confirm(world, try await world.newestLink(to: mailbox))
    #expect(started.account.kind == .personal)
    #expect(started.account.language == .russian)
    #expect(try await world.resume(started)?.account.id == started.account.id)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .personal) == nil)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .work) == .wrong)
    #expect(try await world.audit(.accountCreated).map(\.actor) == [started.account.id.auditName])
  }

  @Test(.threat("LNK1", "LNK10")) func `looking at the link uses nothing up, and confirming works once`() async throws {
    let world = try await TestWorld.make()
    try await signUp(world)
    let link = try await world.newestLink(to: mailbox)
    for _ in 1...3 { #expect(try await ConfirmAddress().open(link, world.occasion(), env: world.env).email.text == mailbox) }
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 1...8 { group.addTask { (try? await confirm(world, link)) != nil } }
      return await group.reduce(into: 0) { count, succeeded in count += succeeded ? 1 : 0 }
    }
    #expect(outcomes == 1)
    await #expect(throws: ConfirmAddress.DeadEnd.used) { try await ConfirmAddress().open(link, world.occasion(), env: world.env) }
    await #expect(throws: ConfirmAddress.DeadEnd.unknown) { try await confirm(world, SecretToken(presented: "nonsense")) }
  }

  @Test func `a browser that was signed in to a work account leaves it: one browser shows one person`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let work = try await Door(world: world).signIn()
    try await signUp(world)
    let started = try await confirm(world, try await world.newestLink(to: mailbox), after: work.session)
    #expect(try await world.resume(started) != nil)
    #expect(try await world.resume(work) == nil)
  }

  @Test func `the link works for a day`() async throws {
    let world = try await TestWorld.make()
    try await signUp(world)
    let link = try await world.newestLink(to: mailbox)
    world.clock.advance(by: .hours(24) + .seconds(1))
    await #expect(throws: ConfirmAddress.DeadEnd.expired) { try await confirm(world, link) }
    world.clock.advance(by: .seconds(-1))
    _ = try await confirm(world, link)
  }

  @Test(.threat("LNK6")) func `a password that a stranger left for the address dies when the owner proves it`() async throws {
    let world = try await TestWorld.make()
    try await signUp(world, password: TestWorld.otherPassword)
    let strangers = try await world.newestLink(to: mailbox)
    world.clock.advance(by: .minutes(5))
    try await signUp(world)
    let owners = try await world.newestLink(to: mailbox)
    _ = try await confirm(world, owners)
    await #expect(throws: ConfirmAddress.DeadEnd.unknown) { try await confirm(world, strangers) }
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.otherPassword, kind: .personal) == .wrong)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .personal) == nil)
  }

  @Test(.threat("LNK6")) func `a stranger's password never counts for an address its owner confirms`() async throws {
    let world = try await TestWorld.make()
    try await signUp(world, password: TestWorld.otherPassword)
    let strangers = try await world.newestLink(to: mailbox)
    // The owner, who knows nothing of the stranger's password, presses the button.
    await #expect(throws: ConfirmAddress.Refusal.wrongPassword) { try await confirm(world, strangers) }
    for password in [TestWorld.otherPassword, TestWorld.password] {
      #expect(try await Door(world: world).refusal(mailbox, password, kind: .personal) == .wrong)
    }
    #expect(try await world.audit(.accountCreated).isEmpty)
    // Then they ask themselves: their own password counts, and the stranger's link is dead even for the stranger.
    world.clock.advance(by: .minutes(5))
    try await signUp(world)
    _ = try await confirm(world, try await world.newestLink(to: mailbox))
    await #expect(throws: ConfirmAddress.DeadEnd.unknown) {
      try await confirm(world, strangers, password: TestWorld.otherPassword)
    }
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.otherPassword, kind: .personal) == .wrong)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .personal) == nil)
  }

  @Test(.threat("PWD3", "LNK6")) func `five wrong passwords make a link wait, the right one too, and use nothing up`()
    async throws
  {
    let world = try await TestWorld.make()
    try await signUp(world)
    let link = try await world.newestLink(to: mailbox)
    for _ in 1...5 {
      await #expect(throws: ConfirmAddress.Refusal.wrongPassword) {
        try await confirm(world, link, password: TestWorld.otherPassword)
      }
    }
    let wait = world.env.settings.throttle.firstWait
    await #expect(throws: ConfirmAddress.Refusal.throttled(until: world.clock.now() + wait)) { try await confirm(world, link) }
    world.clock.advance(by: wait)
    _ = try await confirm(world, link)
  }

  @Test(.threat("LNK6")) func `work account and personal account of one address never meet`() async throws {
    let world = try await TestWorld.make()
    let work = try await world.member(of: try await world.organization(), mailbox, password: TestWorld.otherPassword)
    try await signUp(world)
    let personal = try await confirm(world, try await world.newestLink(to: mailbox))
    #expect(personal.account.id != work.id)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.otherPassword, kind: .personal) == .wrong)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .work) == .wrong)
    #expect(try await Door(world: world).signIn(mailbox, TestWorld.otherPassword).account.id == work.id)
    #expect(try await world.store.read { tx in try tx.memberships(of: personal.account.id) }.isEmpty)
  }

  @Test func `an address that has a personal account gets a letter that leads to signing in, by its own name`() async throws {
    let world = try await TestWorld.make()
    _ = try await world.personalAccount(mailbox)
    try await signUp(world, "ADA@home.test", password: TestWorld.otherPassword)
    let letters = try await world.letters()
    #expect(letters.map(\.content) == [.alreadySignedUp(signInURL: "\(TestWorld.publicAddress)/sign-in")])
    #expect(letters.first?.letter.language == .english)
    #expect(try await Door(world: world).refusal(mailbox, TestWorld.password, kind: .personal) == nil)
  }

  @Test(.threat("LNK4")) func `one mailbox gets one letter in five minutes and five in a day`() async throws {
    let world = try await TestWorld.make()
    for _ in 1...10 {
      try await signUp(world)
      try await signUp(world)
      world.clock.advance(by: .minutes(5))
    }
    #expect(try await world.letters().count == 5)
  }

  @Test(.threat("LNK16"))
  func `a network asks for twenty letters, and then for one in five minutes; another network waits for nothing`()
    async throws
  {
    let world = try await TestWorld.make()
    for number in 0..<20 { try await signUp(world, "ada\(number)@home.test") }
    await #expect(throws: TooManyLetters.self) { try await signUp(world, "late@home.test") }
    #expect(try await world.letters().count == 20)
    try await signUp(world, "late@home.test", from: "198.51.100.1")
    #expect(try await world.letters().count == 21)
    // Asked every second for a day: the first twenty, and hardly more than one in five minutes.
    let start = world.clock.now()
    var sent = 0
    while world.clock.now() - start < .hours(24) {
      do {
        try await signUp(world, "person\(sent)@home.test")
        sent += 1
      } catch let refusal as TooManyLetters {
        world.clock.set(refusal.until)
      }
    }
    #expect(sent < 300)
  }

  @Test(.threat("LNK16")) func `of many who ask at once no more get a letter than of as many in a row`() async throws {
    let world = try await TestWorld.make { $0.throttle.freeLettersPerAddress = 5 }
    await withTaskGroup(of: Void.self) { group in
      for number in 1...12 { group.addTask { try? await signUp(world, "ada\(number)@home.test") } }
    }
    #expect(try await world.letters().count == 5)
  }

  @Test(.threat("PWD5", "LNK6")) func `wrong passwords at many links make their network wait, and no other`() async throws {
    let world = try await TestWorld.make { $0.throttle.freeFailuresPerAddress = 8 }
    var links: [SecretToken] = []
    for number in 0..<3 {
      try await signUp(world, "ada\(number)@home.test")
      links.append(try await world.newestLink(to: "ada\(number)@home.test"))
    }
    for attempt in 0..<8 {
      await #expect(throws: ConfirmAddress.Refusal.wrongPassword) {
        try await confirm(world, links[attempt / 4], password: TestWorld.otherPassword)
      }
    }
    #expect(try await world.audit(.signInThrottled).count == 1)
    let wait = world.env.settings.throttle.firstWait
    await #expect(throws: ConfirmAddress.Refusal.throttled(until: world.clock.now() + wait)) {
      try await confirm(world, links[2])
    }
    _ = try await confirm(world, links[2], from: "198.51.100.1")
  }

  @Test(.threat("COD7")) func `the way back counts in the browser in which the sign-up began, and in no other`() async throws {
    let world = try await TestWorld.make()
    let (own, other) = (world.command.newSecret().digest, world.command.newSecret().digest)
    for (index, browser) in [own, other, nil].enumerated() {
      let email = "ada\(index)@home.test"
      try await signUp(world, email, wayBack: WayBack(path: "/oauth/authorize?a=1", browser: own))
      let confirmed = try await ConfirmAddress()(
        world.newestLink(to: email), password: Password(TestWorld.password), after: nil,
        browser: Browser(userAgent: "Test", device: nil, digest: browser), world.occasion(), env: world.env)
      #expect(confirmed.path == (browser == own ? "/oauth/authorize?a=1" : nil))
    }
  }

  @Test(.threat("PWD9")) func `a guessable password is refused before anything is written`() async throws {
    let world = try await TestWorld.make()
    await #expect(throws: SignUp.Refusal.self) { try await signUp(world, password: "adaking2026adaking") }
    #expect(try await world.letters().isEmpty)
  }
}
