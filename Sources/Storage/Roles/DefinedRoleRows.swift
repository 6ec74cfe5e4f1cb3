package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func definedRole(_ id: RoleID) throws -> DefinedRole? {
    try row("\(DefinedRole.select) WHERE id = $1", [.id(id)], DefinedRole.init)
  }

  func definedRoles() throws -> [DefinedRole] { try rows(DefinedRole.select, [], DefinedRole.init) }

  /// Those that counted at a moment of the past.
  func definedRoles(at moment: Timestamp) throws -> [DefinedRole] {
    try rows(
      """
      SELECT role_id, organization_id, definition, created_at, valid_from, defined_by, version
      FROM role_versions WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1)
      """, [.time(moment)], DefinedRole.init)
  }

  package func roleVersions(_ id: RoleID) throws -> [PastVersion<DefinedRole>] {
    try rows(
      """
      SELECT role_id, organization_id, definition, created_at, valid_from, defined_by, version, valid_until
      FROM role_versions WHERE role_id = $1 ORDER BY version
      """, [.id(id)]
    ) { PastVersion(try DefinedRole($0), validUntil: try $0.optionalTime(7)) }
  }

  package func uses(of role: RoleID) throws -> RoleUses {
    let assignments = try row(
      """
      SELECT COUNT(*) + (SELECT COUNT(*) FROM further_role_assignments WHERE role_id = $1) FROM role_assignments WHERE role_id = $1
      """, [.id(role)]
    ) { try $0.count(0) }
    // The list is JSON, and no id needs escaping in it.
    let invitations = try row(
      "SELECT COUNT(*) FROM invitations WHERE state = 'pending' AND REPLACE(roles, $1, '') <> roles", [.text("\"\(role.text)\"")]
    ) { try $0.count(0) }
    return RoleUses(assignments: assignments ?? 0, invitations: invitations ?? 0)
  }

  package func insert(_ role: Warranted<DefinedRole>) throws {
    let defined = role.change
    try change(
      """
      INSERT INTO roles (id, organization_id, definition, created_at, defined_at, defined_by, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(defined.role.id), .id(defined.owner), .text(defined.role.codedDefinition), .time(defined.createdAt),
        .time(defined.definedAt), .text(defined.definedBy), .integer(defined.version),
      ])
    try keepVersion(defined)
    try noteCatalogs()
  }

  package func update(_ role: Warranted<DefinedRole>) throws -> Bool {
    let defined = role.change
    let written = try change(
      "UPDATE roles SET definition = $3, defined_at = $4, defined_by = $5, version = version + 1 WHERE id = $1 AND version = $2",
      [
        .id(defined.role.id), .integer(defined.version - 1), .text(defined.role.codedDefinition), .time(defined.definedAt),
        .text(defined.definedBy),
      ])
    guard written > 0 else { return false }
    try endVersion(of: defined.role.id, at: defined.definedAt)
    try keepVersion(defined)
    try noteCatalogs()
    return true
  }

  package func delete(_ role: Warranted<RoleDeletion>) throws -> Bool {
    let deletion = role.change
    let written = try change(
      "DELETE FROM roles WHERE id = $1 AND version = $2", [.id(deletion.role.role.id), .integer(deletion.role.version)])
    guard written > 0 else { return false }
    try endVersion(of: deletion.role.role.id, at: deletion.endsAt)
    try noteCatalogs()
    return true
  }

  private func keepVersion(_ defined: DefinedRole) throws {
    try change(
      """
      INSERT INTO role_versions (role_id, version, organization_id, definition, created_at, valid_from, defined_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(defined.role.id), .integer(defined.version), .id(defined.owner), .text(defined.role.codedDefinition),
        .time(defined.createdAt), .time(defined.definedAt), .text(defined.definedBy),
      ])
  }

  private func endVersion(of role: RoleID, at moment: Timestamp) throws {
    try change(
      "UPDATE role_versions SET valid_until = $2 WHERE role_id = $1 AND valid_until IS NULL", [.id(role), .time(moment)])
  }
}

extension DefinedRole {
  fileprivate static let select = "SELECT id, organization_id, definition, created_at, defined_at, defined_by, version FROM roles"

  fileprivate var owner: OrganizationID? {
    if case .organization(let owner) = role.origin { owner } else { nil }
  }

  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      role: try Role(try row.id(0), of: try row.optionalID(1), coded: try row.text(2)), createdAt: try row.time(3),
      definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}
