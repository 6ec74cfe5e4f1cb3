package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func definedPermission(_ permission: Permission) throws -> DefinedPermission? {
    try row(
      "\(DefinedPermission.select) WHERE resource_type = $1 AND action = $2", permission.key, DefinedPermission.init)
  }

  func definedPermissions() throws -> [DefinedPermission] { try rows(DefinedPermission.select, [], DefinedPermission.init) }

  /// Those that counted at a moment of the past.
  func definedPermissions(at moment: Timestamp) throws -> [DefinedPermission] {
    try rows(
      """
      SELECT resource_type, action, definition, created_at, valid_from, defined_by, version
      FROM permission_versions WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1)
      """, [.time(moment)], DefinedPermission.init)
  }

  package func permissionVersions(_ permission: Permission) throws -> [PastVersion<DefinedPermission>] {
    try rows(
      """
      SELECT resource_type, action, definition, created_at, valid_from, defined_by, version, valid_until
      FROM permission_versions WHERE resource_type = $1 AND action = $2 ORDER BY version
      """, permission.key
    ) { PastVersion(try DefinedPermission($0), validUntil: try $0.optionalTime(7)) }
  }

  package func insert(_ permission: Warranted<DefinedPermission>) throws {
    let defined = permission.change
    try change(
      """
      INSERT INTO permissions (resource_type, action, definition, created_at, defined_at, defined_by, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      defined.definition.permission.key + [
        .text(defined.definition.codedDefinition), .time(defined.createdAt), .time(defined.definedAt), .text(defined.definedBy),
        .integer(defined.version),
      ])
    try keepVersion(defined)
    try noteCatalogs()
  }

  package func update(_ permission: Warranted<DefinedPermission>) throws -> Bool {
    let defined = permission.change
    let written = try change(
      """
      UPDATE permissions SET definition = $4, defined_at = $5, defined_by = $6, version = version + 1
      WHERE resource_type = $1 AND action = $2 AND version = $3
      """,
      defined.definition.permission.key + [
        .integer(defined.version - 1), .text(defined.definition.codedDefinition), .time(defined.definedAt),
        .text(defined.definedBy),
      ])
    guard written > 0 else { return false }
    try endVersion(of: defined.definition.permission, at: defined.definedAt)
    try keepVersion(defined)
    try noteCatalogs()
    return true
  }

  package func delete(_ permission: Warranted<PermissionDeletion>) throws -> Bool {
    let (defined, end) = (permission.change.permission, permission.change.endsAt)
    let written = try change(
      "DELETE FROM permissions WHERE resource_type = $1 AND action = $2 AND version = $3",
      defined.definition.permission.key + [.integer(defined.version)])
    guard written > 0 else { return false }
    try endVersion(of: defined.definition.permission, at: end)
    try noteCatalogs()
    return true
  }

  private func keepVersion(_ defined: DefinedPermission) throws {
    try change(
      """
      INSERT INTO permission_versions (resource_type, action, version, definition, created_at, valid_from, defined_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      defined.definition.permission.key + [
        .integer(defined.version), .text(defined.definition.codedDefinition), .time(defined.createdAt), .time(defined.definedAt),
        .text(defined.definedBy),
      ])
  }

  private func endVersion(of permission: Permission, at moment: Timestamp) throws {
    try change(
      """
      UPDATE permission_versions SET valid_until = $3 WHERE resource_type = $1 AND action = $2 AND valid_until IS NULL
      """, permission.key + [.time(moment)])
  }
}

extension Permission {
  fileprivate var key: [SQLValue] { [.text(resourceType), .text(action)] }
}

extension DefinedPermission {
  fileprivate static let select = """
    SELECT resource_type, action, definition, created_at, defined_at, defined_by, version FROM permissions
    """

  fileprivate init(_ row: any SQLRow) throws {
    let permission = Permission(try row.text(0), try row.text(1))
    self.init(
      definition: try PermissionDefinition(permission, coded: try row.text(2)), createdAt: try row.time(3),
      definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}
