internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives

/// What the writer's rows hang on, and the rows: things that may be used once, made by one write and used up by another.
struct WrittenWorld: Sendable {
  private let store: any Store
  private let organization: Organization
  private let application: Application
  private let session: Session

  private static let now = Deed.beginning
  private static func id<Tag>() -> Identifier<Tag> { .make(at: now, from: SystemRandomness()) }
  private static func digest() -> SecretDigest { SecretToken.make(from: SystemRandomness()).digest }

  static func make(in store: any Store) async throws -> WrittenWorld {
    let organization = Organization(id: id(), kind: .customer, name: "Contoso", createdAt: now)
    let account = Account(
      id: id(), kind: .work(home: organization.id), email: EmailAddress(stored: "\(digest().text)@contoso.test"),
      name: PersonName(storedFirst: "Ada", last: "Lovelace"), language: .english, country: nil, createdAt: now)
    let application = Application(
      id: id(), name: "Orders", authentication: .basic, grantTypes: [.authorizationCode], scopes: ["openid"], createdAt: now)
    let session = Session(
      id: id(), secret: digest(), account: account.id, kind: .work, authenticatedAt: now, createdAt: now, lastSeenAt: now,
      expiresAt: now + .hours(12), userAgent: "Browser/1", address: "192.0.2.7")
    try await store.write { tx in
      try tx.insert(organization)
      try tx.insert(account)
      try tx.insert(application)
      try tx.insert(session)
    }
    return WrittenWorld(store: store, organization: organization, application: application, session: session)
  }

  func useACode() async throws {
    let grant = grant()
    let code = AuthorizationCode(
      digest: Self.digest(), grant: grant.id, application: application.id, redirectURI: "https://orders.test/back",
      redirectURIWasSent: true, challenge: "challenge", nonce: nil, expiresAt: Self.now + .seconds(60))
    try await store.write { tx in
      try tx.insert(grant)
      try tx.insert(code)
    }
    StoreWriter.say(.codeMade(code.digest))
    guard case .taken = try await store.write({ tx in try tx.redeem(code.digest, at: Self.now) }) else { return }
    StoreWriter.say(.codeUsed(code.digest))
  }

  func useALink() async throws {
    let invitation = Invitation(
      id: Self.id(), organization: organization.id, purpose: .operation(by: nil),
      email: EmailAddress(stored: "\(Self.digest().text)@contoso.test"), name: PersonName(storedFirst: "Bo", last: "Chen"),
      language: .english, country: nil, roles: [], createdAt: Self.now)
    let link = InvitationLink(
      digest: Self.digest(), invitation: invitation.id, sentAt: Self.now, expiresAt: Self.now + .days(60))
    try await store.write { tx in
      try tx.insert(invitation)
      try tx.insert(link)
    }
    StoreWriter.say(.linkMade(link.digest))
    guard try await store.write({ tx in try tx.useInvitationLink(link.digest, at: Self.now) }) else { return }
    StoreWriter.say(.linkUsed(link.digest))
  }

  func turnAFamily() async throws {
    let grant = grant()
    var family = RefreshFamily(
      digest: Self.digest(), grant: grant.id, turn: Self.digest(), issuedAt: Self.now, expiresAt: Self.now + .days(14))
    let first = family
    try await store.write { tx in
      try tx.insert(grant)
      try tx.insert(first)
    }
    StoreWriter.say(.turned(family: family.digest, turn: family.turn, number: 0))
    for number in 1...5 as ClosedRange<Int64> {
      let turn = family.turn
      family.turn = Self.digest()
      family.issuedAt = Self.now + .seconds(number)
      let next = family
      guard try await store.write({ tx in try tx.renew(next, from: turn) }) else { return }
      StoreWriter.say(.turned(family: next.digest, turn: next.turn, number: number))
    }
  }

  private func grant() -> Grant {
    Grant(
      id: Self.id(), application: application.id, account: session.account, accountKind: .work, organization: organization.id,
      session: session.id, scopes: ["openid"], audience: "https://orders.test", isOffline: false, authenticatedAt: Self.now,
      createdAt: Self.now, expiresAt: Self.now + .days(30))
  }
}
