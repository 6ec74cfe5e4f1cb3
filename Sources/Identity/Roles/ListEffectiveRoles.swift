package import AccessControl
internal import Primitives

/// Lists every role that somebody has in an organization, assigned or inherited, each with its origin (ANSI INCITS 359: AuthorizedRoles).
package struct ListEffectiveRoles: Sendable {
  package struct Item: Sendable, Hashable {
    package let role: RoleID
    package let origin: RoleOrigin
  }

  package init() {}

  /// Needs `role:view` in the organization. A role that comes in several ways stands there several times; what has not begun or has ended stands there too.
  ///
  /// - Throws: `ReviewRefusal`, `AccessDenied`.
  package func callAsFunction(
    of name: PrincipalName, in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Item> {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, in: organization, occasion)
      let items = try tx.assignments(reaching: name, in: permit.organization, permit.roles, occasion).flatMap { reaching in
        [Item(role: reaching.role.id, origin: reaching.origin(through: []))]
          + permit.roles.ancestors(of: reaching.role).map { Item(role: $0.ancestor.id, origin: reaching.origin(through: $0.way)) }
      }
      return Page(ofAll: items, page) { "\($0.role) \($0.origin.assignment.id)" }
    }
  }
}

/// Lists everything that somebody may do in an organization, each with its origin (ANSI INCITS 359: UserPermissions).
package struct ListEffectivePermissions: Sendable {
  package struct Item: Sendable, Hashable {
    package let permission: Permission
    package let origin: RoleOrigin
    /// It counts only where this is met.
    package let condition: Condition?
  }

  package init() {}

  /// Needs `role:view` in the organization. A permission that comes in several ways stands there several times.
  ///
  /// - Throws: `ReviewRefusal`, `AccessDenied`.
  package func callAsFunction(
    of name: PrincipalName, in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Item> {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, in: organization, occasion)
      var items: [(item: Item, key: String)] = []
      for reaching in try tx.assignments(reaching: name, in: permit.organization, permit.roles, occasion) {
        for (turn, grant) in permit.grants(of: reaching.role).enumerated() {
          let item = Item(
            permission: grant.permission, origin: reaching.origin(through: grant.through), condition: grant.condition)
          // The turn tells the conditions apart under which one role gives one permission.
          items.append((item, "\(grant.permission) \(reaching.assignment.id) \(turn)"))
        }
      }
      return Page(ofAll: items, page) { $0.key }.map(\.item)
    }
  }
}

/// Lists what a role gives in an organization, its own and what it inherits (ANSI INCITS 359: RolePermissions).
package struct ListRoleGrants: Sendable {
  package struct Item: Sendable, Hashable {
    package let permission: Permission
    /// The roles by which it is inherited: a parent first, the one that gives it by itself last. Empty for its own.
    package let through: [RoleID]
    /// It counts only where this is met.
    package let condition: Condition?
  }

  package init() {}

  /// Needs `role:view` in the organization.
  ///
  /// - Throws: `ReviewRefusal`, `AccessDenied`.
  package func callAsFunction(
    of id: RoleID, in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Item> {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, in: organization, occasion)
      guard let role = permit.roles[id], role.canBeHeld(in: permit.target.organization) else { throw ReviewRefusal.roleUnknown }
      let items = permit.grants(of: role).enumerated().map { (item: $1, key: "\($1.permission) \($0)") }
      return Page(ofAll: items, page) { $0.key }.map(\.item)
    }
  }
}

extension Permit {
  /// Everything that a role gives in the permit's organization.
  fileprivate func grants(of role: Role) -> [ListRoleGrants.Item] {
    let (kind, catalog) = (organization.kind, authority.catalog)
    let always = role.effective.permissions(in: kind, of: catalog).map { permission in
      ListRoleGrants.Item(
        permission: permission, through: role.way(of: permission, in: kind, of: catalog) ?? [], condition: nil)
    }
    let conditionally = role.conditionalGrants.keys.flatMap { permission in
      role.conditionalGrants(of: permission, in: kind, of: catalog).map {
        ListRoleGrants.Item(permission: permission, through: $0.way, condition: $0.condition)
      }
    }
    return (always + conditionally).sorted { $0.permission < $1.permission }
  }
}
