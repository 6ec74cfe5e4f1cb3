package import AccessControl
internal import Primitives

/// Lists the groups of an organization: all, or those to which somebody belongs.
package struct ListGroups: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Parameter member: nil lists all; somebody unknown belongs to none.
  package func callAsFunction(
    of organization: OrganizationID, with member: PrincipalName?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Group> {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      guard let member else { return try tx.groups(of: organization, page) }
      guard let member = try tx.principal(member, in: organization)?.groupMember else { return Page(items: [], next: nil) }
      let ids = try tx.groupMemberships(of: member).filter { $0.organization == organization }.map(\.group)
      let slice = Page(ofAll: ids, page) { $0.text }
      return Page(items: try slice.items.compactMap { try tx.group($0) }, next: slice.next)
    }
  }
}

/// Looks at one group.
package struct ViewGroup: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Throws: `GroupRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    _ id: GroupID, of organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Group {
    try await env.read(with: .userView, in: organization, occasion) { tx in try tx.group(id, of: organization) }
  }
}

/// Lists who belongs to a group: people first, then applications, then registered subjects.
package struct ListGroupMembers: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Throws: `GroupRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    of id: GroupID, in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<SeenGroupMember> {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      _ = try tx.group(id, of: organization)
      return try tx.members(of: id, page).map { SeenGroupMember(membership: $0, name: try tx.name(of: $0.member.holder)) }
    }
  }
}
