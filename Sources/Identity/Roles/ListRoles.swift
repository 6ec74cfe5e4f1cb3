package import AccessControl
internal import Primitives

/// A role that can be held in an organization, and whether the one who asks may hand it out there.
package struct OfferedRole: Sendable, Hashable {
  package let role: Role
  package let mayAssign: Bool
  package let mayInvite: Bool
}

/// One role, as somebody sees it who looks at it in one place.
package struct SeenRole: Sendable {
  package let offered: OfferedRole
  /// Nil for a built-in one.
  package let defined: DefinedRole?
  /// What its permissions mean.
  package let catalog: PermissionCatalog
}

/// Lists the roles that can be held in an organization.
package struct ListRoles: Sendable {
  package struct Listed: Sendable {
    package let roles: [OfferedRole]
    /// What their permissions mean.
    package let catalog: PermissionCatalog
  }

  package init() {}

  /// Needs `role:view` in the organization.
  package func callAsFunction(in organization: OrganizationID, _ occasion: Occasion, env: Environment) async throws -> Listed {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, in: organization, occasion)
      return Listed(roles: permit.offeredRoles, catalog: permit.authority.catalog)
    }
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

/// Looks at one role that can be held in an organization.
package struct ViewRole: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  ///
  /// - Throws: `RoleDefinitionRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> SeenRole {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, in: organization, occasion)
      guard let role = permit.roles[id], role.canBeHeld(in: permit.target.organization) else {
        throw RoleDefinitionRefusal.unknown
      }
      return permit.see(role, try tx.definedRole(id))
    }
  }
}

/// Lists how a defined role was defined, oldest version first, also of one that was deleted.
package struct ListRoleVersions: Sendable {
  package init() {}

  /// Needs `role:view` in the organization, or for a role of the portal there.
  ///
  /// - Throws: `RoleDefinitionRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    of id: RoleID, in organization: OrganizationID?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<PastVersion<DefinedRole>> {
    try await env.read(occasion) { tx in
      _ = try tx.permit(.roleView, of: organization, occasion)
      let versions = try tx.roleVersions(id)
      guard versions.last?.thing.isDefined(in: organization) == true else { throw RoleDefinitionRefusal.unknown }
      let after = page.after.flatMap { Int64($0) } ?? 0
      let left = versions.filter { $0.thing.version > after }
      let items = Array(left.prefix(page.limit))
      return Page(items: items, next: left.count > items.count ? items.last.map { String($0.thing.version) } : nil)
    }
  }
}

/// The roles for every organization of their kinds, built-in and defined, and the table of permissions. Neither is anybody's secret: whoever writes
/// a service for the portal needs both.
package struct ViewCatalogs: Sendable {
  package init() {}

  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws -> Catalogs {
    try await env.read(occasion) { tx in try tx.catalogs() }
  }
}

/// Looks at one role for every organization of its kinds.
package struct ViewPortalRole: Sendable {
  package struct Viewed: Sendable {
    package let role: Role
    package let catalogs: Catalogs
    /// Nil for a built-in one.
    package let defined: DefinedRole?
  }

  package init() {}

  /// - Throws: `RoleDefinitionRefusal.unknown`, also for the role of an organization.
  package func callAsFunction(_ id: RoleID, _ occasion: Occasion, env: Environment) async throws -> Viewed {
    try await env.read(occasion) { tx in
      let catalogs = try tx.catalogs()
      guard let role = catalogs.roles[id], role.isForEveryOrganization else { throw RoleDefinitionRefusal.unknown }
      return Viewed(role: role, catalogs: catalogs, defined: try tx.definedRole(id))
    }
  }
}

/// Looks at one permission.
package struct ViewPermission: Sendable {
  package struct Viewed: Sendable {
    package let definition: PermissionDefinition
    /// Nil for a built-in one.
    package let defined: DefinedPermission?
  }

  package init() {}

  /// - Throws: `PermissionDefinitionRefusal.unknown`.
  package func callAsFunction(_ permission: Permission, _ occasion: Occasion, env: Environment) async throws -> Viewed {
    try await env.read(occasion) { tx in
      guard let definition = try tx.catalogs().permissions.definition(of: permission) else {
        throw PermissionDefinitionRefusal.unknown
      }
      return Viewed(definition: definition, defined: try tx.definedPermission(permission))
    }
  }
}

extension Permit {
  /// Every role of this organization, with what the permit's holder may do with it.
  package var offeredRoles: [OfferedRole] { roles.roles(heldIn: target.organization).map(offer) }

  func see(_ role: Role, _ defined: DefinedRole?) -> SeenRole {
    SeenRole(offered: offer(role), defined: defined, catalog: authority.catalog)
  }

  /// The same of one that is just being defined.
  func see(_ defined: DefinedRole) -> SeenRole {
    see(roles.with(defined.role)[defined.role.id] ?? defined.role, defined)
  }

  private func offer(_ role: Role) -> OfferedRole {
    OfferedRole(
      role: role, mayAssign: authority.mayGrant(role, by: .assignment, at: target),
      mayInvite: authority.mayGrant(role, by: .invitation, at: target))
  }
}
