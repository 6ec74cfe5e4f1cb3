internal import AccessControl
internal import Foundation
internal import Identity
internal import Primitives
internal import Synchronization
internal import TestKit

/// What a bench was given does not do.
struct Unusable: Error { let what: String }

/// What goes on all day, by the sample's people and services.
final class SampleLoad: Sendable {
  private let orders: TestApplication
  private let automation: TestApplication
  private let client: HTTPClient
  private let origin: Origin
  private let people: [(email: String, password: String)]
  private let turn = Atomic(0)
  private let done = Mutex<[String: Int]>([:])
  /// They live for minutes and are taken anew when one is refused.
  private let tokens = Mutex<(decide: String, manage: String)>(("", ""))

  init(port: UInt16, sample path: String) throws {
    guard let sample = try JSON.parse(Array(try Data(contentsOf: URL(fileURLWithPath: path)))).objectValue,
      let address = sample["issuer"]?.stringValue, let origin = Origin(address), let operators = sample["operator"]?.objectValue
    else { throw Unusable(what: path) }
    self.origin = origin
    client = HTTPClient(port: port, host: String(address.split(separator: "/").last ?? ""))
    people = Self.objects(sample["members"]).compactMap { person in
      guard let email = person["email"]?.stringValue, let password = person["password"]?.stringValue else { return nil }
      return (email, password)
    }
    let services = Self.objects(sample["applications"]).filter { $0["client_secret"] != nil && $0["redirect_uris"] != .array([]) }
    guard let orders = services.first else { throw Unusable(what: "the sample's applications") }
    self.orders = Self.application(orders, client)
    automation = Self.application(operators, client)
  }

  private static func objects(_ list: JSON?) -> [JSONObject] { (list?.arrayValue ?? []).compactMap(\.objectValue) }

  private static func application(_ described: JSONObject, _ client: HTTPClient) -> TestApplication {
    let addresses = described["redirect_uris"]?.arrayValue ?? []
    return TestApplication(
      Application(
        id: ApplicationID(trusted: described["client_id"]?.stringValue ?? ""), name: "", authentication: .basic,
        grantTypes: [.authorizationCode], redirectURIs: addresses.compactMap(\.stringValue), scopes: [],
        createdAt: Timestamp(seconds: 0)),
      secret: SecretToken(presented: described["client_secret"]?.stringValue ?? ""), client: client)
  }

  func repeating(every pause: Duration, _ work: @Sendable () async throws -> Void) async throws {
    while !Task.isCancelled {
      do { try await work() } catch { count("failed") }
      try? await Task.sleep(for: pause)
    }
  }

  func signIn() async throws {
    let person = people[turn.wrappingAdd(1, ordering: .relaxed).oldValue % people.count]
    let browser = TestBrowser(client: client, origin: origin)
    _ = try await browser.signIn(person.email, password: person.password)
    let arrived = try await browser.open(orders.authorizationPath(), following: false)
    guard let code = orders.returned(arrived.nextAddress)?.first("code") else { return count("failed") }
    let answer = try await orders.redeem(code).json()
    if let refresh = answer["refresh_token"]?.stringValue { _ = try await orders.refresh(refresh) }
    try await browser.signOut()
    count("sign-ins with a code, its tokens, a refresh and a sign-out")
  }

  /// Signs somebody in and does nothing else.
  ///
  /// - Returns: the status of the answer to the password.
  func signInOnly() async throws -> Int {
    let person = people[turn.wrappingAdd(1, ordering: .relaxed).oldValue % people.count]
    return try await TestBrowser(client: client, origin: origin).signIn(person.email, password: person.password, following: false)
      .status
  }

  func takeAToken() async throws {
    _ = try await orders.ownToken(scope: "usher:decide")
    count("tokens for an application")
  }

  func decide() async throws {
    let token = tokens.withLock { $0.decide }
    let answer = try await orders.mayThey("nobody", "view", "order", organization: "nowhere", token: token)
    if answer["error"] != nil {
      let fresh = try await orders.ownToken(scope: "usher:decide")
      tokens.withLock { $0.decide = fresh }
    }
    count("decisions")
  }

  func read() async throws {
    let token = tokens.withLock { $0.manage }
    if try await automation.manage("GET", "/organizations", token: token).status != 200 {
      let fresh = try await automation.ownToken(scope: "usher:manage")
      tokens.withLock { $0.manage = fresh }
    }
    count("reads of the management API")
  }

  private func count(_ what: String) { done.withLock { $0[what, default: 0] += 1 } }

  var summary: String {
    done.withLock { done in done.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ") }
  }
}
