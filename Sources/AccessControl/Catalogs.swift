internal import Primitives

/// The tables that give assignments their meaning, as they stand at one moment.
package struct Catalogs: Sendable {
  package let roles: RoleCatalog
  package let permissions: PermissionCatalog
  /// Which roles exclude each other, sorted by id.
  package let exclusions: [RoleExclusion]
  /// How many may hold a role, by the role; the portal's first.
  package let limits: [RoleID: [RoleLimit]]

  /// What Usher knows from the start.
  package static let builtIn = Catalogs(roles: .builtInOnly, permissions: .builtIn)

  package init(
    roles: RoleCatalog, permissions: PermissionCatalog, exclusions: [RoleExclusion] = [], limits: [RoleLimit] = []
  ) {
    self.roles = roles
    self.permissions = permissions
    self.exclusions = exclusions.sorted { $0.id < $1.id }
    self.limits = Dictionary(grouping: limits, by: \.role).mapValues { limits in
      limits.sorted { ($0.origin.owner?.text ?? "") < ($1.origin.owner?.text ?? "") }
    }
  }

  /// The exclusions of a kind that count in the organization.
  package func exclusions(_ kind: RoleExclusion.Kind, in organization: OrganizationFacts) -> [RoleExclusion] {
    exclusions.filter { $0.kind == kind && $0.counts(in: organization) }
  }
}
