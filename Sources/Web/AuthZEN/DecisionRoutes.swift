internal import AuthZEN
internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives

/// The decision endpoints (Authorization API 1.0): may this person do this to that, and who may, to what, and how? The hottest path of the house: no
/// statement, no lock held long, JSON by hand.
struct DecisionRoutes: Sendable {
  private let web: WebEnvironment
  private let description: DescribeDecisionPoint

  init(web: WebEnvironment) {
    self.web = web
    description = DescribeDecisionPoint(web.identity)
  }

  /// Everything the standard defines for callers stands below.
  static let root = "/access/"

  var routes: [Route] {
    let document = DecisionAPIDocument(issuer: web.identity.settings.publicAddress).encoded()
    return [
      .get(DescribeDecisionPoint.path(of: web.identity.settings.publicAddress), metadata),
      .get(DecisionAPIDocument.path) { _ in .json(document).with(.cacheControl, "public, max-age=300") },
    ] + EvaluationEndpoint.allCases.map(evaluations) + SearchKind.allCases.map(search)
  }

  private func evaluations(_ asked: EvaluationEndpoint) -> Route {
    let evaluate = EvaluateAccess(saying: web.renderer.tables)
    return endpoint(asked.path, limit: asked.bodyLimit) { body, asker, env, now in
      let evaluations = try asked.read(body)
      let answer =
        evaluations.asksTheStore
        ? try await evaluate.explained(evaluations, askedBy: asker, at: now, env: env)
        : try evaluate(evaluations, askedBy: asker, knowing: env.policy, at: now)
      return .json(answer.bytes).restingOn(answer.revision)
    }
  }

  private func search(_ kind: SearchKind) -> Route {
    let search = SearchEntities(vouchingWith: web.identity.keys.searches)
    return endpoint(DescribeDecisionPoint.searchPath(kind), limit: EvaluationLimits.questionBytes) { body, asker, env, now in
      let answer = try search(kind, body, askedBy: asker, knowing: env.policy, at: now)
      return .json(answer.bytes).restingOn(answer.revision)
    }
  }

  private typealias Ask = @Sendable ([UInt8], Application, Environment, Timestamp) async throws -> Answer

  /// Asked with an access token for this endpoint and the scope `usher:decide`.
  private func endpoint(_ path: String, limit: Int, _ ask: @escaping Ask) -> Route {
    .post(
      path, .bytes(types: ["application/json"], limit: limit),
      OAuthAnswer.of { exchange in
        let env = web.identity
        let now = env.clock()
        let caller = try web.tokens(
          try exchange.bearerToken(), audience: env.settings.decisionAudience, scope: Scope.decide, at: now)
        try await SeenRevision.reached(by: exchange, env)
        do { return try await ask(exchange.body, caller.application, env, now) } catch let refusal as EvaluationRefusal {
          return try Self.answer(to: refusal)
        }
      })
  }

  private static func answer(to refusal: EvaluationRefusal) throws(Failure) -> Answer {
    switch refusal {
    case .tooLarge: throw .contentTooLarge
    case .unavailable: throw .unavailable(retryAfter: .seconds(1))
    case .malformed(let sentence): return .json(ProtocolSurface.document("invalid_request", sentence), .badRequest)
    }
  }

  private func metadata(_ exchange: Exchange) async throws -> Answer {
    Answer.json(try WireJSON.encode(description())).public(seconds: DescribeDecisionPoint.maximumAge)
  }
}
