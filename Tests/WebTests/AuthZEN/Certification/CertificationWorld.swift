internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit

/// The scenario's people, things and rights, as a portal of ours has them: alice administers an organization, bob views its accounts, records are its
/// agreements, to write one is to edit it. The application that asks is the organization's own, so that no question has to name it.
struct CertificationWorld {
  let server: RunningServer
  let token: String
  /// The metadata: where everything is asked.
  let metadata: JSONObject
  /// What the scenario's names are here.
  private let names: [String: String]

  static func make() async throws -> CertificationWorld {
    let server = try await RunningServer.start(try await TestWorld.make())
    let organization = try await server.world.organization()
    let alice = try await server.world.member(of: organization, "alice@contoso.test", roles: [.accountAdministrator])
    let bob = try await server.world.member(of: organization, "bob@contoso.test", roles: [.accountViewer])
    let application = try await server.application("Records") { $0.owner = organization.id }
    return CertificationWorld(
      server: server, token: try await application.ownToken(scope: "usher:decide"),
      metadata: try await server.client.get("/.well-known/authzen-configuration").json(),
      names: ["alice": alice.id.text, "bob": bob.id.text, "record": "agreement", "read": "view", "write": "edit"])
  }

  func ask(_ row: CertificationCase) async throws -> HTTPReply {
    guard let address = metadata[row.endpoint]?.stringValue, address.hasPrefix(TestWorld.publicAddress) else {
      throw TestWorld.Missing(what: "\(row.endpoint) in the metadata")
    }
    var headers = (row.headers ?? ["Content-Type": "application/json"]).map { ($0.key, $0.value) }
    switch row.credentials {
    case nil: headers.append(("Authorization", "Bearer \(token)"))
    case .some(.wrong): headers.append(("Authorization", "Bearer \(token.dropLast(8))AAAAAAAA"))
    case .some(.none): break
    }
    let body =
      row.body.map { translate($0).encoded() } ?? row.text.map { Array($0.utf8) } ?? row.base64.flatMap { Base64.decode($0) }
    return try await server.client.send(
      row.method ?? "POST", String(address.dropFirst(TestWorld.publicAddress.count)), headers: headers, body: body)
  }

  /// The same by the names that things have here.
  func translate(_ value: JSON) -> JSON {
    switch value {
    case .string(let text): .string(names[text] ?? text)
    case .array(let elements): .array(elements.map(translate))
    case .object(let object): .object(JSONObject(object.members.map { ($0.name, translate($0.value)) }))
    default: value
    }
  }
}
