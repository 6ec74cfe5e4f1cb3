package import AccessControl
internal import Primitives

/// Lists who holds which role in an organization: people and applications.
package struct ListRoleAssignments: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  package func callAsFunction(
    in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<RoleAssignment> {
    try await env.read(with: .roleView, in: organization, occasion) { tx in try tx.roleAssignments(in: organization, page) }
  }
}

/// Looks at one role assignment.
package struct ViewRoleAssignment: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  ///
  /// - Throws: `RemoveRole.Refusal.assignmentUnknown`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleAssignmentID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> RoleAssignment {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      guard let found = try tx.roleAssignment(id), found.organization == organization else {
        throw RemoveRole.Refusal.assignmentUnknown
      }
      return found
    }
  }
}
