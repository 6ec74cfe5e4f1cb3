package import AccessControl
internal import Primitives

/// Lists registered resources: one organization's, or all.
package struct ListResources: Sendable {
  package init() {}

  /// Needs `resource:manage`, in the organization or, for all, in the portal.
  package func callAsFunction(
    of organization: OrganizationID?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<RegisteredResource> {
    try await env.read(occasion) { tx in
      _ =
        try organization.map { try tx.permit(.resourceManage, in: $0, occasion) } ?? tx.permitInPortal(.resourceManage, occasion)
      return try tx.resources(organization: organization, page)
    }
  }
}

/// Looks at one registered resource.
package struct ViewResource: Sendable {
  package enum Refusal: Error, Sendable { case unknown }

  package init() {}

  /// Needs `resource:manage` in the portal.
  package func callAsFunction(type: String, id: String, _ occasion: Occasion, env: Environment) async throws -> RegisteredResource
  {
    try await env.read(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      guard let found = try tx.resource(type: type, id: id) else { throw Refusal.unknown }
      return found
    }
  }
}
