package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func roleExclusion(_ id: RoleExclusionID) throws -> DefinedExclusion? {
    try row("\(DefinedExclusion.select) WHERE id = $1", [.id(id)], DefinedExclusion.init)
  }

  func roleExclusions() throws -> [DefinedExclusion] { try rows(DefinedExclusion.select, [], DefinedExclusion.init) }

  /// Those that counted at a moment of the past.
  func roleExclusions(at moment: Timestamp) throws -> [DefinedExclusion] {
    try rows(
      """
      SELECT exclusion_id, organization_id, definition, created_at, valid_from, defined_by, version
      FROM role_exclusion_versions WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1)
      """, [.time(moment)], DefinedExclusion.init)
  }

  package func roleExclusionVersions(_ id: RoleExclusionID) throws -> [PastVersion<DefinedExclusion>] {
    try rows(
      """
      SELECT exclusion_id, organization_id, definition, created_at, valid_from, defined_by, version, valid_until
      FROM role_exclusion_versions WHERE exclusion_id = $1 ORDER BY version
      """, [.id(id)]
    ) { PastVersion(try DefinedExclusion($0), validUntil: try $0.optionalTime(7)) }
  }

  package func insert(_ exclusion: Warranted<DefinedExclusion>) throws {
    let defined = exclusion.change
    try change(
      """
      INSERT INTO role_exclusions (id, organization_id, definition, created_at, defined_at, defined_by, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(defined.exclusion.id), .id(defined.owner), .text(defined.exclusion.codedDefinition), .time(defined.createdAt),
        .time(defined.definedAt), .text(defined.definedBy), .integer(defined.version),
      ])
    try keepVersion(defined)
    try noteCatalogs()
  }

  package func update(_ exclusion: Warranted<DefinedExclusion>) throws -> Bool {
    let defined = exclusion.change
    let written = try change(
      """
      UPDATE role_exclusions SET definition = $3, defined_at = $4, defined_by = $5, version = version + 1
      WHERE id = $1 AND version = $2
      """,
      [
        .id(defined.exclusion.id), .integer(defined.version - 1), .text(defined.exclusion.codedDefinition),
        .time(defined.definedAt), .text(defined.definedBy),
      ])
    guard written > 0 else { return false }
    try endVersion(of: defined.exclusion.id, at: defined.definedAt)
    try keepVersion(defined)
    try noteCatalogs()
    return true
  }

  package func delete(_ exclusion: Warranted<ExclusionDeletion>) throws -> Bool {
    let deletion = exclusion.change
    let written = try change(
      "DELETE FROM role_exclusions WHERE id = $1 AND version = $2",
      [.id(deletion.exclusion.exclusion.id), .integer(deletion.exclusion.version)])
    guard written > 0 else { return false }
    try endVersion(of: deletion.exclusion.exclusion.id, at: deletion.endsAt)
    try noteCatalogs()
    return true
  }

  private func keepVersion(_ defined: DefinedExclusion) throws {
    try change(
      """
      INSERT INTO role_exclusion_versions
        (exclusion_id, version, organization_id, definition, created_at, valid_from, defined_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(defined.exclusion.id), .integer(defined.version), .id(defined.owner), .text(defined.exclusion.codedDefinition),
        .time(defined.createdAt), .time(defined.definedAt), .text(defined.definedBy),
      ])
  }

  private func endVersion(of exclusion: RoleExclusionID, at moment: Timestamp) throws {
    try change(
      "UPDATE role_exclusion_versions SET valid_until = $2 WHERE exclusion_id = $1 AND valid_until IS NULL",
      [.id(exclusion), .time(moment)])
  }
}

extension DefinedExclusion {
  fileprivate static let select =
    "SELECT id, organization_id, definition, created_at, defined_at, defined_by, version FROM role_exclusions"

  fileprivate var owner: OrganizationID? {
    if case .organization(let owner) = exclusion.origin { owner } else { nil }
  }

  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      exclusion: try RoleExclusion(try row.id(0), of: try row.optionalID(1), coded: try row.text(2)),
      createdAt: try row.time(3), definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}
