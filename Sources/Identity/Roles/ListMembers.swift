package import AccessControl
internal import Primitives

/// Lists the members of an organization with their roles, guests among them, in the order of their account ids.
package struct ListMembers: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  package func callAsFunction(
    of organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Member> {
    try await env.read(with: .userView, in: organization, occasion) { tx in try tx.members(of: organization, page) }
  }
}

/// Looks at one member.
package struct ViewMember: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Throws: `MembershipRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    _ account: AccountID, of organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Member {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      guard let member = try tx.member(account, in: organization) else { throw MembershipRefusal.unknown }
      return member
    }
  }
}

extension Member {
  /// Whether this organization is the person's home: it governs the account, not only the membership.
  package var isAtHome: Bool { account.home == membership.organization }
}
