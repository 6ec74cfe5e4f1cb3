internal import AccessControl
internal import Foundation
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

/// An installation as `usher` would find it: prepared, with one person and one service in it.
struct Installation: Sendable {
  static let email = "ada@contoso.test"

  /// Where `usher` is started.
  let folder: String
  let dataFolder: String
  /// What names its database; nothing for a file in the data folder.
  let database: [String]
  let organization: OrganizationID
  let account: AccountID
  private let application: Application
  private let secret: SecretToken

  /// - Parameters:
  ///   - dataFolder: nil for where `usher` puts it by itself.
  ///   - address: of an empty database of a server; nil for a file.
  static func make(in folder: String, dataFolder: String? = nil, at address: String? = nil) async throws -> Installation {
    let dataFolder = dataFolder ?? folder + "/data"
    let database = Self.flags(address)
    return try await withFoundations(folder, dataFolder, database) { foundations in
      let env = foundations.environment
      let occasion = foundations.occasion("test")
      let now = occasion.now
      let organization = Organization(id: occasion.newID(), kind: .customer, name: "Contoso", createdAt: now)
      let account = Account(
        id: occasion.newID(), kind: .work(home: organization.id), email: EmailAddress(stored: email),
        name: PersonName(storedFirst: "Ada", last: "Osei"), language: .english, country: nil, createdAt: now)
      let secret = occasion.newSecret()
      let application = Application(
        id: occasion.newID(), name: "Orders", authentication: .basic,
        secrets: [Application.Secret(digest: secret.digest, createdAt: now)],
        grantTypes: [.authorizationCode, .refreshToken, .clientCredentials], redirectURIs: ["https://orders.test/back"],
        scopes: Set(Scope.all), audiences: ["https://orders.test/api"], defaultAudience: "https://orders.test/api",
        isTrusted: true, createdAt: now)
      let hash = try await env.passwords.hash(Password(TestWorld.password))
      let role = { @Sendable (holder: RoleHolder, role: RoleID, place: OrganizationID) in
        RoleAssignment(
          id: occasion.newID(), organization: place, holder: holder, role: role, grantedBy: "command:test", createdAt: now)
      }
      let portal = try #require(try await env.store.read { try $0.portalOrganization() })
      try await env.store.write { tx in
        try tx.insert(organization)
        try tx.insert(account)
        try tx.setPassword(StoredPassword(hash: hash, changedAt: now), of: account.id)
        try tx.insert(Membership(account: account.id, organization: organization.id, createdAt: now))
        try tx.seed(role(.account(account.id), .accountAdministrator, organization.id))
        try tx.insert(application)
        try tx.seed(role(.application(application.id), .operator, portal.id))
      }
      return Installation(
        folder: folder, dataFolder: dataFolder, database: database, organization: organization.id, account: account.id,
        application: application, secret: secret)
    }
  }

  private static func flags(_ address: String?) -> [String] { address.map { ["--database", $0] } ?? [] }

  /// The same, where its database was brought to another place.
  func moved(to address: String) -> Installation {
    Installation(
      folder: folder, dataFolder: dataFolder, database: Self.flags(address), organization: organization, account: account,
      application: application, secret: secret)
  }

  /// - Parameter port: nil for one that is free.
  func start(_ arguments: [String] = [], port: UInt16? = nil) async throws -> RunningUsher {
    try await RunningUsher.start(["--data-folder", dataFolder] + database + arguments, port: port, in: folder)
  }

  /// The service, as its developers would write it.
  func service(of usher: RunningUsher) -> TestApplication { service(through: usher.client) }

  func service(through client: HTTPClient) -> TestApplication { TestApplication(application, secret: secret, client: client) }

  func browser(_ usher: RunningUsher) throws -> TestBrowser { try browser(through: usher.client) }

  /// - Parameter client: asks at the public address.
  func browser(through client: HTTPClient) throws -> TestBrowser {
    TestBrowser(client: client, origin: try #require(Origin("http://127.0.0.1:\(client.port)")))
  }

  /// What `usher` itself would have in hand, while none runs.
  func withFoundations<Value>(_ body: (Foundations) async throws -> Value) async throws -> Value {
    try await Self.withFoundations(folder, dataFolder, database, body)
  }

  private static func withFoundations<Value>(
    _ folder: String, _ dataFolder: String, _ database: [String], _ body: (Foundations) async throws -> Value
  ) async throws -> Value {
    var given = GivenSettings()
    given.takeFlags(["--data-folder", dataFolder, "--root-key-file", folder + "/keys/root.key"] + database)
    let foundations = try await Foundations.lay(
      try Configuration(given), as: "test", serves: false, clock: SystemClock.now, randomness: SystemRandomness(),
      logger: RecordedLog().logger)
    defer { try? foundations.close() }
    return try await body(foundations)
  }
}
