package import AccessControl
internal import Primitives

/// Lists applications: one organization's own, or all of them.
package struct ListApplications: Sendable {
  package init() {}

  /// Needs `application:view`, in the organization or, for all, in the portal.
  package func callAsFunction(
    of owner: OrganizationID?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Application> {
    try await env.read(occasion) { tx in
      _ = try tx.permit(.applicationView, of: owner, occasion)
      return try tx.applications(owner: owner, page)
    }
  }
}

/// Looks at one application.
package struct ViewApplication: Sendable {
  package enum Refusal: Error, Sendable { case unknown }

  package init() {}

  /// Needs `application:view` in the organization that owns it, or in the portal for one without owner.
  package func callAsFunction(_ id: ApplicationID, _ occasion: Occasion, env: Environment) async throws -> Application {
    try await env.read(occasion) { tx in
      guard let found = try tx.application(id) else {
        _ = try tx.permitInPortal(.applicationView, occasion)
        throw Refusal.unknown
      }
      _ = try tx.permit(.applicationView, of: found.owner, occasion)
      return found
    }
  }
}
