internal import AccessControl
package import Identity
internal import Primitives
package import Wire

/// The introspection endpoint (RFC 7662): tells a resource server whether a token counts now, and what it says.
///
/// A token is active only for those it is meant for: the resource server that is its audience, or an application the operator marked as
/// introspecting for all. To everybody else it looks like a token that never existed (THREATS INT1). Roles and scopes are those that
/// count now, not those written (INT2). A miss writes nothing (INT4).
package struct Introspect: Sendable {
  private let env: Environment
  private let verifier: AccessTokenVerifier

  package init(_ env: Environment, _ verifier: AccessTokenVerifier) {
    self.env = env
    self.verifier = verifier
  }

  /// - Throws: `OAuthError`: the caller is not authenticated (401), or nothing can be confirmed now (503).
  package func callAsFunction(_ request: EndpointRequest) async throws -> IntrospectionResponse {
    let occasion = env.occasion(of: request.actor)
    try request.refuseRepeated()
    let caller = try await AuthenticateClient(env)(request, occasion)
    // RFC 7662 §2.1: the endpoint needs authorization, and a public client has none to show (THREATS CLI4).
    guard !caller.isPublic else { throw AuthenticateClient.refusal("public application") }
    guard let token = request["token"] else { throw OAuthError(.invalidRequest, "The parameter token is missing.") }
    if let token = RefreshSecret(presented: token) {
      return try await refreshToken(token, caller, at: occasion.now) ?? .inactive
    }
    guard let verified = try verifier.verify(token, at: occasion.now), isMeant(verified.audience, for: caller) else {
      return .inactive
    }
    return describe(verified)
  }

  private func isMeant(_ audience: String, for caller: Application) -> Bool {
    caller.introspectsForAll || caller.audiences.contains(where: audience.isExactly)
  }

  private func describe(_ token: VerifiedToken) -> IntrospectionResponse {
    let claims = token.claims
    var answer = IntrospectionResponse(active: true)
    answer.issuer = env.settings.publicAddress
    answer.subject = claims.subjectName
    answer.audience = [claims.audience]
    answer.clientID = claims.application.text
    answer.scope = token.scopes.isEmpty ? nil : ScopeList.write(token.scopes)
    answer.tokenType = "Bearer"
    answer.expiresAt = claims.expiresAt.seconds
    answer.issuedAt = claims.issuedAt.seconds
    answer.tokenID = claims.tokenID
    answer.organization = claims.organization?.text
    answer.roles = token.roles?.map(\.text)
    if case .person(_, _, _, let session, let authenticatedAt) = claims.subject {
      answer.sessionID = session.text
      answer.authenticatedAt = authenticatedAt.seconds
      answer.authenticationContext = AuthenticationContext.password
      answer.authenticationMethods = AuthenticationContext.methods
    }
    return answer
  }

  /// A refresh token is active for the application it belongs to, and for nobody else: no resource server is ever shown one.
  private func refreshToken(_ token: RefreshSecret, _ caller: Application, at now: Timestamp) async throws
    -> IntrospectionResponse?
  {
    let settings = env.settings
    return try await env.store.read { tx in
      guard let family = try tx.refreshFamily(token.familyDigest), family.turn.matches(token.turnDigest), now <= family.expiresAt,
        let grant = try tx.grant(family.grant), grant.application == caller.id,
        case .inForce(let application, _) = try tx.standing(of: grant, at: now, settings)
      else { return nil }
      var answer = IntrospectionResponse(active: true)
      answer.subject = grant.account.text
      answer.clientID = caller.id.text
      answer.scope = ScopeList.write(grant.scopes(for: application))
      answer.issuedAt = family.issuedAt.seconds
      answer.expiresAt = family.expiresAt.seconds
      answer.organization = grant.organization?.text
      answer.sessionID = grant.session.text
      return answer
    }
  }
}
