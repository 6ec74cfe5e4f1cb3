internal import AuthZEN
internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives

/// The decision endpoint (Authorization API 1.0): may this person do this to that? The hottest path of the house: no statement, no lock held long,
/// JSON by hand.
struct DecisionRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    [
      .post(
        DescribeDecisionPoint.evaluationPath, .bytes(types: ["application/json"], limit: EvaluateAccess.maximumBytes),
        OAuthAnswer.of(evaluate)),
      .get(DescribeDecisionPoint.path, metadata),
    ]
  }

  /// Asked with an access token for this endpoint and the scope `usher:decide`. A request id of the caller comes back as it is (§10.1.3).
  private func evaluate(_ exchange: Exchange) async throws -> Answer {
    let env = web.identity
    let caller = try web.tokens(
      try exchange.bearerToken(), audience: env.settings.decisionAudience, scope: Scope.decide, at: env.clock())
    try await SeenRevision.reached(by: exchange, env)
    let revision = env.policy.revision
    var answer: Answer
    do {
      answer = .json(try EvaluateAccess()(exchange.body, askedBy: caller.application, knowing: env.policy)).restingOn(revision)
    } catch {
      switch error {
      case .tooLarge: throw Failure.contentTooLarge
      case .unavailable: throw Failure.unavailable(retryAfter: .seconds(1))
      case .malformed(let sentence): answer = Self.malformed(sentence)
      }
    }
    if let theirs = exchange.headers[.xRequestID] { answer.headers[.xRequestID] = theirs }
    return answer
  }

  /// The standard leaves the body of an error to us; it looks like the others of this server.
  private static func malformed(_ sentence: String) -> Answer {
    var writer = JSONWriter(capacity: 160)
    writer.beginObject()
    writer.member("error", "invalid_request")
    writer.member("error_description", sentence)
    writer.endObject()
    return .json(writer.bytes, .badRequest)
  }

  private func metadata(_ exchange: Exchange) async throws -> Answer {
    Answer.json(try WireJSON.encode(DescribeDecisionPoint.metadata(publicAddress: web.identity.settings.publicAddress)))
      .public(seconds: 300)
  }
}
