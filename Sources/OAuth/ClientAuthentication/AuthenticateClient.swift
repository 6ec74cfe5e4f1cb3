internal import AccessControl
package import Identity
internal import Primitives

/// Finds out which application calls, by exactly the way it is registered for (RFC 6749 §2.3).
///
/// An unknown application, a wrong secret, a rotated-out one, the wrong way: all get one answer, after the same work (THREATS CLI1). Secrets
/// are 256 random bits, so their digests are compared; no slow hash is needed. Nor is a right one ever made to wait for the wrong ones that somebody
/// showed from the same address, so proving an application costs no look into the database.
package struct AuthenticateClient: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  /// - Throws: `OAuthError`: `invalid_client` (401), or 429 for wrong secrets while this address has shown too many (THREATS CLI2).
  package func callAsFunction(_ request: EndpointRequest, _ occasion: Occasion) async throws -> Application {
    let presented = try PresentedClient(request)
    let application = ApplicationID(presented.id).flatMap(env.policy.activeApplication)
    guard let secret = presented.secret else {
      guard let application, application.authentication == .none, presented.method == .none else {
        throw Self.refusal("no secret")
      }
      return application
    }
    let digests = (application?.secrets ?? []).filter { $0.expiresAt.map { occasion.now < $0 } ?? true }.map(\.digest)
    // Two secrets may be valid at a time; as many comparisons are made for an application that has fewer, or does not exist.
    let padded = digests + Array(repeating: Self.nobody, count: max(0, Application.validSecrets - digests.count))
    let matches = padded.filter(secret.digest.matches)
    guard let application, application.authentication == presented.method, !matches.isEmpty else {
      let throttle = ApplicationSecretThrottle(client: presented.id, actor: occasion.actor, env.keys)
      if let wait = try await throttle.wait(at: occasion.now, env: env) { throw Self.throttled(wait) }
      try await throttle.countFailure(of: application, occasion, env: env)
      throw Self.refusal(application == nil ? "unknown application" : "wrong secret or method")
    }
    return application
  }

  /// The digest of nothing anybody can present.
  private static let nobody = SecretDigest(stored: String(repeating: "-", count: 43))

  static func refusal(_ detail: String) -> OAuthError {
    OAuthError(
      .invalidClient, "The application is unknown or did not prove who it is.", detail: detail,
      challenge: #"Basic realm="usher", charset="UTF-8""#)
  }

  private static func throttled(_ wait: Duration) -> OAuthError {
    OAuthError(
      .invalidClient, "Too many wrong secrets from this address; please wait.", detail: "throttled",
      retryAfterSeconds: max(1, wait.wholeSeconds))
  }
}
