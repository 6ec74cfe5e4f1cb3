internal import AccessControl
package import Primitives

/// Makes a token with which somebody may register applications without having an account here (RFC 7591 §3).
package struct CreateInitialAccessToken: Sendable {
  package enum Refusal: Error, Sendable {
    /// Not 1 to 100 uses, or not 1 minute to 30 days.
    case outOfBounds
  }

  package init() {}

  /// Needs `application:manage` in the portal.
  ///
  /// - Returns: the token, shown this once and stored only as its digest.
  package func callAsFunction(
    uses: Int, lifetime: Duration, _ occasion: Occasion, env: Environment
  ) async throws -> (secret: SecretToken, token: InitialAccessToken) {
    guard (1...100).contains(uses), lifetime >= .minutes(1), lifetime <= .days(30) else { throw Refusal.outOfBounds }
    let secret = occasion.newSecret()
    let token = InitialAccessToken(
      digest: secret.digest, createdBy: occasion.actor.auditName, createdAt: occasion.now, expiresAt: occasion.now + lifetime,
      usesLeft: uses)
    try await env.write(occasion) { tx in
      let permit = try tx.permitInPortal(.applicationManage, occasion)
      try tx.insert(token)
      try tx.record(
        .initialAccessTokenMade, on: nil, in: permit.organization.id, occasion,
        details: ["uses": .integer(Int64(uses)), "expiresAt": .string(token.expiresAt.rfc3339)])
    }
    return (secret, token)
  }
}

/// Registers an application by such a token. It can ask for nothing that needs trust: the operator marks it afterwards, or does not.
package struct RegisterApplicationByToken: Sendable {
  package enum Refusal: Error, Sendable {
    /// Unknown, expired or used up: one case on purpose.
    case tokenNotUsable
    case flawed([ApplicationFlaw])
  }

  package init() {}

  /// A refusal of the details takes no use off the token.
  ///
  /// - Parameter details: of which only what concerns the application itself is taken; everything that needs trust is left out.
  package func callAsFunction(
    _ details: ApplicationDetails, _ token: SecretToken, _ occasion: Occasion, env: Environment
  ) async throws -> RegisteredApplication {
    let settings = env.settings
    let digest = token.digest
    let secret = details.authentication == .none ? nil : occasion.newSecret()
    var modest = ApplicationDetails(name: details.name, authentication: details.authentication, grantTypes: details.grantTypes)
    modest.redirectURIs = details.redirectURIs
    modest.postSignOutRedirectURIs = details.postSignOutRedirectURIs
    modest.scopes = details.scopes.intersection(Scope.aboutPeople)
    modest.signingAlgorithm = details.signingAlgorithm
    let wanted = modest
    do {
      let application = try await env.write(occasion) { tx in
        guard let used = try tx.useInitialAccessToken(digest, at: occasion.now) else { throw Refusal.tokenNotUsable }
        return try tx.register(wanted, owner: nil, secret: secret, settings, occasion, by: used)
      }
      return RegisteredApplication(application: application, secret: secret)
    } catch RegisterApplication.Refusal.flawed(let flaws) {
      throw Refusal.flawed(flaws)
    }
  }
}
