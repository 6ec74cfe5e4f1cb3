package import AccessControl
internal import Primitives

/// What a person sees of themselves: their account, and what they hold where.
package struct Profile: Sendable {
  package struct Place: Sendable {
    package let organization: Organization
    package let membership: Membership
    /// Sorted by id.
    package let roles: [Role]
    /// What these roles come to there; empty while the membership is suspended or the organization closed.
    package let permissions: Set<Permission>
  }

  package let account: Account
  /// The home organization first.
  package let places: [Place]
}

/// Shows somebody their own profile. Nobody else's can be asked for.
package struct ViewProfile: Sendable {
  package enum Refusal: Error, Sendable {
    /// The actor is no person.
    case nobody
  }

  package init() {}

  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws -> Profile {
    try await env.read(occasion) { tx in
      guard let id = occasion.actor.account, let account = try tx.account(id) else { throw Refusal.nobody }
      let catalogs = try tx.catalogs()
      let held = try tx.roleAssignments(reaching: .account(id))
      let places = try tx.memberships(of: id).compactMap { membership -> Profile.Place? in
        guard let organization = try tx.organization(membership.organization) else { return nil }
        let roles = catalogs.roles.roles(
          held.filter { $0.organization == organization.id && $0.counts(at: occasion.now) }.map(\.role))
        let counts = membership.state == .active && organization.state == .active
        let permissions = roles.reduce(into: Set<Permission>()) { all, role in
          all.formUnion(role.effective.permissions(in: organization.kind, of: catalogs.permissions))
        }
        return Profile.Place(
          organization: organization, membership: membership, roles: roles, permissions: counts ? permissions : [])
      }
      return Profile(
        account: account,
        places: places.filter { $0.organization.id == account.home } + places.filter { $0.organization.id != account.home })
    }
  }
}
