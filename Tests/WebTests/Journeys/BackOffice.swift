internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

/// An operator's program: an application of the portal that holds the role *operator* and works with the management API alone.
struct BackOffice: Sendable {
  private let server: RunningServer
  private let application: TestApplication

  /// Registers it, as the operator would.
  static func open(at server: RunningServer) async throws -> BackOffice {
    let application = try await server.application("Back Office", .basic, roles: [.operator]) {
      $0.grantTypes = [.clientCredentials]
      $0.redirectURIs = []
      $0.scopes = ["usher:manage"]
      ($0.audiences, $0.defaultAudience) = ([], nil)
      $0.owner = server.world.portal.id
    }
    return BackOffice(server: server, application: application)
  }

  struct Registered {
    let agreement: String
    let organization: String
    /// What the person it names was sent: `invited` or `added`.
    let told: String
  }

  /// Registers an agreement that names Ada.
  ///
  /// - Parameter organization: the customer that signed it; nil registers Contoso with the agreement.
  func register(_ number: String, account: String, organization: String? = nil, partner: String? = nil) async throws -> Registered
  {
    var body: JSONObject = [
      "number": .string(number), "purchasing_accounts": [.string(account)],
      "administrator": ["first_name": "Ada", "last_name": "Lovelace", "email": "ada@contoso.test", "language": "en"],
    ]
    if let organization { body["organization"] = .string(organization) } else { body["new_organization"] = ["name": "Contoso"] }
    if let partner { body["partner"] = .string(partner) }
    let answer = try await post("/agreements", .object(body), 201)
    func id(_ name: String) throws -> String { try #require(answer[name]?.objectValue?["id"]?.stringValue) }
    return Registered(
      agreement: try id("agreement"), organization: try id("organization"),
      told: try #require(answer["administrator_told"]?.objectValue?["result"]?.stringValue))
  }

  @discardableResult
  func post(_ path: String, _ body: JSON, _ status: Int) async throws -> JSONObject {
    // A moment passes between two things somebody does, so that letters have an order.
    server.world.clock.advance(by: .seconds(1))
    let reply = try await application.manage("POST", path, body, token: try await token())
    #expect(reply.status == status, "\(reply.text)")
    return try reply.json()
  }

  /// The items of a list.
  func list(_ path: String) async throws -> [JSONObject] {
    let reply = try await application.manage("GET", path, token: try await token())
    return try reply.json()["items"]?.arrayValue?.compactMap(\.objectValue) ?? []
  }

  private func token() async throws -> String {
    try await application.ownToken(scope: "usher:manage", resource: TestWorld.publicAddress + "/api/v1")
  }
}

extension RunningServer {
  /// Somebody opens the newest letter to a mailbox, chooses a password and presses Start. The link is dead then.
  ///
  /// - Returns: where they land.
  func accept(_ browser: TestBrowser, _ email: String) async throws -> BrowserPage {
    let link = "/invitation/\(try await world.newestLink(to: email).reveal())"
    let page = try await browser.open(link)
    #expect(page.text.contains(email) || page.form()?.value("email") == email)
    let done = try await browser.submit(
      try #require(page.form()), [("password", TestWorld.password), ("password_again", TestWorld.password)])
    #expect(try await self.browser().open(link).status == 410)
    return done
  }
}
