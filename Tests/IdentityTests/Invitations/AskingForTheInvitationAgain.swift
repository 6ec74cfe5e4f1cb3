import Identity
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
}
