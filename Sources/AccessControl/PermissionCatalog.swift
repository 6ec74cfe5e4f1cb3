/// The table of all permissions there are: the built-in ones, and those that operators add for the services of the portal.
///
/// A permission that stands in no table grants nothing, whichever role lists it.
package struct PermissionCatalog: Sendable {
  /// Every definition, sorted by permission.
  package let definitions: [PermissionDefinition]
  private let byPermission: [Permission: PermissionDefinition]
  private let byKind: [OrganizationKind: Set<Permission>]

  /// The permissions Usher knows from the start.
  package static let builtIn = PermissionCatalog(adding: [])

  /// The built-in table and `additions`; an addition never replaces a built-in permission, and of two additions the first stays.
  package init(adding additions: [PermissionDefinition]) {
    let byPermission = Dictionary(
      (Self.builtInDefinitions + additions).map { ($0.permission, $0) }, uniquingKeysWith: { first, _ in first })
    var byKind: [OrganizationKind: Set<Permission>] = [:]
    for definition in byPermission.values {
      for kind in definition.kinds where !(kind == .partner && definition.servesPartners) {
        byKind[kind, default: []].insert(definition.permission)
      }
    }
    self.byPermission = byPermission
    self.byKind = byKind
    self.definitions = byPermission.values.sorted { $0.permission < $1.permission }
  }

  /// The types of resource that are Usher's own affair. Nobody defines a permission about them: a later version of Usher may, and would find it in
  /// roles already.
  package static let ownResourceTypes: Set<String> = Set(
    builtInDefinitions.filter { !$0.isCustomerData }.map(\.permission.resourceType) + ["purchasing-account"])

  /// Whether the permission is one that Usher knows from the start.
  package static func isBuiltIn(_ permission: Permission) -> Bool { builtIn.definition(of: permission) != nil }

  /// Whether a role may give the permission under a condition. Usher's own operations ask without properties, so a condition on what only they ask
  /// for would never be met: it is for services' questions, about customers' data and what operators defined.
  package static func takesConditions(_ permission: Permission) -> Bool {
    builtIn.definition(of: permission)?.isCustomerData ?? true
  }

  /// The row of a permission, or nil when there is no such permission.
  package func definition(of permission: Permission) -> PermissionDefinition? { byPermission[permission] }

  /// What "everything" comes to in an organization of this kind: every permission that means something there, except those that a partner
  /// has only by a role that lists them.
  package func everything(in kind: OrganizationKind) -> Set<Permission> { byKind[kind] ?? [] }

  /// Whether the permission exists and means something in an organization of this kind.
  package func has(_ permission: Permission, in kind: OrganizationKind) -> Bool {
    byPermission[permission]?.kinds.contains(kind) ?? false
  }
}
