internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

/// Makes entities that can be stored, each different from the one before.
struct Samples: Sendable {
  let clock = FixedClock()
  private let random = CountedRandomness()
  private let counter = Counter()

  var now: Timestamp { clock.now() }

  func id<Tag>() -> Identifier<Tag> { .make(at: now, from: random) }
  func digest() -> SecretDigest { SecretToken.make(from: random).digest }
  func number() -> Int { counter.next() }

  func email(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }
  func email() -> EmailAddress { EmailAddress(stored: "person\(number())@contoso.test") }
  func name() -> PersonName { PersonName(storedFirst: "Ada\(number())", last: "Lovelace") }

  /// A hash nobody can have the password of; made by no hashing, because nothing here checks a password.
  func passwordHash() throws -> PasswordHash {
    let salt = Base64.encode(random.bytes(16), padded: false)
    let tag = Base64.encode(random.bytes(32), padded: false)
    return try #require(PasswordHash("$pbkdf2-sha512-hmac$v=1,i=210000,p=p1$\(salt)$\(tag)"))
  }

  func organization(_ kind: OrganizationKind = .customer) -> Organization {
    Organization(id: id(), kind: kind, name: "Contoso \(number())", createdAt: now)
  }

  func agreement(_ organization: OrganizationID, partner: OrganizationID? = nil, number given: String? = nil) -> Agreement {
    Agreement(
      id: id(), number: given ?? "V\(number())", organization: organization, partner: partner,
      administrator: DesignatedAdministrator(name: name(), email: email()), createdAt: now)
  }

  func purchasingAccount(_ agreement: Agreement, number given: String? = nil) -> PurchasingAccount {
    PurchasingAccount(
      id: id(), number: given ?? "P\(number())", agreement: agreement.id, organization: agreement.organization, createdAt: now)
  }

  func resource(_ organization: OrganizationID, type: String = "order") -> RegisteredResource {
    RegisteredResource(type: type, id: "\(number())", organization: organization, createdAt: now)
  }

  func account(_ kind: Account.Kind, email given: EmailAddress? = nil) -> Account {
    Account(
      id: id(), kind: kind, email: given ?? email(), name: name(), language: .russian, country: CountryCode("DE"), createdAt: now)
  }

  func signUp(email given: EmailAddress? = nil, wayBack: WayBack? = nil) throws -> PendingSignUp {
    PendingSignUp(
      link: digest(), email: given ?? email(), name: name(), language: .english, country: nil, password: try passwordHash(),
      createdAt: now, expiresAt: now + .hours(24), wayBack: wayBack)
  }

  func assignment(
    _ role: RoleID, of holder: RoleHolder, in organization: OrganizationID, scope: ResourceName? = nil,
    startsAt: Timestamp? = nil, endsAt: Timestamp? = nil, reason: String = ""
  ) -> RoleAssignment {
    RoleAssignment(
      id: id(), organization: organization, holder: holder, role: role, scope: scope, startsAt: startsAt, endsAt: endsAt,
      grantedBy: "command:test", createdAt: now, reason: reason)
  }

  func group(_ organization: OrganizationID, name given: String? = nil) -> Group {
    Group(id: id(), organization: organization, name: given ?? "Group \(number())", createdAt: now)
  }

  func membership(of member: GroupMember, in group: Group) -> GroupMembership {
    GroupMembership(group: group.id, organization: group.organization, member: member, addedBy: "command:test", addedAt: now)
  }

  func subject(_ organization: OrganizationID, type: String = "vehicle", name given: String? = nil) -> RegisteredSubject {
    RegisteredSubject(
      id: id(), organization: organization, type: type, name: given ?? "K-\(number())", attributes: ["seats": 4], createdAt: now)
  }

  /// A role of an organization's own that permits one thing.
  func definedRole(_ organization: OrganizationID) -> DefinedRole {
    DefinedRole(
      role: Role(
        id: id(), name: "Reader \(number())", permissions: .listed([.orderView]), mayGrant: .nothing,
        organizationKinds: [.customer],
        origin: .organization(organization)), createdAt: now, definedAt: now, definedBy: "command:test")
  }

  func invitation(_ organization: OrganizationID, _ purpose: Invitation.Purpose, email given: EmailAddress? = nil) -> Invitation {
    Invitation(
      id: id(), organization: organization, purpose: purpose, email: given ?? email(), name: name(), language: .russian,
      country: CountryCode("KZ"), roles: [.reportViewer, .accountViewer], createdAt: now)
  }

  func link(_ invitation: InvitationID) -> InvitationLink {
    InvitationLink(digest: digest(), invitation: invitation, sentAt: now, expiresAt: now + .days(60))
  }

  func session(_ account: Account) -> Session {
    Session(
      id: id(), secret: digest(), account: account.id, kind: account.kind.name, authenticatedAt: now, createdAt: now,
      lastSeenAt: now,
      expiresAt: now + .hours(12), userAgent: "Browser/1", address: "192.0.2.7")
  }

  func application(owner: OrganizationID? = nil, audiences: [String] = []) -> Application {
    Application(
      id: id(), name: "Orders \(number())", authentication: .basic, grantTypes: [.authorizationCode, .refreshToken],
      scopes: ["openid", "profile"], audiences: audiences, owner: owner, createdAt: now)
  }

  func grant(_ application: Application, _ session: Session, in organization: OrganizationID? = nil, offline: Bool = false)
    -> Grant
  {
    Grant(
      id: id(), application: application.id, account: session.account, accountKind: session.kind, organization: organization,
      session: session.id, scopes: ["openid"], audience: "https://orders.test", isOffline: offline, authenticatedAt: now,
      createdAt: now, expiresAt: now + .days(30))
  }

  func code(_ grant: Grant) -> AuthorizationCode {
    AuthorizationCode(
      digest: digest(), grant: grant.id, application: grant.application, redirectURI: "https://orders.test/back",
      redirectURIWasSent: true, challenge: "challenge", nonce: "nonce", expiresAt: now + .seconds(60))
  }

  func refreshFamily(_ grant: Grant) -> RefreshFamily {
    RefreshFamily(digest: digest(), grant: grant.id, turn: digest(), issuedAt: now, expiresAt: now + .days(14))
  }

  func signingKey() -> StoredSigningKey {
    StoredSigningKey(
      id: "key-\(number())", algorithm: .es256, sealed: "v1.sealed", publicJWK: "{}", createdAt: now,
      signsFrom: now + .minutes(10))
  }

  func auditEntry(_ organization: OrganizationID? = nil) -> AuditEntry {
    AuditEntry(
      id: id(), at: now, actor: "command:test", event: "portal.created", object: "organization:x", organization: organization,
      outcome: .success, address: "192.0.2.7", requestID: "r1",
      details: ["before": ["state": "active"], "after": ["state": "closed"]])
  }

  func letter() -> Letter {
    Letter(
      id: id(), recipient: email(), recipientName: "Ada Lovelace", language: .russian, sealedContent: "v1.sealed", createdAt: now,
      nextAttemptAt: now, giveUpAt: now + .days(3))
  }
}

private final class Counter: Sendable {
  private let value = Atomic(0)
  func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}

/// A customer with one member who is signed in to one application: what most checks need to stand on.
struct Settled: Sendable {
  let organization: Organization
  let account: Account
  let membership: Membership
  let application: Application
  let session: Session
  let grant: Grant
}

extension Bench {
  func settle() async throws -> Settled {
    let organization = samples.organization()
    let account = samples.account(.work(home: organization.id))
    let application = samples.application()
    let session = samples.session(account)
    let settled = Settled(
      organization: organization, account: account,
      membership: Membership(account: account.id, organization: organization.id, createdAt: samples.now),
      application: application,
      session: session, grant: samples.grant(application, session, in: organization.id))
    try await store.write { tx throws in
      try tx.insert(settled.organization)
      try tx.insert(settled.account)
      try tx.insert(settled.membership)
      try tx.insert(settled.application)
      try tx.insert(settled.session)
      try tx.insert(settled.grant)
    }
    return settled
  }

  /// Another member of the same organization.
  func join(_ organization: Organization) async throws -> Account {
    let account = samples.account(.work(home: organization.id))
    let membership = Membership(account: account.id, organization: organization.id, createdAt: samples.now)
    try await store.write { tx throws in
      try tx.insert(account)
      try tx.insert(membership)
    }
    return account
  }
}
