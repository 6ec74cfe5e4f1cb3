import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: asking for the mail again"), .threat("LNK4")) struct AskingForTheInvitationAgain {
  private func ask(
    _ world: AgreementWorld, _ email: String = "ada@contoso.test", _ number: String = "AG-1001", _ account: String = "PA-1"
  ) async throws {
    world.world.clock.advance(by: .seconds(1))
    try await AskForInvitationAgain()(
      email: email, agreementNumber: number, purchasingAccountNumber: account, world.world.occasion(), env: world.world.env)
  }

  @Test func `three things that belong together bring a new letter, and the old link dies`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    let old = try await world.world.newestLink(to: "ada@contoso.test")
    try await ask(world, " ADA@contoso.test ", "ag-1001", "pa-1")
    #expect(try await world.world.letters().count == 2)
    guard case .deadEnd(.replaced) = try await OpenInvitation()(old, signedIn: nil, world.world.occasion(), env: world.world.env)
    else {
      Issue.record("the old link still leads somewhere")
      return
    }
  }

  @Test(arguments: [
    ("eve@contoso.test", "AG-1001", "PA-1"), ("ada@contoso.test", "AG-9", "PA-1"), ("ada@contoso.test", "AG-1001", "PA-9"),
    ("not an address", "AG-1001", "PA-1"), ("eve@contoso.test", "AG-9", "PA-9"), ("", "", ""),
  ])
  func `anything wrong brings no letter and no error`(email: String, number: String, account: String) async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    try await ask(world, email, number, account)
    #expect(try await world.world.letters().count == 1)
  }

  @Test func `the purchasing account of another agreement does not match`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    try await world.register(world.request("AG-2", accounts: ["PA-2"], email: "eve@contoso.test"))
    try await ask(world, "ada@contoso.test", "AG-1001", "PA-2")
    #expect(try await world.world.letters().count == 2)
  }

  @Test func `one letter in five minutes and five in a day, however often somebody asks`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    for _ in 0..<20 { try await ask(world) }
    #expect(try await world.world.letters().count == 2)
    for _ in 0..<20 {
      world.world.clock.advance(by: .minutes(5))
      try await ask(world)
    }
    #expect(try await world.world.letters().count == 6)
    world.world.clock.advance(by: .days(1))
    try await ask(world)
    #expect(try await world.world.letters().count == 7)
  }

  @Test func `whoever accepted already gets a letter that leads to signing in`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    try await world.accept()
    try await ask(world)
    #expect(
      try await world.world.letters().last?.content
        == .alreadyAccepted(organization: "Contoso", signInURL: "\(TestWorld.publicAddress)/sign-in"))
  }

  @Test func `a stranger who knows only the address cannot keep the letter from its owner`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    for index in 0..<10 { try await ask(world, "ada@contoso.test", "AG-\(index)", "PA-\(index)") }
    for _ in 0..<6 {
      world.world.clock.advance(by: .minutes(6))
      try await SignUp()(
        SignUp.Request(
          email: EmailAddress(stored: "ada@contoso.test"), name: PersonName(storedFirst: "Eve", last: "Stranger"),
          language: .english, country: nil),
        password: Password(TestWorld.password), world.world.occasion(), env: world.world.env)
    }
    let before = try await world.world.letters().count
    try await ask(world)
    #expect(try await world.world.letters().count == before + 1)
  }

  @Test func `cleaning up does not give a mailbox more letters in a day, however short failures are remembered`() async throws {
    let base = try await TestWorld.make { $0.throttle.window = .hours(1) }
    let world = AgreementWorld(world: base, contoso: try await base.organization())
    try await world.register(world.request())
    for _ in 0..<8 {
      base.clock.advance(by: .hours(2))
      try await CleanUp()(env: base.env)
      try await ask(world)
    }
    #expect(try await base.letters().count == 6)
  }

  @Test func `asking in vain leaves no row for each address somebody invents, only one for the network`() async throws {
    let world = try await AgreementWorld.make()
    for index in 0..<5 { try await ask(world, "nobody\(index)@contoso.test") }
    let now = world.world.clock.now()
    #expect(try await world.world.store.write { tx in try tx.deleteThrottles(before: now + .days(2), atMost: 100) } == 1)
  }

  @Test func `the letter goes to the mailbox as the agreement spells it, and repeats nothing that was typed`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    try await ask(world, "ADA@contoso.test", " ag-1001 ", "pa-1")
    let letters = try await world.world.letters()
    let (first, again) = (try #require(letters.first), try #require(letters.last))
    #expect(letters.count == 2)
    #expect(
      again.letter.recipient.text == first.letter.recipient.text && again.letter.recipientName == first.letter.recipientName)
    guard case .agreementInvitation("Contoso", "AG-1001", _, _) = again.content else {
      Issue.record("another letter: \(again.content)")
      return
    }
  }
}
