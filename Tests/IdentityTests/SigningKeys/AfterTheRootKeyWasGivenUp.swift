import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

/// A portal whose root key was lost and given up, once the test says so.
private struct LostKeyWorld {
  let world: TestWorld
  /// Under the new key.
  let env: Environment
  let contoso: Organization
  /// Administers Contoso.
  let ada: Account

  private init(world: TestWorld, env: Environment, contoso: Organization, ada: Account) {
    self.world = world
    self.env = env
    self.contoso = contoso
    self.ada = ada
  }

  static func make() async throws -> LostKeyWorld {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountAdministrator])
    let old = world.env
    let env = Environment(
      clock: old.clock, randomness: old.randomness, store: world.store, policy: old.policy,
      keys: KeyRing(root: .make(from: SystemRandomness()), logger: world.log.logger), passwords: old.passwords,
      settings: old.settings, audit: old.audit)
    return LostKeyWorld(world: world, env: env, contoso: contoso, ada: ada)
  }

  @discardableResult
  func giveUp() async throws -> InvitePeopleWithoutPassword.Invited {
    world.clock.advance(by: .seconds(1))
    let givenUp = try await GiveUpRootKey()(for: env.keys, auditKey: nil, command, store: world.store)
    _ = try #require(givenUp)
    let (peppers, signing) = try await world.store.read { tx in (try tx.peppers(), try tx.signingKeys()) }
    env.passwords.replace(peppers: try PepperVault.open(peppers, keys: env.keys))
    env.keys.replace(with: signing)
    return try await invite()
  }

  @discardableResult
  func invite() async throws -> InvitePeopleWithoutPassword.Invited {
    world.clock.advance(by: .seconds(1))
    return try await InvitePeopleWithoutPassword()(command, env: env)
  }

  var command: Occasion { world.command }

  func invite(
    _ email: String, to organization: Organization, roles: [RoleID] = [.accountViewer], as occasion: Occasion
  ) async throws {
    world.clock.advance(by: .seconds(1))
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: email), name: PersonName(storedFirst: "Mallory", last: "Moor"), language: .russian,
        country: nil, roles: roles),
      to: organization.id, occasion, env: env)
  }

  func letters(to email: String) async throws -> [LetterContent] {
    let now = world.clock.now()
    let due = try await world.store.write { tx in
      try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "test"), until: now, limit: 1_000)
    }
    return try due.filter { $0.recipient == EmailAddress(stored: email) }
      .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
      .map { try LetterContent(opening: $0, with: env.keys.outbox) }
  }

  /// The secret in the newest letter with a link to this mailbox.
  func link(to email: String) async throws -> SecretToken {
    secret(of: try #require(try await letters(to: email).compactMap(\.link).last))
  }

  func secret(of link: String) -> SecretToken { SecretToken(presented: String(link.suffix(43))) }

  /// Where a link leads a browser in which nobody is signed in.
  func view(_ link: SecretToken) async throws -> String {
    switch try await OpenInvitation()(link, signedIn: nil, world.occasion(), env: env) {
    case .create: "create"
    case .signIn: "sign in"
    case .join: "join"
    case .otherPerson: "other person"
    case .deadEnd(let reason): "\(reason)"
    }
  }

  @discardableResult
  func choosePassword(_ link: SecretToken, _ password: String = TestWorld.otherPassword) async throws -> Account {
    world.clock.advance(by: .seconds(1))
    return try await AcceptInvitation()(
      link, password: Password(password), after: nil, browser: Browser(userAgent: "test", device: nil), world.occasion(),
      env: env
    ).account
  }

  func roles(of account: Account, in organization: Organization) async throws -> Set<RoleID> {
    try await world.store.read { tx in
      Set(try tx.roleAssignments(of: .account(account.id), in: organization.id).map(\.role))
    }
  }

  func pending(_ email: String) async throws -> [Invitation] {
    try await world.store.read { tx in
      try tx.invitations(organization: nil, state: .pending, PageRequest()).items.filter { $0.email.text == email }
    }
  }
}

@Suite(.threat("KEY3", "LNK5")) struct AfterTheRootKeyWasGivenUp {
  @Test func `a link of another organization, from before or after, chooses no password; the home's own does`() async throws {
    let world = try await LostKeyWorld.make()
    let fabrikam = try await world.world.organization(name: "Fabrikam")
    let gina = try await world.world.member(of: fabrikam, "gina@fabrikam.test")
    _ = try await InviteMember()(
      InviteMember.Request(
        email: gina.email, name: gina.name, language: .english, country: nil, roles: [.accountViewer]),
      to: world.contoso.id, world.world.occasion(as: world.ada), env: world.world.env)
    let before = try await world.world.newestLink(to: "gina@fabrikam.test")
    try await world.giveUp()
    let home = try await world.link(to: "gina@fabrikam.test")
    #expect(try await world.view(before) == "replaced")
    try await world.invite("gina@fabrikam.test", to: world.contoso, as: world.world.occasion(as: world.ada))
    let guest = try await world.link(to: "gina@fabrikam.test")
    #expect(try await world.view(guest) == "sign in")
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.choosePassword(guest) }
    #expect(try await world.view(home) == "create")
    #expect(try await world.choosePassword(home).id == gina.id)
    #expect(try await world.view(home) == "used")
    #expect(try await world.roles(of: gina, in: world.contoso).isEmpty)
    _ = try await JoinByInvitation()(guest, as: gina.id, world.world.occasion(as: gina), env: world.env)
    #expect(try await world.roles(of: gina, in: world.contoso) == [.accountViewer])
  }

  @Test func `an operator's password is chosen by the link that was shown, not by one that a customer sent`() async throws {
    let world = try await LostKeyWorld.make()
    let olga = try await world.world.member(of: world.world.portal, "olga@portal.test", roles: [.operator])
    let shown = try #require(try await world.giveUp().portalMembers.first)
    try await world.invite("olga@portal.test", to: world.contoso, as: world.world.occasion(as: world.ada))
    let mailed = try await world.link(to: "olga@portal.test")
    #expect(try await world.view(mailed) == "sign in")
    await #expect(throws: AcceptInvitation.Refusal.self) { try await world.choosePassword(mailed) }
    #expect(try await world.choosePassword(world.secret(of: shown.link)).id == olga.id)
  }

  @Test func `whoever is invited a second time has one link, the later`() async throws {
    let world = try await LostKeyWorld.make()
    try await world.giveUp()
    let first = try await world.link(to: "ada@contoso.test")
    #expect(try await world.invite().people == 1)
    let second = try await world.link(to: "ada@contoso.test")
    #expect(try await world.view(first) == "withdrawn")
    #expect(try await world.choosePassword(second).id == world.ada.id)
    #expect(try await world.invite().people == 0)
  }

  @Test(.threat("ROL4")) func `a lower role and an application of its rights cannot take an administrator's way back`()
    async throws
  {
    let world = try await LostKeyWorld.make()
    let ulla = try await world.world.member(of: world.contoso, "ulla@contoso.test", roles: [.userAdministrator])
    let anton = try await world.world.member(of: world.contoso, "anton@contoso.test", roles: [.agreementAdministrator])
    let application = try await world.world.application(
      Application(
        id: world.command.newID(), name: "Automation", authentication: .basic, grantTypes: [.clientCredentials],
        scopes: [Scope.manage], owner: world.contoso.id, createdAt: world.world.clock.now()), roles: [.userAdministrator],
      in: world.contoso)
    try await world.giveUp()
    let link = try await world.link(to: "ada@contoso.test")
    let invitation = try #require(try await world.pending("ada@contoso.test").first)
    for who in [
      world.world.occasion(as: ulla), world.world.occasion(as: anton), world.world.occasion(.application(application.id)),
    ] {
      await #expect(throws: AccessDenied.self) {
        try await WithdrawInvitation()(invitation.id, in: world.contoso.id, who, env: world.env)
      }
      await #expect(throws: AccessDenied.self) {
        try await ResendInvitation()(invitation.id, in: world.contoso.id, who, env: world.env)
      }
      await #expect(throws: InviteMember.Refusal.alreadyMember) {
        try await world.invite("ada@contoso.test", to: world.contoso, as: who)
      }
    }
    #expect(try await world.view(link) == "create")
    #expect(try await world.pending("ada@contoso.test").map(\.name) == [world.ada.name])
    #expect(try await world.choosePassword(link).id == world.ada.id)

    // Who may take the roles of the other may send it again.
    let other = try #require(try await world.pending("ulla@contoso.test").first)
    let again = try await ResendInvitation()(
      other.id, in: world.contoso.id, world.world.occasion(as: world.ada), env: world.env)
    #expect(again.invitation.language == ulla.language)
    #expect(try await world.choosePassword(world.link(to: "ulla@contoso.test")).id == ulla.id)
  }

  @Test func `what an agreement waited to give is given to a member who is there by another way`() async throws {
    let world = try await LostKeyWorld.make()
    let registered = try await RegisterAgreement()(
      RegisterAgreement.Request(
        number: "AG-1001", party: .existing(world.contoso.id), purchasingAccounts: ["PA-1"],
        administrator: DesignatedAdministrator(
          name: PersonName(storedFirst: "Bob", last: "Hart"), email: EmailAddress(stored: "bob@contoso.test")),
        language: .english), world.command, env: world.world.env)
    let bob = try await world.world.member(of: world.contoso, "bob@contoso.test", roles: [.accountViewer])
    try await world.giveUp()
    #expect(try await world.choosePassword(world.link(to: "bob@contoso.test")).id == bob.id)
    world.world.clock.advance(by: .seconds(1))
    _ = try await ResendAgreementInvitation()(registered.agreement.id, world.command, env: world.env)
    _ = try await JoinByInvitation()(
      world.link(to: "bob@contoso.test"), as: bob.id, world.world.occasion(as: bob), env: world.env)
    #expect(try await world.roles(of: bob, in: world.contoso) == [.accountViewer, .accountAdministrator])
  }

  @Test(.threat("PWD11")) func `a password chosen anew is told to its mailbox and recorded at home`() async throws {
    let world = try await LostKeyWorld.make()
    try await world.giveUp()
    let link = try await world.link(to: "ada@contoso.test")
    await #expect(throws: AcceptInvitation.Refusal.self, "it holds the name of who has the account") {
      try await world.choosePassword(link, "lovelace2026lovelace")
    }
    try await world.choosePassword(link)
    #expect(
      try await world.letters(to: "ada@contoso.test").contains { if case .passwordChanged = $0 { true } else { false } })
    let home = world.contoso.id
    let set = try await world.world.store.wholeAudit(sealing: world.env.keys).filter {
      $0.event == AuditEvent.passwordSet.rawValue
    }
    #expect(set.count == 1 && set.first?.organization == home)
  }

  @Test func `asking for an agreement's letter again brings the way to a password to whoever lost theirs`() async throws {
    let world = try await LostKeyWorld.make()
    _ = try await RegisterAgreement()(
      RegisterAgreement.Request(
        number: "AG-1001", party: .existing(world.contoso.id), purchasingAccounts: ["PA-1"],
        administrator: DesignatedAdministrator(name: world.ada.name, email: world.ada.email), language: .english),
      world.command, env: world.world.env)
    try await world.giveUp()
    let first = try await world.link(to: "ada@contoso.test")
    world.world.clock.advance(by: .seconds(1))
    try await AskForInvitationAgain()(
      email: "ada@contoso.test", agreementNumber: "AG-1001", purchasingAccountNumber: "PA-1", world.world.occasion(),
      env: world.env)
    #expect(try await world.view(first) == "withdrawn")
    #expect(try await world.choosePassword(world.link(to: "ada@contoso.test")).id == world.ada.id)
  }

  @Test func `a new agreement brings the way to a password to whoever lost theirs`() async throws {
    let world = try await LostKeyWorld.make()
    try await world.giveUp()
    let first = try await world.link(to: "ada@contoso.test")
    world.world.clock.advance(by: .seconds(1))
    _ = try await RegisterAgreement()(
      RegisterAgreement.Request(
        number: "AG-1001", party: .existing(world.contoso.id), purchasingAccounts: ["PA-1"],
        administrator: DesignatedAdministrator(name: world.ada.name, email: world.ada.email), language: .english),
      world.command, env: world.env)
    #expect(try await world.view(first) == "withdrawn")
    #expect(try await world.choosePassword(world.link(to: "ada@contoso.test")).id == world.ada.id)
  }
}
