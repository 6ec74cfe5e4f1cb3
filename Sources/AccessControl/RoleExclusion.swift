/// Some roles, of which nobody is to have too many together (ANSI INCITS 359: separation of duty, a set of roles and a number).
package struct RoleExclusion: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Nobody holds so many of them in one organization, themselves, through groups or by roles that inherit from them.
    case `static`
    /// They may be held together, and not be used together: services say which of somebody's roles are active.
    case dynamic
  }

  package let id: RoleExclusionID
  package let name: String
  /// Empty where nobody wrote one.
  package let description: String
  package let kind: Kind
  /// Two at least.
  package let roles: Set<RoleID>
  /// So many of them are too many: from two to all of them.
  package let cardinality: Int
  /// Who made it: the portal or an organization. Never built in.
  package let origin: Role.Origin
  /// Where it counts.
  package let organizationKinds: Set<OrganizationKind>

  /// How many roles one may name.
  package static let maximumRoles = 50

  package init(
    id: RoleExclusionID, name: String, description: String = "", kind: Kind, roles: Set<RoleID>, cardinality: Int,
    origin: Role.Origin, organizationKinds: Set<OrganizationKind>
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.kind = kind
    self.roles = roles
    self.cardinality = cardinality
    self.origin = origin
    self.organizationKinds = organizationKinds
  }

  /// Whether it counts for what is held in the organization.
  package func counts(in organization: OrganizationFacts) -> Bool {
    guard organizationKinds.contains(organization.kind) else { return false }
    return switch origin {
    case .builtIn, .portal: true
    case .organization(let owner): owner == organization.id
    }
  }

  /// Whether these are too many together.
  ///
  /// - Parameter held: with every role that they inherit from (`RoleCatalog.withAncestors`).
  package func isBroken(by held: Set<RoleID>) -> Bool { roles.intersection(held).count >= cardinality }

  /// Whether nobody can break it without breaking the other.
  package func isBrokenOnly(where other: RoleExclusion) -> Bool {
    // Each role that the other does not name can take the place of one that it does.
    kind == other.kind && organizationKinds.isSubset(of: other.organizationKinds) && origin == other.origin
      && cardinality - roles.subtracting(other.roles).count >= other.cardinality
  }
}

extension RoleCatalog {
  /// These roles and all that they inherit from: whoever holds a role has what its ancestors give, and so holds those too.
  package func withAncestors(_ ids: some Sequence<RoleID>) -> Set<RoleID> {
    ids.reduce(into: Set(ids)) { all, id in all.formUnion(self[id]?.ancestors ?? []) }
  }

  /// These roles and all that inherit from them.
  package func withDescendants(_ ids: Set<RoleID>) -> Set<RoleID> {
    ids.union(all.lazy.filter { !$0.ancestors.isDisjoint(with: ids) }.map(\.id))
  }

  /// The roles that inherit from more than in another catalog, each with what it does not inherit from there.
  package func inheriting(moreThanIn other: RoleCatalog) -> [RoleID: Set<RoleID>] {
    all.reduce(into: [:]) { found, role in
      let more = role.ancestors.subtracting(other[role.id]?.ancestors ?? [])
      if !more.isEmpty { found[role.id] = more }
    }
  }
}
