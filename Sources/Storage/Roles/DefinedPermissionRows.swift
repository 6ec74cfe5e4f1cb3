package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func definedPermission(_ permission: Permission) throws -> DefinedPermission? {
    try definition(.text(permission.resourceType), .text(permission.action))
  }

  package func permissionVersions(_ permission: Permission) throws -> [PastVersion<DefinedPermission>] {
    try definitionVersions(.text(permission.resourceType), .text(permission.action))
  }

  package func insert(_ permission: Warranted<DefinedPermission>) throws { try insertDefinition(permission.change) }

  package func update(_ permission: Warranted<DefinedPermission>) throws -> Bool { try updateDefinition(permission.change) }

  package func delete(_ permission: Warranted<PermissionDeletion>) throws -> Bool {
    try deleteDefinition(permission.change.permission, at: permission.change.endsAt)
  }
}

extension DefinedPermission: StoredDefinition {
  static let tables = DefinitionTables(
    current: "permissions", versions: "permission_versions", "resource_type", "action", keyLength: 2)

  var columns: [SQLValue] { [.text(definition.permission.resourceType), .text(definition.permission.action)] }
  var coded: String { definition.codedDefinition }

  init(_ row: any SQLRow) throws {
    let permission = Permission(try row.text(0), try row.text(1))
    self.init(
      definition: try PermissionDefinition(permission, coded: try row.text(2)), createdAt: try row.time(3),
      definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}
