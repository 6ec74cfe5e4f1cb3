import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

/// What the tests of agreements start from.
struct AgreementWorld {
  let world: TestWorld
  let contoso: Organization

  static func make() async throws -> AgreementWorld {
    let world = try await TestWorld.make()
    return AgreementWorld(world: world, contoso: try await world.organization(name: "Contoso"))
  }

  func request(
    _ number: String = "AG-1001", accounts: [String] = ["PA-1"], email: String = "ada@contoso.test",
    partner: OrganizationID? = nil
  ) -> RegisterAgreement.Request {
    RegisterAgreement.Request(
      number: number, party: .existing(contoso.id), purchasingAccounts: accounts,
      administrator: DesignatedAdministrator(
        name: PersonName(storedFirst: "Ada", last: "Lovelace"), email: EmailAddress(stored: email)),
      language: .english, partner: partner)
  }

  @discardableResult
  func register(_ request: RegisterAgreement.Request) async throws -> RegisterAgreement.Registered {
    // A moment passes between two things somebody does, so that letters have an order.
    world.clock.advance(by: .seconds(1))
    return try await RegisterAgreement()(request, world.command, env: world.env)
  }

  /// Accepts the newest invitation sent to the address.
  @discardableResult
  func accept(_ email: String = "ada@contoso.test", password: String = TestWorld.password) async throws -> StartedSession {
    try await AcceptInvitation()(
      try await world.newestLink(to: email), password: Password(password), after: nil,
      browser: Browser(userAgent: "test", device: nil),
      world.occasion(), env: world.env)
  }

  func roles(of account: Account, in organization: Organization) async throws -> Set<RoleID> {
    try await world.store.read { tx in Set(try tx.roleAssignments(of: .account(account.id), in: organization.id).map(\.role)) }
  }
}

@Suite(.rule("MISSION: from a signed agreement to a working team, 1")) struct RegisteringAnAgreement {
  @Test func `a new agreement sends its administrator an invitation with a link`() async throws {
    let world = try await AgreementWorld.make()
    let registered = try await world.register(world.request())
    #expect(registered.agreement.number == "AG-1001")
    #expect(registered.purchasingAccounts.map(\.number) == ["PA-1"])
    let letters = try await world.world.letters()
    #expect(letters.count == 1)
    guard case .agreementInvitation("Contoso", "AG-1001", let link, let expiresAt) = letters.first?.content else {
      Issue.record("no invitation: \(String(describing: letters.first?.content))")
      return
    }
    #expect(link.hasPrefix("\(TestWorld.publicAddress)/invitation/"))
    #expect(expiresAt == world.world.clock.now() + .days(60))
  }

  @Test func `the person who accepts it holds account administrator and is signed in`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    let session = try await world.accept()
    #expect(session.account.home == world.contoso.id)
    #expect(try await world.roles(of: session.account, in: world.contoso) == [.accountAdministrator])
    #expect(
      try await ResumeSession()(session.token, world.world.occasion(), env: world.world.env)?.account.id == session.account.id)
  }

  @Test func `a second agreement naming somebody with an account sends no link, and they have both with one account`()
    async throws
  {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    let ada = try await world.accept().account
    let fabrikam = try await world.world.organization(name: "Fabrikam")
    var second = world.request("AG-2002", accounts: ["PA-2"])
    second.party = .existing(fabrikam.id)
    let registered = try await world.register(second)
    #expect(registered.told == .added(ada.id))
    guard case .agreementAdded("Fabrikam", "AG-2002", let address) = try await world.world.letters().last?.content else {
      Issue.record("not the letter without a link")
      return
    }
    #expect(address == "\(TestWorld.publicAddress)/sign-in")
    #expect(try await world.roles(of: ada, in: fabrikam) == [.accountAdministrator])
    #expect(try await world.roles(of: ada, in: world.contoso) == [.accountAdministrator])
  }

  @Test func `somebody invited twice before accepting ends with one account and both agreements`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    let first = try await world.world.newestLink(to: "ada@contoso.test")
    try await world.register(world.request("AG-1002", accounts: ["PA-2"]))
    let ada = try await world.accept().account
    let joined = try await JoinByInvitation()(first, as: ada.id, world.world.occasion(as: ada), env: world.world.env)
    #expect(joined.id == world.contoso.id)
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.accept("ada@contoso.test") }
  }

  @Test func `numbers are unique whatever their case`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request("ag-1001"))
    await #expect(throws: RegisterAgreement.Refusal.numberTaken) {
      try await world.register(world.request("AG-1001", accounts: ["PA-9"]))
    }
    await #expect(throws: RegisterAgreement.Refusal.purchasingAccountNumberTaken("pa-1")) {
      try await world.register(world.request("AG-1003", accounts: ["pa-1"]))
    }
  }

  @Test func `a refused registration leaves nothing behind`() async throws {
    let world = try await AgreementWorld.make()
    try await world.register(world.request())
    let before = try await world.world.letters().count
    await #expect(throws: RegisterAgreement.Refusal.purchasingAccountNumberTaken("PA-1")) {
      try await world.register(world.request("AG-7777", accounts: ["PA-7", "PA-1"]))
    }
    #expect(try await world.world.store.read { tx in try tx.agreement(number: "AG-7777") } == nil)
    #expect(try await world.world.letters().count == before)
  }

  @Test(arguments: [[], Array(repeating: "PA", count: RegisterAgreement.maximumPurchasingAccounts + 1)])
  func `an agreement has between one and fifty purchasing accounts`(accounts: [String]) async throws {
    let world = try await AgreementWorld.make()
    await #expect(throws: RegisterAgreement.Refusal.purchasingAccountCount) {
      try await world.register(world.request(accounts: accounts))
    }
  }

  @Test(.threat("ROL4")) func `nobody but an operator registers agreements, and the attempt is recorded`() async throws {
    let world = try await AgreementWorld.make()
    let ada = try await world.world.member(of: world.contoso, roles: [.accountAdministrator])
    await #expect(throws: AccessDenied.self) {
      try await RegisterAgreement()(world.request(), world.world.occasion(as: ada), env: world.world.env)
    }
    let denial = try await world.world.audit(.accessDenied)
    #expect(denial.map(\.actor) == ["account:\(ada.id.text)"])
    #expect(denial.first?.outcome == .denied)
  }
}

@Suite(.rule("MISSION: partners")) struct APartnerLookingAfterAnAgreement {
  struct PartnerWorld {
    let base: AgreementWorld
    let partner: Organization
    let pavel: Account
    let agreement: Agreement

    static func make() async throws -> PartnerWorld {
      let base = try await AgreementWorld.make()
      let partner = try await base.world.organization(.partner, name: "Northwind")
      let pavel = try await base.world.member(
        of: partner, "pavel@northwind.test", roles: [.partnerAdministrator], first: "Pavel", last: "Novak")
      let registered = try await base.register(base.request(partner: partner.id))
      return PartnerWorld(base: base, partner: partner, pavel: pavel, agreement: registered.agreement)
    }
  }

  @Test(.threat("LNK3")) func `a partner sends the invitation again, and the earlier link is dead at once`() async throws {
    let world = try await PartnerWorld.make()
    let env = world.base.world.env
    let old = try await world.base.world.newestLink(to: "ada@contoso.test")
    world.base.world.clock.advance(by: .days(59))
    #expect(
      try await ResendAgreementInvitation()(world.agreement.id, world.base.world.occasion(as: world.pavel), env: env) == nil)
    guard case .deadEnd(.replaced) = try await OpenInvitation()(old, signedIn: nil, world.base.world.occasion(), env: env) else {
      Issue.record("the old link still leads somewhere")
      return
    }
    try await world.base.accept()
  }

  @Test func `asking after acceptance sends a letter that leads to signing in`() async throws {
    let world = try await PartnerWorld.make()
    try await world.base.accept()
    let sent = try await ResendAgreementInvitation()(
      world.agreement.id, world.base.world.occasion(as: world.pavel), env: world.base.world.env)
    #expect(sent == nil)
    let contents = try await world.base.world.letters().map(\.content)
    #expect(contents.contains(.alreadyAccepted(organization: "Contoso", signInURL: "\(TestWorld.publicAddress)/sign-in")))
    #expect(contents.contains(.invitationResent(organization: "Contoso", agreement: "AG-1001")))
  }

  @Test func `changing the administrator kills the earlier link, invites the new person and tells the former`() async throws {
    let world = try await PartnerWorld.make()
    let old = try await world.base.world.newestLink(to: "ada@contoso.test")
    let grace = DesignatedAdministrator(
      name: PersonName(storedFirst: "Grace", last: "Hopper"), email: EmailAddress(stored: "grace@contoso.test"))
    let changed = try await ChangeAdministrator()(
      world.agreement.id, to: grace, language: .english, country: nil, seen: world.agreement.version,
      world.base.world.occasion(as: world.pavel), env: world.base.world.env)
    #expect(changed.agreement.administrator == grace)
    guard
      case .deadEnd(.withdrawn) = try await OpenInvitation()(
        old, signedIn: nil, world.base.world.occasion(), env: world.base.world.env)
    else {
      Issue.record("the old link still leads somewhere")
      return
    }
    let told = try await world.base.world.letters().filter { $0.letter.recipient == EmailAddress(stored: "ada@contoso.test") }
    #expect(told.map(\.content).contains(.administratorReplaced(organization: "Contoso", agreement: "AG-1001")))
    let accepted = try await world.base.accept("grace@contoso.test")
    #expect(try await world.base.roles(of: accepted.account, in: world.base.contoso) == [.accountAdministrator])
  }

  @Test(.threat("ROL6")) func `a partner has no say about an agreement that names another partner or none`() async throws {
    let world = try await PartnerWorld.make()
    let other = try await world.base.register(world.base.request("AG-5", accounts: ["PA-5"], email: "eve@contoso.test"))
    await #expect(throws: AccessDenied.self) {
      try await ResendAgreementInvitation()(
        other.agreement.id, world.base.world.occasion(as: world.pavel), env: world.base.world.env)
    }
  }

  @Test func `a partner can neither see nor manage the customer's people`() async throws {
    let world = try await PartnerWorld.make()
    for permission in [Permission.userView, .userInvite, .userManage, .roleAssign, .agreementView] {
      let contoso = world.base.contoso.id
      let occasion = world.base.world.occasion(as: world.pavel)
      await #expect(throws: AccessDenied.self) {
        try await world.base.world.store.read { tx in _ = try tx.permit(permission, in: contoso, agreementNaming: nil, occasion) }
      }
    }
  }
}
