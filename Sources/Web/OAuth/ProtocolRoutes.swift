internal import HTTPTypes
internal import Identity
package import OAuth
internal import Primitives
internal import Wire

/// The endpoints of OAuth that applications call themselves. Each parses, calls its rule, and writes the answer.
struct ProtocolRoutes: Sendable {
  let web: WebEnvironment

  private var env: Environment { web.identity }

  var routes: [Route] {
    [
      .post(EndpointPath.token, .form, OAuthAnswer.of(token)),
      .post(EndpointPath.introspect, .form, OAuthAnswer.of(introspect)),
      .post(EndpointPath.revoke, .form, OAuthAnswer.of(revoke)),
      .get(EndpointPath.userInfo, OAuthAnswer.of(userInfo)),
      .post(EndpointPath.userInfo, .none, OAuthAnswer.of(userInfo)),
      .post(EndpointPath.register, .bytes(types: ["application/json"], limit: 64 * 1024), OAuthAnswer.of(register)),
    ]
  }

  private func token(_ exchange: Exchange) async throws -> Answer {
    let response = try await TokenEndpoint(env)(request(exchange))
    // RFC 6749 §5.1 asks for both headers that keep an answer from being kept; the front adds the other.
    return .json(try WireJSON.encode(response)).with(.constant("Pragma"), "no-cache")
  }

  private func introspect(_ exchange: Exchange) async throws -> Answer {
    .json(try WireJSON.encode(try await Introspect(env, web.tokens)(request(exchange))))
  }

  private func revoke(_ exchange: Exchange) async throws -> Answer {
    try await RevokeToken(env, web.tokens)(request(exchange))
    return Answer(.ok)
  }

  private func userInfo(_ exchange: Exchange) async throws -> Answer {
    .json(try WireJSON.encode(try await ReadUserInfo(env, web.tokens)(try exchange.bearerToken())))
  }

  private func register(_ exchange: Exchange) async throws -> Answer {
    let token = try exchange.bearerToken()
    let metadata: ClientMetadata
    do { metadata = try WireJSON.decode(ClientMetadata.self, from: exchange.body) } catch {
      throw OAuthError(.invalidClientMetadata, "The body is not the JSON object of RFC 7591, or names a member twice.")
    }
    let response = try await RegisterClient(env)(metadata, token, web.actor(.anonymous, exchange))
    return .json(try WireJSON.encode(response), .created)
  }

  private func request(_ exchange: Exchange) -> EndpointRequest {
    EndpointRequest(
      authorization: exchange.headers[values: .authorization], form: exchange.form, actor: web.actor(.anonymous, exchange))
  }
}

extension Exchange {
  /// The access token of the request, from the `Authorization` header and nowhere else (THREATS INT3).
  package func bearerToken() throws(OAuthError) -> BearerToken {
    try BearerToken(authorization: headers[values: .authorization], query: query)
  }
}

/// How a refusal of a standard is answered (RFC 6749 §5.2, RFC 6750 §3).
enum OAuthAnswer {
  static func of(_ handler: @escaping Handler) -> Handler {
    { exchange in
      do { return try await handler(exchange) } catch let error as OAuthError { return try Self.refusal(error) }
    }
  }

  static func refusal(_ error: OAuthError) throws -> Answer {
    var answer = Answer.json(try WireJSON.encode(error.response), HTTPResponse.Status(code: error.status))
    if let challenge = error.challenge { answer.headers[.wwwAuthenticate] = challenge }
    if let wait = error.retryAfterSeconds { answer.headers[.retryAfter] = String(wait) }
    return answer
  }
}
