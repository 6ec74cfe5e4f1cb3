package import AccessControl
internal import Primitives

/// A role that can be held in an organization, and whether the one who asks may hand it out there.
package struct OfferedRole: Sendable, Hashable {
  package let role: Role
  package let mayAssign: Bool
  package let mayInvite: Bool
}

/// Lists the roles that can be held in an organization.
package struct ListRoles: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  package func callAsFunction(in organization: OrganizationID, _ occasion: Occasion, env: Environment) async throws
    -> [OfferedRole]
  {
    try await env.read(occasion) { tx in try tx.permit(.roleView, in: organization, occasion).offeredRoles }
  }
}

/// Lists the roles somebody may put into an invitation.
package struct ListInvitableRoles: Sendable {
  package init() {}

  /// Needs `user:invite` in the organization.
  package func callAsFunction(in organization: OrganizationID, _ occasion: Occasion, env: Environment) async throws -> [Role] {
    try await env.read(occasion) { tx in
      try tx.permit(.userInvite, in: organization, occasion).offeredRoles.filter(\.mayInvite).map(\.role)
    }
  }
}

extension Permit {
  /// Every role of this organization, with what the permit's holder may do with it.
  package var offeredRoles: [OfferedRole] {
    RoleCatalog.builtInOnly.roles(heldIn: target.organization).map { role in
      OfferedRole(
        role: role, mayAssign: authority.mayGrant(role, by: .assignment, at: target),
        mayInvite: authority.mayGrant(role, by: .invitation, at: target))
    }
  }
}
