internal import AccessControl
package import Identity
internal import Primitives

/// The revocation endpoint (RFC 7009). A refresh token ends its whole grant, access tokens included (§2.1); an access token ends alone.
package struct RevokeToken: Sendable {
  private let env: Environment
  private let verifier: AccessTokenVerifier

  package init(_ env: Environment, _ verifier: AccessTokenVerifier) {
    self.env = env
    self.verifier = verifier
  }

  /// Returning means 200 with an empty body, also for a token that does not count any more (§2.2).
  ///
  /// - Throws: `OAuthError`; `invalid_grant` for a token that was given to another application, which is left as it is (§2.1).
  package func callAsFunction(_ request: EndpointRequest) async throws {
    let occasion = env.occasion(of: request.actor)
    try request.refuseRepeated()
    let application = try await AuthenticateClient(env)(request, occasion)
    guard let token = request["token"] else { throw OAuthError(.invalidRequest, "The parameter token is missing.") }
    let acting = occasion.acting(as: .application(application.id))
    if let token = RefreshSecret(presented: token) {
      try await revoke(token, application, acting)
    } else if let verified = try verifier.verify(token, at: occasion.now) {
      try await revoke(verified, application, acting)
    }
  }

  /// A token that was renewed before still names what is to end.
  private func revoke(_ token: RefreshSecret, _ application: Application, _ occasion: Occasion) async throws {
    try await env.store.write { tx in
      guard let family = try tx.refreshFamily(token.familyDigest), let grant = try tx.grant(family.grant) else { return }
      guard grant.application == application.id else { throw Self.anotherApplications }
      try tx.end(grant, as: .revoked, occasion)
    }
  }

  private func revoke(_ token: VerifiedToken, _ application: Application, _ occasion: Occasion) async throws {
    guard token.application.id == application.id else { throw Self.anotherApplications }
    let claims = token.claims
    try await env.store.write { tx in
      try tx.revokeToken(claims.tokenID, until: claims.expiresAt + AccessTokenVerifier.leeway + .seconds(1))
      try tx.record(
        .tokenRevoked, on: application.id.auditName, in: claims.organization, occasion,
        details: ["token": .string(claims.tokenID)])
    }
  }

  private static let anotherApplications = OAuthError(.invalidGrant, "The token was given to another application.")
}
