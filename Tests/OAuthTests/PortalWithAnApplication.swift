import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Wire

/// A portal with one customer, one member who is signed in, and one web application that signs her in: what nearly every suite here starts from.
struct PortalWithAnApplication: Sendable {
  static let redirectURI = "https://orders.test/signed-in"
  static let audience = "https://orders.test/api"
  /// RFC 7636 appendix B.
  static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

  let world: TestWorld
  let contoso: Organization
  let ada: Account
  let application: Application
  let secret: SecretToken
  let session: Session
  let verifier: AccessTokenVerifier
  let browser = SecretDigest.of("the browser's secret")

  static func make(_ change: (inout Application) -> Void = { _ in }) async throws -> PortalWithAnApplication {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountViewer])
    let secret = world.command.newSecret()
    var application = Application(
      id: world.command.newID(), name: "Orders", authentication: .basic,
      secrets: [Application.Secret(digest: secret.digest, createdAt: world.clock.now())],
      grantTypes: [.authorizationCode, .refreshToken, .clientCredentials], redirectURIs: [redirectURI],
      postSignOutRedirectURIs: ["https://orders.test/bye"],
      scopes: ["openid", "profile", "email", "offline_access", "orders:read", "orders:write"], audiences: [audience],
      defaultAudience: audience, isTrusted: true, createdAt: world.clock.now())
    change(&application)
    try await world.application(application)
    let session = try await signIn(ada, in: world)
    return PortalWithAnApplication(
      world: world, contoso: contoso, ada: ada, application: application, secret: secret, session: session,
      verifier: AccessTokenVerifier(world.env))
  }

  var env: Environment { world.env }
  var now: Timestamp { world.clock.now() }

  // MARK: people

  /// A live session of somebody, as the sign-in page would leave it.
  static func signIn(_ account: Account, in world: TestWorld) async throws -> Session {
    let now = world.clock.now()
    let session = Session(
      id: world.command.newID(), secret: world.command.newSecret().digest, account: account.id, kind: account.kind.name,
      authenticatedAt: now,
      createdAt: now, lastSeenAt: now, expiresAt: now + (account.kind.name == .work ? .hours(12) : .days(30)), userAgent: "test",
      address: "192.0.2.1")
    try await world.store.write { tx in try tx.insert(session) }
    return session
  }

  // MARK: the authorization endpoint

  /// A request that is right in everything; `changes` replaces parameters, or takes them out by nil.
  func request(_ changes: KeyValuePairs<String, String?> = [:], of client: Application? = nil) -> FormFields {
    var pairs: [(name: String, value: String)] = [
      ("client_id", (client ?? application).id.text), ("redirect_uri", Self.redirectURI), ("response_type", "code"),
      ("scope", "openid orders:read"), ("state", "af0ifjsldkj"), ("nonce", "n-0S6_WzA2Mj"), ("code_challenge", Self.challenge),
      ("code_challenge_method", "S256"),
    ]
    for (name, value) in changes {
      pairs.removeAll { $0.name == name }
      if let value { pairs.append((name, value)) }
    }
    return FormFields(pairs)
  }

  func authorize(
    _ fields: FormFields, as session: Session?, in browser: SecretDigest? = nil
  ) async throws -> AuthorizationOutcome {
    try await Authorize(env)(fields, session: session, browser: browser ?? self.browser, actor)
  }

  /// What the application finds in the address it is called back at.
  func answer(_ fields: FormFields, as session: Session?) async throws -> FormFields {
    guard case .redirect(let address) = try await authorize(fields, as: session) else { throw TestWorld.NotThere("a redirect") }
    return try Self.answer(in: address)
  }

  static func answer(in address: String) throws -> FormFields {
    guard address.hasPrefix(redirectURI + "?"), let fields = FormFields(parsing: String(address.dropFirst(redirectURI.count + 1)))
    else {
      throw TestWorld.NotThere("an answer at the application's address")
    }
    return fields
  }

  func code(_ changes: KeyValuePairs<String, String?> = [:], as session: Session? = nil) async throws -> String {
    guard let code = try await answer(request(changes), as: session ?? self.session).first("code") else {
      throw TestWorld.NotThere("a code")
    }
    return code
  }

  // MARK: the token endpoint

  var actor: Actor { Actor(.anonymous, address: "192.0.2.1", requestID: "test") }

  static func basic(_ id: String, _ secret: String) -> String { "Basic " + Base64.encode(Array("\(id):\(secret)".utf8)) }

  /// A request that the application has authenticated by Basic.
  func endpoint(_ fields: KeyValuePairs<String, String>) -> EndpointRequest {
    EndpointRequest(
      authorization: [Self.basic(application.id.text, secret.reveal())],
      form: FormFields(fields.map { (name: $0.key, value: $0.value) }),
      actor: actor)
  }

  func redeem(_ code: String, verifier: String? = verifier, redirectURI: String? = redirectURI) async throws -> TokenResponse {
    var pairs = [(name: "grant_type", value: "authorization_code"), (name: "code", value: code)]
    if let verifier { pairs.append((name: "code_verifier", value: verifier)) }
    if let redirectURI { pairs.append((name: "redirect_uri", value: redirectURI)) }
    return try await TokenEndpoint(env)(
      EndpointRequest(
        authorization: [Self.basic(application.id.text, secret.reveal())], form: FormFields(pairs), actor: actor))
  }

  func tokens(_ changes: KeyValuePairs<String, String?> = [:]) async throws -> TokenResponse {
    try await redeem(try await code(changes))
  }

  func refresh(_ token: String, _ more: KeyValuePairs<String, String> = [:]) async throws -> TokenResponse {
    let pairs = [(name: "grant_type", value: "refresh_token"), (name: "refresh_token", value: token)]
    return try await TokenEndpoint(env)(
      EndpointRequest(
        authorization: [Self.basic(application.id.text, secret.reveal())],
        form: FormFields(pairs + more.map { (name: $0.key, value: $0.value) }), actor: actor))
  }

  func introspect(_ token: String) async throws -> IntrospectionResponse {
    try await Introspect(env, verifier)(endpoint(["token": token]))
  }

  func isActive(_ token: String) async throws -> Bool { try await introspect(token).active }
}

extension TestWorld {
  /// Something a test relied on is not there.
  struct NotThere: Error {
    let what: String
    init(_ what: String) { self.what = what }
  }
}

/// The code of the error that `body` throws.
func errorCode(_ body: () async throws -> Void) async -> OAuthError.Code? {
  do {
    try await body()
    return nil
  } catch { return (error as? OAuthError)?.code }
}
