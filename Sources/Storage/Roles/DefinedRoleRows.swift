package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func definedRole(_ id: RoleID) throws -> DefinedRole? { try definition(.id(id)) }

  package func roleVersions(_ id: RoleID) throws -> [PastVersion<DefinedRole>] { try definitionVersions(.id(id)) }

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

  package func insert(_ role: Warranted<DefinedRole>) throws { try insertDefinition(role.change) }

  package func update(_ role: Warranted<DefinedRole>) throws -> Bool {
    let before = try catalogs().roles
    guard try updateDefinition(role.change) else { return false }
    given.inheriting.merge(try catalogs().roles.inheriting(moreThanIn: before)) { $0.union($1) }
    return true
  }

  package func delete(_ role: Warranted<RoleDeletion>) throws -> Bool {
    try deleteDefinition(role.change.role, at: role.change.endsAt)
  }
}

extension DefinedRole: StoredDefinition {
  static let tables = DefinitionTables(
    current: "roles", versions: "role_versions", "id", "organization_id", firstOfVersions: "role_id", keyLength: 1)

  var columns: [SQLValue] { [.id(role.id), .id(role.origin.owner)] }
  var coded: String { role.codedDefinition }

  init(_ row: any SQLRow) throws {
    self.init(
      role: try Role(try row.id(0), of: try row.optionalID(1), coded: try row.text(2)), createdAt: try row.time(3),
      definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}
