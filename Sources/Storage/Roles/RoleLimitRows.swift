package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func roleLimit(of role: RoleID, from origin: Role.Origin) throws -> DefinedLimit? {
    try definition(.text(origin.column), .id(role))
  }

  package func roleLimitVersions(of role: RoleID, from origin: Role.Origin) throws -> [PastVersion<DefinedLimit>] {
    try definitionVersions(.text(origin.column), .id(role))
  }

  package func insert(_ limit: Warranted<DefinedLimit>) throws {
    try insertDefinition(limit.change)
    given.limits.insert(limit.change.limit)
  }

  package func update(_ defined: Warranted<DefinedLimit>) throws -> Bool {
    let limit = defined.change.limit
    let before = try roleLimit(of: limit.role, from: limit.origin)
    guard try updateDefinition(defined.change) else { return false }
    if before.map({ limit.maximum < $0.limit.maximum }) ?? true { given.limits.insert(limit) }
    return true
  }

  package func delete(_ limit: Warranted<LimitDeletion>) throws -> Bool {
    try deleteDefinition(limit.change.limit, at: limit.change.endsAt)
  }
}

extension DefinedLimit: StoredDefinition {
  static let tables = DefinitionTables(
    current: "role_limits", versions: "role_limit_versions", "owner", "role_id", keyLength: 2)

  var columns: [SQLValue] { [.text(limit.origin.column), .id(limit.role)] }
  var coded: String { limit.codedDefinition }

  init(_ row: any SQLRow) throws {
    let owner = try row.text(0)
    let origin = Role.Origin(owner: owner.isEmpty ? nil : try row.id(0))
    self.init(
      limit: try RoleLimit(of: try row.id(1), from: origin, coded: try row.text(2)), createdAt: try row.time(3),
      definedAt: try row.time(4), definedBy: try row.text(5), version: try row.integer(6))
  }
}

extension Role.Origin {
  /// Part of a key, which takes no NULL: empty for the portal.
  fileprivate var column: String { owner?.text ?? "" }
}
