/// The permissions of a role: a list, or everything there is where the role is held.
package enum PermissionSet: Hashable, Sendable {
  /// Computed at each decision from the catalog and the kind of organization, so that a permission added later is included.
  case everything
  /// Exactly these.
  case listed(Set<Permission>)

  /// Whether the set names the permission, in an organization of this kind. Knows nothing of organizations and their members.
  package func contains(_ permission: Permission, in kind: OrganizationKind, of catalog: PermissionCatalog) -> Bool {
    switch self {
    case .everything: catalog.everything(in: kind).contains(permission)
    case .listed(let permissions): permissions.contains(permission) && catalog.has(permission, in: kind)
    }
  }

  /// The permissions the set comes to in an organization of this kind.
  package func permissions(in kind: OrganizationKind, of catalog: PermissionCatalog) -> Set<Permission> {
    switch self {
    case .everything: catalog.everything(in: kind)
    case .listed(let permissions): permissions.filter { catalog.has($0, in: kind) }
    }
  }
}
