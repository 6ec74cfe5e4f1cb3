package import AccessControl
package import Primitives

/// An application that was just registered, with its secret, which exists nowhere else. A public one has none.
package struct RegisteredApplication: Sendable {
  package let application: Application
  package let secret: SecretToken?
}

/// Registers a service: one that signs people in, one that is called with tokens, or both.
package struct RegisterApplication: Sendable {
  package enum Refusal: Error, Sendable {
    case flawed([ApplicationFlaw])
  }

  package init() {}

  /// Needs `application:manage` in the owner's organization, or in the portal for one without owner. Trust, introspecting for all, whom it admits,
  /// where it decides and tokens for services of others need it in the portal in any case.
  ///
  /// - Throws: `Refusal`, `AccessDenied`.
  package func callAsFunction(
    _ details: ApplicationDetails, owner: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> RegisteredApplication {
    let settings = env.settings
    let secret = details.authentication == .none ? nil : occasion.newSecret()
    let application = try await env.write(occasion) { tx in
      _ = try tx.permit(.applicationManage, of: owner, occasion)
      try tx.checkPortalSettings(details, before: nil, owner: owner, occasion)
      return try tx.register(details, owner: owner, secret: secret, settings, occasion)
    }
    return RegisteredApplication(application: application, secret: secret)
  }
}

extension Transaction {
  /// Stores a new application, and records it. Whoever calls this has checked that somebody may.
  func register(
    _ details: ApplicationDetails, owner: OrganizationID?, secret: SecretToken?, _ settings: IdentitySettings,
    _ occasion: Occasion,
    by token: InitialAccessToken? = nil
  ) throws -> Application {
    let found = try ApplicationRules.flaws(details, owner: owner, settings) + flaws(details, of: nil)
    guard found.isEmpty else { throw RegisterApplication.Refusal.flawed(found) }
    var application = Application(
      id: occasion.newID(), name: details.name, authentication: details.authentication,
      secrets: secret.map { [Application.Secret(digest: $0.digest, createdAt: occasion.now)] } ?? [],
      grantTypes: details.grantTypes,
      scopes: details.scopes, owner: owner, createdAt: occasion.now)
    details.apply(to: &application)
    try noteAudienceHolders(of: &application, before: nil)
    try insert(application)
    var after = application.auditState
    if let token { after["invitedBy"] = .string(token.createdBy) }
    try record(.applicationRegistered, on: application.id.auditName, in: owner, before: nil, after: after, occasion)
    return application
  }
}

extension Application {
  /// What the audit trail keeps of it: settings that decide about access. Never a secret or its digest.
  var auditState: JSONObject {
    [
      "state": .string(state.rawValue), "authentication": .string(authentication.rawValue), "trusted": .bool(isTrusted),
      "introspectsForAll": .bool(introspectsForAll), "admits": .string(admits.rawValue),
      "scopes": .array(scopes.sorted().map { .string($0) }),
      "grantTypes": .array(grantTypes.map(\.rawValue).sorted().map { .string($0) }),
      "redirectURIs": .array(redirectURIs.map { .string($0) }), "audiences": .array(audiences.map { .string($0) }),
      "requestableAudiences": .array(requestableAudiences.map { .string($0) }),
      "decidesIn": decidesIn.map { .array($0.sorted().map { .string($0.text) }) } ?? .null, "version": .integer(version),
    ]
  }
}
