package import AccessControl
internal import Primitives

/// Lists who holds which role in an organization, in the order of the assignments' ids.
package struct ListRoleAssignments: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  ///
  /// - Parameters:
  ///   - name: only what this one holds themselves; nil: everybody. Somebody unknown holds nothing.
  ///   - role: only of this role.
  ///   - scope: only those for exactly this resource.
  package func callAsFunction(
    in organization: OrganizationID, heldBy name: PrincipalName?, role: RoleID?, scope: ResourceName?, _ page: PageRequest,
    _ occasion: Occasion, env: Environment
  ) async throws -> Page<SeenAssignment> {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      var holder: RoleHolder?
      if let name {
        holder = try tx.principal(name, in: organization)
        guard holder != nil else { return Page(items: [], next: nil) }
      }
      let filter = AssignmentQuery(holder: holder, roles: role.map { [$0] }, scope: scope)
      return try tx.roleAssignments(in: organization, filter, page).map { try tx.see($0) }
    }
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
  ) async throws -> SeenAssignment {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      guard let found = try tx.roleAssignment(id), found.organization == organization else {
        throw RemoveRole.Refusal.assignmentUnknown
      }
      return try tx.see(found)
    }
  }
}

/// Lists the assignments of an organization that somebody took, or that ended with their holder, in the order in which they were given.
package struct ListPastRoleAssignments: Sendable {
  package init() {}

  /// Needs `role:view` and `audit:view` in the organization: it tells what otherwise only the records tell.
  ///
  /// - Parameters:
  ///   - name: only what this one held themselves, who need not be there any more; nil: everybody.
  ///   - role: only of this role, which need not be there any more.
  package func callAsFunction(
    in organization: OrganizationID, heldBy name: PrincipalName?, role: RoleID?, _ page: PageRequest, _ occasion: Occasion,
    env: Environment
  ) async throws -> Page<PastRoleAssignment> {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      _ = try tx.permit(.auditView, in: organization, occasion)
      return try tx.pastRoleAssignments(in: organization, heldBy: name, role: role, page)
    }
  }
}
