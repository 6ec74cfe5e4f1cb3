internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit

/// The scenario's people, things and rights, by their own names: an operator defines what can be done to records and two roles, the records are
/// registered with their status and lie in one archive, and alice and bob hold their roles for that archive.
///
/// What the scenario calls bob's stored role `admin` is his role *keeper* here. The application that asks is the organization's own, so that no
/// question has to name it.
struct CertificationWorld {
  let server: RunningServer
  let token: String
  /// The metadata: where everything is asked.
  let metadata: JSONObject

  private static let archive = ResourceName(type: "archive", id: "records")

  static func make() async throws -> CertificationWorld {
    let server = try await RunningServer.start(try await TestWorld.make())
    let world = server.world
    let organization = try await world.organization()
    try await define(roles(), in: world)
    try await register(["record-1": "active", "record-2": "archived"], of: organization, in: world)
    try await join("alice", to: organization, as: "writer", in: world)
    try await join("bob", to: organization, as: "keeper", in: world)
    let application = try await server.application("Records") { $0.owner = organization.id }
    return CertificationWorld(
      server: server, token: try await application.ownToken(scope: "usher:decide"),
      metadata: try await server.client.get("/.well-known/authzen-configuration").json())
  }

  /// Everybody reads. Who writes changes what is not archived, and deletes what can be brought back; who keeps changes what is archived, unless the
  /// question says that he acts as somebody else than an admin.
  private static func roles() throws -> [Role] {
    func role(_ id: String, _ conditions: [String: String]) throws -> Role {
      Role(
        id: RoleID(trusted: id), wording: Wording(name: id), permissions: .listed([Permission("record", "read")]),
        conditions: Dictionary(
          uniqueKeysWithValues: try conditions.map { (Permission("record", $0.key), try Condition($0.value)) }),
        mayGrant: .nothing, organizationKinds: [.customer], origin: .portal)
    }
    return [
      try role("writer", ["write": #"resource.properties.status != "archived""#, "delete": "action.properties.soft == true"]),
      try role(
        "keeper",
        [
          "write":
            #"resource.properties.status == "archived" && (!has(subject.properties.role) || subject.properties.role == "admin")"#
        ]),
    ]
  }

  private static func define(_ roles: [Role], in world: TestWorld) async throws {
    let now = world.clock.now()
    try await world.store.write { tx in
      for action in ["read", "write", "delete"] {
        let definition = PermissionDefinition(Permission("record", action), "Records: \(action).", kinds: [.customer])
        try tx.seed(DefinedPermission(definition: definition, createdAt: now, definedAt: now, definedBy: "command:test"))
      }
      for role in roles {
        try tx.seed(DefinedRole(role: role, createdAt: now, definedAt: now, definedBy: "command:test"))
      }
    }
  }

  private static func register(
    _ records: [String: String], of organization: Organization, in world: TestWorld
  ) async throws {
    let now = world.clock.now()
    try await world.store.write { tx in
      for (id, status) in records {
        try tx.insert(
          RegisteredResource(
            type: "record", id: id, organization: organization.id, parent: archive, attributes: ["status": .string(status)],
            createdAt: now))
      }
    }
  }

  private static func join(_ name: String, to organization: Organization, as role: String, in world: TestWorld) async throws {
    let occasion = world.command
    let account = Account(
      id: AccountID(trusted: name), kind: .work(home: organization.id), email: EmailAddress(stored: "\(name)@contoso.test"),
      name: PersonName(storedFirst: name, last: name), language: .english, country: nil, createdAt: occasion.now)
    try await world.store.write { tx in
      try tx.insert(account)
      try tx.insert(Membership(account: account.id, organization: organization.id, createdAt: occasion.now))
      try tx.seed(
        RoleAssignment(
          id: occasion.newID(), organization: organization.id, holder: .account(account.id), role: RoleID(trusted: role),
          scope: archive, grantedBy: "command:test", createdAt: occasion.now))
    }
  }

  func ask(_ row: CertificationCase) async throws -> HTTPReply {
    var headers = (row.headers ?? ["Content-Type": "application/json"]).map { ($0.key, $0.value) }
    switch row.credentials {
    case nil: headers.append(authorization)
    case .some(.wrong): headers.append(("Authorization", "Bearer \(token.dropLast(8))AAAAAAAA"))
    case .some(.none): break
    }
    let body = row.body.map { $0.encoded() } ?? row.text.map { Array($0.utf8) } ?? row.base64.flatMap { Base64.decode($0) }
    return try await server.client.send(row.method ?? "POST", try path(row.endpoint), headers: headers, body: body)
  }

  /// Asks one question more.
  func ask(_ body: JSONObject, at endpoint: String) async throws -> HTTPReply {
    try await server.client.post(try path(endpoint), json: body.text, headers: [authorization])
  }

  private var authorization: (String, String) { ("Authorization", "Bearer \(token)") }

  private func path(_ endpoint: String) throws -> String {
    guard let address = metadata[endpoint]?.stringValue, address.hasPrefix(TestWorld.publicAddress) else {
      throw TestWorld.Missing(what: "\(endpoint) in the metadata")
    }
    return String(address.dropFirst(TestWorld.publicAddress.count))
  }
}
