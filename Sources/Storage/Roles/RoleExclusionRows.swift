package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func roleExclusion(_ id: RoleExclusionID) throws -> DefinedExclusion? { try definition(.id(id)) }

  package func roleExclusionVersions(_ id: RoleExclusionID) throws -> [PastVersion<DefinedExclusion>] {
    try definitionVersions(.id(id))
  }

  package func insert(_ exclusion: Warranted<DefinedExclusion>) throws {
    try insertDefinition(exclusion.change)
    given.exclusions.insert(exclusion.change.exclusion)
  }

  package func update(_ defined: Warranted<DefinedExclusion>) throws -> Bool {
    let exclusion = defined.change.exclusion
    let before = try roleExclusion(exclusion.id)
    guard try updateDefinition(defined.change) else { return false }
    if before.map({ !exclusion.isBrokenOnly(where: $0.exclusion) }) ?? true { given.exclusions.insert(exclusion) }
    return true
  }

  package func delete(_ exclusion: Warranted<ExclusionDeletion>) throws -> Bool {
    try deleteDefinition(exclusion.change.exclusion, at: exclusion.change.endsAt)
  }
}

extension DefinedExclusion: StoredDefinition {
  static let tables = DefinitionTables(
    current: "role_exclusions", versions: "role_exclusion_versions", "id", "organization_id", firstOfVersions: "exclusion_id",
    keyLength: 1)

  var columns: [SQLValue] { [.id(exclusion.id), .id(exclusion.origin.owner)] }
  var coded: String { exclusion.codedDefinition }

  init(_ row: any SQLRow) throws {
    self.init(
      exclusion: try RoleExclusion(try row.id(0), of: try row.optionalID(1), coded: try row.text(2)),
      createdAt: try row.time(3), definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}
