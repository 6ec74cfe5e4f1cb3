package import AccessControl
package import Identity
package import Localization
package import Primitives

/// A prepared portal over a store of its own, with a clock that stands still, counted randomness and cheap password hashing: everything a use
/// case needs, and builders for what a test wants to find there.
///
/// Hold it for as long as the test runs; its folder goes when it does.
package final class TestWorld: Sendable {
  package static let publicAddress = "https://usher.test"
  /// Passes every rule of the password policy.
  package static let password = "quiet harbour lantern seven"
  package static let otherPassword = "orchard violin thunder maps"
  /// A cost no product accepts, so that suites are fast.
  package static let cheapCost = PasswordCost.belowMinimumForTests(2)

  package let clock: FixedClock
  package let randomness: CountedRandomness
  package let store: TemporaryStore
  package let env: Environment
  package let portal: Organization
  /// What is logged beneath the use cases.
  package let log: RecordedLog

  private init(
    clock: FixedClock, randomness: CountedRandomness, store: TemporaryStore, env: Environment, portal: Organization,
    log: RecordedLog
  ) {
    self.log = log
    self.clock = clock
    self.randomness = randomness
    self.store = store
    self.env = env
    self.portal = portal
  }

  /// Signing keys cost a noticeable time to make, so that all worlds of a run share one set. Tests of key making make their own.
  private static let signingKeys: Result<[SigningKey], any Error> = Result {
    try SigningKeyVault.generate(
      SigningKeyVault.algorithms,
      Occasion(
        now: Timestamp(seconds: 0), actor: Actor(.command("test"), address: nil, requestID: nil), randomness: SystemRandomness()))
  }

  /// - Parameter engine: what its store lies on: that of the run, unless a test is about one of them.
  package static func make(
    on engine: TestEngine = .ofThisRun, publicAddress: String = TestWorld.publicAddress,
    _ change: (inout IdentitySettings) -> Void = { _ in }
  ) async throws -> TestWorld {
    let clock = FixedClock()
    let randomness = CountedRandomness(seed: 1)
    let log = RecordedLog()
    let keys = KeyRing(root: RootKey.make(from: randomness), logger: log.logger)
    let policy = PolicySnapshot(keys: keys, seededBy: SystemRandomness())
    let store = try await TemporaryStore(on: engine, clock: clock, policy: policy)
    let passwords = PasswordKeeper(pool: HashingPool(threads: 2, bound: 64), cost: cheapCost, randomness: randomness)
    var settings = IdentitySettings(publicAddress: publicAddress)
    change(&settings)
    let env = Environment(
      clock: { clock.now() }, randomness: randomness, store: store, policy: policy, keys: keys, passwords: passwords,
      settings: settings, audit: AuditAlarm(logger: log.logger))
    let start = env.occasion(of: Actor(.command("test"), address: nil, requestID: nil))
    let fresh = try signingKeys.get()
    try await store.write { tx in
      try PreparePortal.make(signingWith: fresh, portalName: "Portal", tx, start, keys: keys)
    }
    let (portal, peppers) = try await store.read { tx in (try tx.portalOrganization(), try tx.peppers()) }
    passwords.replace(peppers: try PepperVault.open(peppers, keys: keys))
    guard let portal else { throw Missing(what: "the portal") }
    return TestWorld(clock: clock, randomness: randomness, store: store, env: env, portal: portal, log: log)
  }

  /// Something a test relied on is not there.
  package struct Missing: Error {
    package let what: String

    package init(what: String) { self.what = what }
  }

  // MARK: who acts

  package func occasion(_ who: Actor.Who = .anonymous, address: String? = "192.0.2.1", requestID: String? = "test") -> Occasion {
    env.occasion(of: Actor(who, address: address, requestID: requestID))
  }

  package func occasion(as account: Account) -> Occasion { occasion(.account(account.id, via: nil)) }

  /// Somebody with every right of an operator.
  package var command: Occasion { occasion(.command("test")) }

  /// The roles an account has for everything in an organization now, as tokens tell them.
  package func activeRoles(of account: AccountID, in organization: OrganizationID) -> Set<RoleID>? {
    env.policy.state.activeRoles(of: account, in: organization, at: clock.now())
  }

  /// What a service would be told about an account in an organization now.
  package func decide(_ permission: Permission, for account: Account, in organization: Organization) throws -> Decision {
    let request = AccessRequest(
      subject: .init(type: PolicyState.accountType, id: account.id.text), action: .init(name: permission.action),
      resource: .init(type: permission.resourceType), context: ["organization": .string(organization.id.text)])
    let service = Application(
      id: command.newID(), name: "Service", authentication: .basic, grantTypes: [], scopes: [], createdAt: clock.now())
    return try DecideAccess()(request, askedBy: service, knowing: env.policy.state, at: clock.now())
  }

  /// The organization a registered resource belongs to.
  package func organization(of resource: ResourceName) -> OrganizationID? {
    let state = env.policy.state
    return state.number(of: resource).flatMap { state.organization(ofResource: $0) }
  }

  // MARK: builders

  package func organization(_ kind: OrganizationKind = .customer, name: String = "Contoso") async throws -> Organization {
    let occasion = command
    let organization = Organization(id: occasion.newID(), kind: kind, name: name, createdAt: occasion.now)
    try await store.write { tx in try tx.insert(organization) }
    return organization
  }

  /// A work account at home in the organization, with roles there, and a password where one is given.
  @discardableResult
  package func member(
    of organization: Organization, _ email: String = "ada@contoso.test", roles: [RoleID] = [],
    password: String? = TestWorld.password,
    first: String = "Ada", last: String = "Lovelace", language: Language = .english
  ) async throws -> Account {
    let account = Account(
      id: command.newID(), kind: .work(home: organization.id), email: EmailAddress(stored: email),
      name: PersonName(storedFirst: first, last: last), language: language, country: nil, createdAt: clock.now())
    try await insert(account, password: password)
    try await join(account, organization, roles: roles)
    return account
  }

  package func personalAccount(_ email: String = "ada@contoso.test", password: String? = TestWorld.password) async throws
    -> Account
  {
    let account = Account(
      id: command.newID(), kind: .personal, email: EmailAddress(stored: email),
      name: PersonName(storedFirst: "Ada", last: "King"),
      language: .english, country: nil, createdAt: clock.now())
    try await insert(account, password: password)
    return account
  }

  /// Makes somebody a member, at home or as a guest.
  package func join(_ account: Account, _ organization: Organization, roles: [RoleID]) async throws {
    let occasion = command
    try await store.write { tx in
      try tx.insert(Membership(account: account.id, organization: organization.id, createdAt: occasion.now))
      for role in roles {
        try tx.seed(
          RoleAssignment(
            id: occasion.newID(), organization: organization.id, holder: .account(account.id), role: role,
            grantedBy: "command:test",
            createdAt: occasion.now))
      }
    }
  }

  /// Stores an application as it is, with roles of its own in an organization where some are given.
  @discardableResult
  package func application(_ application: Application, roles: [RoleID] = [], in organization: Organization? = nil) async throws
    -> Application
  {
    let occasion = command
    let place = organization ?? portal
    try await store.write { tx in
      try tx.insert(application)
      for role in roles {
        try tx.seed(
          RoleAssignment(
            id: occasion.newID(), organization: place.id, holder: .application(application.id), role: role,
            grantedBy: "command:test",
            createdAt: occasion.now))
      }
    }
    return application
  }

  private func insert(_ account: Account, password: String?) async throws {
    let hash: PasswordHash? = if let password { try await env.passwords.hash(Password(password)) } else { nil }
    let now = clock.now()
    try await store.write { tx in
      try tx.insert(account)
      if let hash { try tx.setPassword(StoredPassword(hash: hash, changedAt: now), of: account.id) }
    }
  }

  /// A signing key as somebody else's root key would have sealed it, good to sign from now on.
  package func keyOfAnotherRoot(_ algorithm: SignatureAlgorithm = .es256, id: String = "another-root") throws -> StoredSigningKey
  {
    let key = try SigningKey.generate(algorithm, id: id)
    let sealer = Sealer(.make(from: SystemRandomness()), purpose: "signing-keys")
    return StoredSigningKey(
      id: key.id, algorithm: algorithm, sealed: try sealer.seal(key.exported(), context: key.id),
      publicJWK: JSON.object(key.verificationKey.jwk).text, createdAt: clock.now(), signsFrom: clock.now())
  }

  // MARK: what came of it

  package struct WaitingLetter: Sendable {
    package let letter: Letter
    package let content: LetterContent
  }

  /// The letters that wait, oldest first, opened.
  package func letters() async throws -> [WaitingLetter] {
    let now = clock.now()
    let due = try await store.write { tx in
      try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "test"), until: now, limit: 1_000)
    }
    return try due.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
      .map { WaitingLetter(letter: $0, content: try LetterContent(opening: $0, with: env.keys.outbox)) }
  }

  /// The secret in the newest letter (two of one moment have no order) with a link to this mailbox.
  package func newestLink(to email: String) async throws -> SecretToken {
    let links = try await letters().filter { $0.letter.recipient == EmailAddress(stored: email) }.compactMap(\.content.link)
    guard let link = links.last, let slash = link.lastIndex(of: "/") else { throw Missing(what: "a link to \(email)") }
    return SecretToken(presented: String(link[link.index(after: slash)...]))
  }

  /// The audit trail's events of one kind, oldest first.
  package func audit(_ event: AuditEvent) async throws -> [AuditEntry] {
    try await audit().filter { $0.event == event.rawValue }
  }

  /// The whole audit trail, oldest first.
  package func audit() async throws -> [AuditEntry] {
    try await SealAudit()(env: env)
    return try await store.wholeAudit(sealing: env.keys)
  }
}

extension LetterContent {
  /// The one-time link in the letter, where it holds one.
  package var link: String? {
    switch self {
    case .agreementInvitation(_, _, let link, _), .memberInvitation(_, _, let link, _), .confirmAddress(let link, _): link
    case .agreementAdded, .alreadyAccepted, .alreadySignedUp, .passwordChanged, .administratorReplaced, .invitationResent: nil
    }
  }
}
