internal import Foundation
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

/// What people, a service and an administrator do at an installation without a pause, and what they were answered.
///
/// They may hear that something cannot be done now (502, 503, 504, an end of the connection), and nothing else that is wrong. Whoever checks a token
/// by the published keys may not even hear that.
final class Traffic: Sendable {
  /// What is done over and over.
  enum Deed: CaseIterable, Sendable {
    /// With the password, in a browser that was never there.
    case signIn
    /// A code of an open session is redeemed, and its refresh token renewed.
    case service
    /// An organization is registered by the management API.
    case management
    /// The keys are fetched, and the newest access token is checked by them.
    case check
  }

  /// Everything that was answered well.
  struct Answered: Sendable {
    fileprivate(set) var browsers: [TestBrowser] = []
    fileprivate(set) var spentCodes: [String] = []
    fileprivate(set) var spentRefreshTokens: [String] = []
    fileprivate(set) var refreshTokens: [String] = []
    fileprivate(set) var accessTokens: [String] = []
    fileprivate(set) var organizations: [String] = []
  }

  private struct State {
    var answered = Answered()
    /// How often each deed was done, and when it was begun the last time.
    var counts: [Deed: Int] = [:]
    var begun: [Deed: ContinuousClock.Instant] = [:]
    var failures: [String] = []
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private enum Outcome {
    case done
    case notNow
    case wrong(String)
  }

  private let installation: Installation
  private let client: HTTPClient
  private let service: TestApplication
  private let state = Mutex(State())

  private init(_ installation: Installation, through client: HTTPClient) {
    self.installation = installation
    self.client = client
    service = installation.service(through: client)
  }

  /// Lets them go on while `body` does something, and holds what was wrong against the test.
  ///
  /// - Parameter client: asks at the public address.
  static func run<Value>(
    at installation: Installation, through client: HTTPClient, _ body: (Traffic) async throws -> Value
  ) async throws -> (Traffic, Value) {
    let traffic = Traffic(installation, through: client)
    let browser = try installation.browser(through: client)
    #expect(try await browser.signIn(Installation.email).address == "/dashboard")
    let token = try await traffic.service.ownToken(scope: "usher:manage")
    let value = try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await traffic.repeatedly(.signIn) { try await traffic.signIn() } }
      group.addTask { await traffic.repeatedly(.service) { try await traffic.useService(browser) } }
      group.addTask { await traffic.repeatedly(.management) { try await traffic.register(token) } }
      group.addTask { await traffic.repeatedly(.check) { try await traffic.check() } }
      defer { group.cancelAll() }
      await traffic.goesOn()
      return try await body(traffic)
    }
    let (failures, counts) = traffic.state.withLock { ($0.failures, $0.counts) }
    #expect(Set(failures) == [], "\(failures.count), beside \(counts)")
    return (traffic, value)
  }

  private func repeatedly(_ deed: Deed, _ body: () async throws -> Outcome) async {
    while !Task.isCancelled {
      let begun = ContinuousClock.now
      var outcome: Outcome
      do { outcome = try await body() } catch { outcome = .notNow }
      // One that was cut off by the end of the test says nothing.
      if Task.isCancelled { return }
      if deed == .check, case .notNow = outcome { outcome = .wrong("the keys could not be fetched") }
      let waiting = state.withLock { state in
        switch outcome {
        case .done:
          state.counts[deed, default: 0] += 1
          state.begun[deed] = begun
        case .wrong(let what): state.failures.append("\(deed): \(what)")
        case .notNow: break
        }
        defer { state.waiting = [] }
        return state.waiting
      }
      for one in waiting { one.resume() }
    }
  }

  // MARK: the deeds

  private func signIn() async throws -> Outcome {
    let browser = try installation.browser(through: client)
    let page = try await browser.open("/sign-in")
    guard page.status == 200, let form = page.form(to: "/sign-in") else { return outcome(of: page.reply) }
    let fields = [("email", Installation.email), ("password", TestWorld.password), ("kind", "work")]
    let arrived = try await browser.submit(form, fields, following: false)
    guard arrived.status == 303, browser.cookie("usher_session") != nil else { return outcome(of: arrived.reply) }
    answered { $0.browsers.append(browser) }
    return .done
  }

  private func useService(_ browser: TestBrowser) async throws -> Outcome {
    let page = try await browser.open(service.authorizationPath(), following: false)
    let fields = service.returned(page.nextAddress)
    if fields?.first("error") == "temporarily_unavailable" { return .notNow }
    guard let code = fields?.first("code") else { return outcome(of: page.reply) }
    let redeemed = try await service.redeem(code)
    guard redeemed.status == 200, let access = try redeemed.json()["access_token"]?.stringValue,
      let first = try redeemed.json()["refresh_token"]?.stringValue
    else { return outcome(of: redeemed) }
    answered {
      $0.spentCodes.append(code)
      $0.accessTokens.append(access)
    }
    let renewed = try await service.refresh(first)
    guard renewed.status == 200, let second = try renewed.json()["refresh_token"]?.stringValue else {
      return outcome(of: renewed)
    }
    answered {
      $0.spentRefreshTokens.append(first)
      $0.refreshTokens.append(second)
    }
    return .done
  }

  private func register(_ token: String) async throws -> Outcome {
    let reply = try await service.manage("POST", "/organizations", .object(["name": "Fabrikam"]), token: token)
    guard reply.status == 201, let id = try reply.json()["id"]?.stringValue else { return outcome(of: reply) }
    answered { $0.organizations.append(id) }
    return .done
  }

  private func check() async throws -> Outcome {
    let reply = try await client.get("/oauth/jwks")
    guard reply.status == 200 else { return .wrong("the keys: \(reply.status)") }
    guard let token = answered.accessTokens.last else { return .done }
    return try Self.verifies(token, by: reply) ? .done : .wrong("a token does not verify")
  }

  private func answered(_ change: (inout Answered) -> Void) { state.withLock { change(&$0.answered) } }

  private func outcome(of reply: HTTPReply) -> Outcome {
    [502, 503, 504].contains(reply.status) ? .notNow : .wrong("\(reply.status) \(reply.text.prefix(300))")
  }

  /// Whether an access token was signed by one of the keys in an answer, as a service looks at it.
  static func verifies(_ token: String, by reply: HTTPReply) throws -> Bool {
    let keys = try reply.json()["keys"]?.arrayValue?.compactMap(\.objectValue).map { try VerificationKey(jwk: $0) } ?? []
    return (try? JWS.verify(token, type: "at+jwt") { id in keys.first { $0.id == id } }) != nil
  }

  // MARK: what came of them

  /// What was answered so far.
  var answered: Answered { state.withLock { $0.answered } }

  /// Returns once each deed was begun after this moment and done.
  ///
  /// - Returns: false when the deadline passed before.
  @discardableResult func goesOn(before deadline: ContinuousClock.Instant? = nil) async -> Bool {
    let now = ContinuousClock.now
    while !isDone(sinceAll: now) {
      if let deadline, deadline < .now { return false }
      await news()
    }
    return true
  }

  private func isDone(sinceAll moment: ContinuousClock.Instant) -> Bool {
    let begun = state.withLock { $0.begun }
    return Deed.allCases.allSatisfy { deed in begun[deed].map { $0 >= moment } ?? false }
  }

  /// Returns when tokens were checked some times more.
  func checks(_ count: Int) async {
    let target = state.withLock { $0.counts[.check, default: 0] } + count
    while state.withLock({ $0.counts[.check, default: 0] }) < target { await news() }
  }

  /// Returns when somebody has heard an answer, whatever it was.
  private func news() async { await withCheckedContinuation { one in state.withLock { $0.waiting.append(one) } } }

  /// Holds against the test what was answered and is not there: who signed in is signed in, what was given counts, what was used up stays used up.
  func expectEverythingAnswered() async throws {
    let (answered, service) = (answered, service)
    let token = try await service.ownToken(scope: "usher:manage")
    try await Self.each(answered.browsers) { browser in
      let status = try await browser.open("/dashboard", following: false).status
      #expect(status == 200, "a session is lost")
    }
    try await Self.each(answered.organizations) { id in
      let status = try await service.manage("GET", "/organizations/\(id)", token: token).status
      #expect(status == 200, "an organization is lost")
    }
    try await Self.each(answered.refreshTokens) { token in
      let status = try await service.refresh(token).status
      #expect(status == 200, "a refresh token is lost")
    }
    // Last: using one again ends what was given for it.
    try await expectRefused(codes: answered.spentCodes, refreshTokens: answered.spentRefreshTokens)
  }

  /// Holds against the test what can be used again where the database was set back to the moment of `before`, and what was answered before and is not
  /// there.
  func expectNothingUsedTwice(before: Answered) async throws {
    let (answered, service) = (answered, service)
    let token = try await service.ownToken(scope: "usher:manage")
    try await Self.each(before.organizations) { id in
      let status = try await service.manage("GET", "/organizations/\(id)", token: token).status
      #expect(status == 200, "an organization is lost")
    }
    try await expectRefused(
      codes: answered.spentCodes, refreshTokens: answered.refreshTokens + answered.spentRefreshTokens)
    try await Self.each(answered.accessTokens) { token in
      let isActive = try await service.introspect(token)["active"]
      #expect(isActive == .bool(false), "a token of before is active")
    }
    try await Self.each(answered.browsers) { browser in
      let status = try await browser.open("/dashboard", following: false).status
      #expect(status == 303, "a session of before is open")
    }
  }

  private func expectRefused(codes: [String], refreshTokens: [String]) async throws {
    try await Self.each(codes) { [service] code in
      let error = try await service.redeem(code).json()["error"]
      #expect(error == "invalid_grant", "a code can be used again")
    }
    try await Self.each(refreshTokens) { [service] token in
      let error = try await service.refresh(token).json()["error"]
      #expect(error == "invalid_grant", "a refresh token can be used again")
    }
  }

  /// Does something to each, four at a time.
  private static func each<Element: Sendable>(_ all: [Element], _ body: @escaping @Sendable (Element) async throws -> Void)
    async throws
  {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<4 {
        group.addTask { for index in stride(from: lane, to: all.count, by: 4) { try await body(all[index]) } }
      }
      try await group.waitForAll()
    }
  }
}
