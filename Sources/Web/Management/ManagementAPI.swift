internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives
internal import Wire

/// The management API: every operation of the table behind the same five steps.
///
/// 1. Who asks? An access token for this API, with its scope. 2. May they begin? The operation's declared permission, where its object belongs.
/// 3. Is the request well-formed? 4. The use case, which checks again while it acts. 5. The answer.
package struct ManagementAPI: Sendable {
  /// Where it is, below the public address; with that address before it, the audience of its tokens.
  package static let root = "/api/v1"
  /// The longest body, in bytes, of every operation that says nothing else.
  package static let maximumBytes = 65_536
  /// The longest body, in bytes, of an operation that takes many things at once: a thousand of a kilobyte each.
  package static let maximumBulkBytes = 1_048_576
  /// How many such bodies are held at once. Whoever comes with another one is asked to come again.
  static let bulkBodiesAtOnce = 8
  /// How many of them one organization, or the portal, sends at once.
  static let bulkBodiesOfOne = 2
  /// How many arrays and objects of a body may stand inside each other, the body itself counted.
  package static let maximumDepth = 8

  private let web: WebEnvironment
  private let operations: [Operation]
  private let bulk = BodiesAtOnce(bulkBodiesAtOnce, ofOne: bulkBodiesOfOne)

  package init(_ web: WebEnvironment) { self.init(web, OperationTable.operations) }

  /// An operation that needs what nobody can have, or that cannot be told from another, stops the start of the program.
  init(_ web: WebEnvironment, _ operations: [Operation]) {
    let flaws = OperationTable.flaws(operations)
    precondition(flaws.isEmpty, "the management API: \(flaws.joined(separator: "; "))")
    self.web = web
    self.operations = operations
  }

  package var routes: [Route] {
    let document = OpenAPIDocument(operations, issuer: web.identity.settings.publicAddress).encoded()
    return operations.map { operation in
      Route(operation.method, Self.root + operation.path, Self.body(of: operation)) { exchange in
        try await respond(to: exchange, operation)
      }
    } + [.get("/openapi.json") { _ in .json(document).with(.cacheControl, "public, max-age=300") }]
  }

  private static func body(of operation: Operation) -> Route.Body {
    guard operation.takes != nil else { return .none }
    let types = ["application/json"] + (operation.method == .patch ? ["application/merge-patch+json"] : [])
    return operation.isBulk
      ? .awaited(types: types, limit: operation.maximumBytes) : .bytes(types: types, limit: operation.maximumBytes)
  }

  private func respond(to exchange: Exchange, _ operation: Operation) async throws -> Answer {
    do {
      let occasion = try identify(exchange)
      try await SeenRevision.reached(by: exchange, web.identity)
      let before = web.identity.policy.revision
      try await operation.checkNeed(exchange.parameters, occasion, env: web.identity)
      let reply =
        try await isLong(exchange, operation)
        ? bulk.holding(for: exchange.parameters["organization"] ?? "") { try await perform(operation, exchange, occasion) }
        : perform(operation, exchange, occasion)
      return answer(reply, exchange).restingOn(operation.isWriting ? web.identity.policy.revision : before)
    } catch {
      guard let refused = ManagementRefusal(expected: error, namedVersion: exchange.headers[.ifMatch] != nil) else { throw error }
      let problem = refused.problem(issuer: web.identity.settings.publicAddress, instance: exchange.requestID)
      let challenge = (error as? OAuthError)?.challenge
      let answer = try Answer.json(WireJSON.encode(problem), .init(code: problem.status), type: Problem.mediaType)
      return challenge.map { answer.with(.wwwAuthenticate, $0) } ?? answer
    }
  }

  /// Whether the body may be longer than others are.
  private func isLong(_ exchange: Exchange, _ operation: Operation) -> Bool {
    guard operation.isBulk else { return false }
    return exchange.headers[.contentLength].flatMap { Int($0) }.map { $0 > Self.maximumBytes } ?? true
  }

  /// Steps 3 and 4.
  private func perform(_ operation: Operation, _ exchange: Exchange, _ occasion: Occasion) async throws -> Operation.Reply {
    let call = Call(
      parameters: exchange.parameters, query: try ManagementRequest.query(exchange.query, operation),
      body: try await exchange.wholeBody(), seen: try ManagementRequest.seenVersion(exchange.headers, operation),
      occasion: occasion, env: web.identity, tables: web.renderer.tables)
    return try await operation.perform(call)
  }

  /// Step 1.
  private func identify(_ exchange: Exchange) throws -> Occasion {
    let env = web.identity
    let bearer = try BearerToken(authorization: exchange.headers[values: .authorization], query: exchange.query)
    let token: VerifiedToken
    do {
      token = try web.tokens(bearer, audience: env.settings.managementAudience, scope: Scope.manage, at: env.clock())
    } catch  where error.code == .temporarilyUnavailable {
      throw Failure.unavailable(retryAfter: .seconds(1))
    }
    return env.occasion(
      of: Actor(
        token.who, address: exchange.clientAddress.description, requestID: exchange.requestID, standing: token.standing))
  }

  /// Step 5.
  private func answer(_ reply: Operation.Reply, _ exchange: Exchange) -> Answer {
    let base = web.identity.settings.publicAddress
    var answer = reply.body.isEmpty ? Answer(reply.status) : Answer.json(reply.body, reply.status)
    if let version = reply.version { answer.headers[.eTag] = ManagementRequest.entityTag(version) }
    if let location = reply.location { answer.headers[.location] = base + Self.root + location }
    if let next = reply.next {
      let query = FormFields(exchange.query.pairs.filter { $0.name != "after" } + [(name: "after", value: next)])
      answer.headers[.constant("Link")] = "<\(base)\(exchange.path)?\(query.encoded)>; rel=\"next\""
    }
    return answer
  }
}

extension Operation {
  /// Step 2. A permission that is missing is recorded before anything of the request was looked at.
  ///
  /// - Parameter places: what stood at the places of the path.
  func checkNeed(_ places: [String: String], _ occasion: Occasion, env: Environment) async throws {
    guard case .permission(let permission, let place) = need else { return }
    try await RequirePermission()(permission, at: place.object(places), occasion, env: env)
  }
}

extension Operation.Place {
  /// What the path names. Something that cannot be an id is looked for all the same, so that it is refused like any other unknown name.
  func object(_ parameters: [String: String]) -> RequirePermission.Place {
    func named<Tag>() -> Identifier<Tag> { parameters[rawValue].flatMap { Identifier<Tag>($0) } ?? Identifier<Tag>(trusted: "-") }
    return switch self {
    case .portal: .portal
    case .anywhere: .anywhere
    case .organization, .partner: .organization(named())
    case .agreement: .agreement(named())
    case .purchasingAccount: .purchasingAccount(named())
    case .application: .application(named())
    }
  }
}
