internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

/// A running server with two customers, a partner and the people a test of the management API needs, and their access tokens.
///
/// Every answer is held to what the table of operations, and so the OpenAPI document, says about it.
final class ManagementWorld: Sendable {
  let world: TestWorld
  let server: RunningServer
  let contoso: Organization
  let fabrikam: Organization
  let partner: Organization
  let admin: Account
  let adminOfFabrikam: Account
  let operatorOfPortal: Account
  let partnerAdmin: Account
  private let application: Application

  /// - Parameters:
  ///   - breaking: makes the environment the server runs in, for a test that breaks something of it.
  ///   - appearance: the files of the operator's folder by name.
  init(breaking: (TestWorld) -> Identity.Environment? = { _ in nil }, appearance: [String: String] = [:]) async throws {
    world = try await TestWorld.make()
    server = try await RunningServer.start(world, over: breaking(world), appearance: appearance)
    contoso = try await world.organization(name: "Contoso")
    fabrikam = try await world.organization(name: "Fabrikam")
    partner = try await world.organization(.partner, name: "Northwind")
    admin = try await world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator], password: nil)
    adminOfFabrikam = try await world.member(of: fabrikam, "bob@fabrikam.test", roles: [.accountAdministrator], password: nil)
    operatorOfPortal = try await world.member(of: world.portal, "olga@usher.test", roles: [.operator], password: nil)
    partnerAdmin = try await world.member(of: partner, "nora@northwind.test", roles: [.partnerAdministrator], password: nil)
    application = try await world.application(
      Application(
        id: world.command.newID(), name: "Console", authentication: .none, grantTypes: [.authorizationCode],
        scopes: ["usher:manage"],
        isTrusted: true, createdAt: world.clock.now()))
  }

  /// Somebody new at home in Contoso.
  func member(_ email: String, _ roles: RoleID...) async throws -> Account {
    try await world.member(of: contoso, email, roles: roles, password: nil)
  }

  // MARK: tokens

  /// A token for the management API that speaks for a person in one organization, as the authorization endpoint would give it.
  func token(_ account: Account, in organization: Organization? = nil, scope: String = "usher:manage") throws -> String {
    let occasion = world.command
    let grant: GrantID = occasion.newID()
    let session: SessionID = occasion.newID()
    return try sign(
      [
        "sub": .string(account.id.text), "client_id": .string(application.id.text), "jti": .string("\(grant.text).token"),
        "scope": .string(scope), "organization": .string(organization?.id.text ?? account.home?.text ?? ""),
        "auth_time": .integer(occasion.now.seconds), "sid": .string(session.text), "roles": [],
      ])
  }

  /// A token for an application that acts for itself.
  func token(_ application: Application) throws -> String {
    var claims: JSONObject = [
      "sub": .string(application.id.text), "client_id": .string(application.id.text),
      "jti": .string(world.command.newSecret().reveal()), "scope": "usher:manage",
    ]
    if let owner = application.owner { claims["organization"] = .string(owner.text) }
    return try sign(claims)
  }

  private func sign(_ own: JSONObject) throws -> String {
    let now = world.clock.now()
    var claims = own
    claims["iss"] = .string(TestWorld.publicAddress)
    claims["aud"] = .string(TestWorld.publicAddress + "/api/v1")
    claims["iat"] = .integer(now.seconds)
    claims["exp"] = .integer(now.seconds + 300)
    let key = try #require(world.env.keys.signingKey(.es256, at: now))
    return try JWS.sign(payload: claims.encoded(), type: "at+jwt", with: key)
  }

  // MARK: calls

  struct Reply {
    let status: Int
    let json: JSON
    let http: HTTPReply

    subscript(_ path: String...) -> JSON? {
      path.reduce(Optional(json)) { value, name in
        Int(name).flatMap { index in value?.arrayValue.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
          ?? value?.objectValue?[name]
      }
    }

    /// The end of a problem's type.
    var problem: String? { json.objectValue?["type"]?.stringValue?.split(separator: "/").last.map(String.init) }
    /// The pointers and codes of a problem's fields.
    var flaws: [String] {
      (json.objectValue?["errors"]?.arrayValue ?? []).map { field in
        "\(field.objectValue?["pointer"]?.stringValue ?? "") \(field.objectValue?["code"]?.stringValue ?? "")"
      }
    }
  }

  /// Sends one request, and checks its answer against the table.
  @discardableResult
  func call(
    _ method: String, _ path: String, as account: Account, body: JSON? = nil, headers: [(String, String)] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Reply {
    try await call(
      method, path, token: try token(account), body: body.map { $0.encoded() }, headers: headers, sourceLocation: sourceLocation)
  }

  @discardableResult
  func call(
    _ method: String, _ path: String, token: String, body: [UInt8]? = nil, headers: [(String, String)] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Reply {
    var all = headers + [("Authorization", "Bearer \(token)")]
    if body != nil, !headers.contains(where: { $0.0 == "Content-Type" }) { all.append(("Content-Type", "application/json")) }
    let http = try await server.client.send(method, "/api/v1\(path)", headers: all, body: body)
    let json = http.body.isEmpty ? JSON.null : try JSON.parse(http.body)
    hold(http, json, to: method, path, sourceLocation)
    return Reply(status: http.status, json: json, http: http)
  }

  private func hold(_ http: HTTPReply, _ json: JSON, to method: String, _ path: String, _ place: SourceLocation) {
    let plain = String(path.prefix { $0 != "?" })
    guard let operation = OperationTable.operations.first(where: { $0.method.rawValue == method && $0.matches(plain) }) else {
      return
    }
    if http.status >= 400 {
      #expect(http.header("Content-Type") == Problem.mediaType, sourceLocation: place)
      #expect(SchemaCheck.flaws(of: json, .message(Problem.message)).isEmpty, sourceLocation: place)
      #expect(json.objectValue?["status"]?.intValue == Int64(http.status), sourceLocation: place)
      let types = ["about:blank"] + ManagementRefusal.Kind.allCases.map { TestWorld.publicAddress + $0.path }
      #expect(types.contains(json.objectValue?["type"]?.stringValue ?? ""), sourceLocation: place)
    } else {
      if operation.isPlanned, path.contains("dryRun=true") {
        #expect(http.status == 200, "\(operation.name)", sourceLocation: place)
        #expect(
          SchemaCheck.flaws(of: json, .message(Management.Plan.message)).isEmpty, "\(operation.name)", sourceLocation: place)
        return
      }
      #expect(operation.statuses.map(\.code).contains(http.status), "\(operation.name)", sourceLocation: place)
      if let gives = operation.gives {
        #expect(SchemaCheck.flaws(of: json, .message(gives)).isEmpty, "\(operation.name)", sourceLocation: place)
      } else {
        #expect(http.body.isEmpty, "\(operation.name)", sourceLocation: place)
      }
    }
  }

  // MARK: what came of it

  /// The denials in the audit trail, oldest first.
  func denials() async throws -> [AuditEntry] { try await world.audit(.accessDenied) }

  /// Registers an agreement by the operator and returns the answer.
  func agreement(_ number: String = "A-1", naming email: String = "carla@contoso.test", partner: Organization? = nil) async throws
    -> Reply
  {
    var body: JSONObject = [
      "number": .string(number), "organization": .string(contoso.id.text), "purchasing_accounts": [.string("P-\(number)")],
      "administrator": ["first_name": "Carla", "last_name": "Woods", "email": .string(email)],
    ]
    if let partner { body["partner"] = .string(partner.id.text) }
    return try await call("POST", "/agreements", as: operatorOfPortal, body: .object(body))
  }

  /// What to call real things of Contoso by the places of a path that name them.
  func names() async throws -> [String: String] {
    let registered = try await agreement(partner: partner)
    let invited = try await call(
      "POST", "/organizations/\(contoso.id)/invitations", as: admin,
      body: ["email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": ["account-viewer"]])
    let application = try await world.application(
      Application(
        id: world.command.newID(), name: "Orders", authentication: .basic, grantTypes: [.clientCredentials], scopes: [],
        owner: contoso.id, createdAt: world.clock.now()))
    let assignments = try await world.store.read { [admin] tx in try tx.roleAssignments(of: .account(admin.id)) }
    return [
      "organization": contoso.id.text, "partner": partner.id.text, "account": admin.id.text,
      "agreement": registered["agreement", "id"]?.stringValue ?? "",
      "purchasing_account": registered["purchasing_accounts", "0", "id"]?.stringValue ?? "",
      "invitation": invited["id"]?.stringValue ?? "", "application": application.id.text,
      "assignment": assignments.first?.id.text ?? "", "type": "order", "id": "1", "session": "none",
      "job": "clean-up", "role": "account-viewer", "action": "view",
    ]
  }
}

extension Operation {
  func matches(_ path: String) -> Bool {
    let mine = self.path.split(separator: "/")
    let theirs = path.split(separator: "/")
    return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }

  /// The path with every place filled by `name`'s value or by an id of nothing.
  func path(_ names: [String: String]) -> String {
    path.split(separator: "/").map { part in
      part.hasPrefix("{") ? names[String(part.dropFirst().dropLast())] ?? "00000000000000000000000000" : String(part)
    }.reduce("") { "\($0)/\($1)" }
  }
}
