package import AccessControl
package import Identity
package import Primitives

/// A service of the portal as its own developers would write it: it sends browsers to sign in, redeems codes, and asks the endpoints.
package struct TestApplication: Sendable {
  package let registered: Application
  package let secret: SecretToken?
  private let client: HTTPClient
  private let verifier: String

  package init(_ registered: Application, secret: SecretToken?, client: HTTPClient) {
    self.registered = registered
    self.secret = secret
    self.client = client
    verifier = "verifier-of-\(registered.id.text)-0123456789-0123456789"
  }

  package var id: String { registered.id.text }
  package var redirectURI: String { registered.redirectURIs.first ?? "" }

  // MARK: signing in

  /// The path and query to which the application sends a browser.
  package func authorizationPath(
    _ changes: [(name: String, value: String?)] = [], scope: String = "openid profile email"
  ) -> String {
    var fields: [(name: String, value: String)] = [
      ("response_type", "code"), ("client_id", id), ("redirect_uri", redirectURI), ("scope", scope), ("state", "state-1"),
      ("nonce", "nonce-1"), ("code_challenge", Base64URL.encode(SHA256Digest.of(verifier))), ("code_challenge_method", "S256"),
    ]
    for (name, value) in changes {
      fields.removeAll { $0.name == name }
      if let value { fields.append((name, value)) }
    }
    return "/oauth/authorize?\(FormFields(fields).encoded)"
  }

  /// The fields with which a browser was sent back; nil when the address is not the application's.
  package func returned(_ address: String?) -> FormFields? {
    guard let address, address.hasPrefix(redirectURI + "?") else { return nil }
    return FormFields(parsing: String(address.dropFirst(redirectURI.count + 1)))
  }

  /// The tokens for a code.
  package func redeem(_ code: String) async throws -> HTTPReply {
    try await call(
      "/oauth/token",
      [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI), ("code_verifier", verifier)])
  }

  // MARK: the endpoints

  /// Posts a form as this application, by the way it is registered for.
  package func call(_ path: String, _ form: [(name: String, value: String)]) async throws -> HTTPReply {
    var form = form
    var headers: [(String, String)] = []
    switch registered.authentication {
    case .basic: headers.append(("Authorization", "Basic \(Base64.encode(Array("\(id):\(secret?.reveal() ?? "")".utf8)))"))
    case .post: form += [("client_id", id), ("client_secret", secret?.reveal() ?? "")]
    case .none: form.append(("client_id", id))
    }
    return try await client.post(path, form: form, headers: headers)
  }

  package func introspect(_ token: String) async throws -> JSONObject {
    try await call("/oauth/introspect", [("token", token)]).json()
  }

  package func refresh(_ token: String) async throws -> HTTPReply {
    try await call("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", token)])
  }

  /// An access token with which the application acts for itself.
  ///
  /// - Parameter resource: for whom the token is; nil leaves that to the scope.
  package func ownToken(scope: String, resource: String? = nil) async throws -> String {
    var form = [(name: "grant_type", value: "client_credentials"), (name: "scope", value: scope)]
    if let resource { form.append((name: "resource", value: resource)) }
    let answer = try await call("/oauth/token", form).json()
    guard let token = answer["access_token"]?.stringValue else { throw TestWorld.Missing(what: "a token with \(scope)") }
    return token
  }

  /// Calls the management API.
  ///
  /// - Parameter path: below the API's root.
  package func manage(_ method: String, _ path: String, _ body: JSON? = nil, token: String) async throws -> HTTPReply {
    let type = body.map { _ in [("Content-Type", "application/json")] } ?? []
    return try await client.send(
      method, "/api/v1\(path)", headers: [("Authorization", "Bearer \(token)")] + type, body: body.map { $0.encoded() })
  }

  /// Asks whether somebody may do something.
  package func mayThey(
    _ subject: String, _ action: String, _ type: String, organization: String?, token: String
  ) async throws -> JSONObject {
    var resource: JSONObject = ["type": .string(type), "id": "1"]
    if let organization { resource["properties"] = .object(["organization": .string(organization)]) }
    let question: JSONObject = [
      "subject": .object(["type": "user", "id": .string(subject)]), "action": .object(["name": .string(action)]),
      "resource": .object(resource),
    ]
    return try await client.post("/access/v1/evaluation", json: question.text, headers: [("Authorization", "Bearer \(token)")])
      .json()
  }
}

extension HTTPReply {
  /// The JSON object of the body.
  package func json() throws -> JSONObject {
    guard let object = try JSON.parse(body).objectValue else { throw HTTPConnection.Fault.malformed }
    return object
  }
}

extension RunningServer {
  /// Registers a trusted application with what most tests need; `change` makes it another.
  package func application(
    _ name: String, _ authentication: Application.Authentication = .basic, roles: [RoleID] = [],
    in organization: Organization? = nil,
    _ change: (inout Application) -> Void = { _ in }
  ) async throws -> TestApplication {
    let occasion = world.command
    let secret = authentication == .none ? nil : occasion.newSecret()
    let host = name.lowercased().split(separator: " ").joined(separator: "-")
    var application = Application(
      id: occasion.newID(), name: name, authentication: authentication,
      secrets: secret.map { [Application.Secret(digest: $0.digest, createdAt: occasion.now)] } ?? [],
      grantTypes: authentication == .none
        ? [.authorizationCode, .refreshToken] : [.authorizationCode, .refreshToken, .clientCredentials],
      redirectURIs: ["https://\(host).test/back"], scopes: Set(Scope.all), audiences: ["https://\(host).test/api"],
      defaultAudience: "https://\(host).test/api", isTrusted: true, startURL: "https://\(host).test/", createdAt: occasion.now)
    change(&application)
    try await world.application(application, roles: roles, in: organization)
    return TestApplication(application, secret: secret, client: client)
  }
}

extension TestBrowser {
  /// Signs in at the page it is sent to.
  @discardableResult
  package func signIn(
    _ email: String, password: String = TestWorld.password, kind: String = "work", at address: String = "/sign-in",
    following: Bool = true
  ) async throws -> BrowserPage {
    let page = try await open(address)
    guard let form = page.form(to: "/sign-in") else { throw TestWorld.Missing(what: "a sign-in form at \(address)") }
    return try await submit(form, [("email", email), ("password", password), ("kind", kind)], following: following)
  }
}

extension TestBrowser {
  /// Signs out by the page for it.
  package func signOut() async throws {
    guard let form = try await open("/sign-out").form(to: "/sign-out") else { return }
    _ = try await submit(form)
  }
}
