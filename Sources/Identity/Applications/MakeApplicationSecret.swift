package import AccessControl
internal import Primitives

/// Gives an application a new secret. The one before stays valid for a while, so that a service can be moved over without an interruption; an
/// even older one dies at once (THREATS CLI3).
package struct MakeApplicationSecret: Sendable {
  package enum Refusal: Error, Sendable {
    /// A public application has no secret.
    case publicApplication
  }

  package init() {}

  /// Needs `application:manage` where the application belongs.
  ///
  /// - Returns: the secret, shown this once and stored only as its digest.
  /// - Throws: `Refusal`, `ChangeApplication.Refusal`, `AccessDenied`.
  package func callAsFunction(_ id: ApplicationID, _ occasion: Occasion, env: Environment) async throws -> RegisteredApplication {
    let secret = occasion.newSecret()
    let oldSecret = env.settings.lifetimes.oldSecret
    let application = try await env.write(occasion) { tx in
      var application = try tx.applicationToChange(id, occasion)
      guard !application.isPublic else { throw Refusal.publicApplication }
      let predecessor = application.secrets.max { $0.createdAt < $1.createdAt }.map { current in
        var current = current
        current.expiresAt = occasion.now + oldSecret
        return current
      }
      application.secrets =
        [Application.Secret(digest: secret.digest, createdAt: occasion.now)] + [predecessor].compactMap(\.self)
      guard try tx.update(application) else { throw ChangeApplication.Refusal.changedMeanwhile }
      application.version += 1
      try tx.record(.applicationSecretMade, on: id.auditName, in: application.owner, occasion)
      return application
    }
    return RegisteredApplication(application: application, secret: secret)
  }
}
