/// Both tables that give assignments their meaning, as they stand at one moment.
package struct Catalogs: Sendable {
  package let roles: RoleCatalog
  package let permissions: PermissionCatalog

  /// What Usher knows from the start.
  package static let builtIn = Catalogs(roles: .builtInOnly, permissions: .builtIn)

  package init(roles: RoleCatalog, permissions: PermissionCatalog) {
    self.roles = roles
    self.permissions = permissions
  }
}
