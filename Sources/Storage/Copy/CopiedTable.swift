/// A table of the schema, for whoever moves all that is stored.
struct CopiedTable: Sendable {
  let name: String
  /// The columns that tell its rows apart, and in whose order they are read.
  let key: [String]

  init(_ name: String, _ key: String...) {
    self.name = name
    self.key = key
  }

  /// Whether a migration put rows into it, which are no contents.
  var isSeeded: Bool { ["audit_heads", "policy_history"].contains(name) }

  /// Every table with rows of ours, in an order in which rows may be put in: what they refer to stands before them.
  ///
  /// Not among them: `schema_migrations`, `policy_state` and `policy_changes`, which each database keeps for itself.
  static let all = [
    CopiedTable("settings", "name"),
    CopiedTable("organizations", "id"),
    CopiedTable("permissions", "resource_type", "action"),
    CopiedTable("permission_versions", "resource_type", "action", "version"),
    CopiedTable("roles", "id"),
    CopiedTable("role_versions", "role_id", "version"),
    CopiedTable("role_exclusions", "id"),
    CopiedTable("role_exclusion_versions", "exclusion_id", "version"),
    CopiedTable("role_limits", "owner", "role_id"),
    CopiedTable("role_limit_versions", "owner", "role_id", "version"),
    CopiedTable("agreements", "id"),
    CopiedTable("purchasing_accounts", "id"),
    CopiedTable("resources", "type", "id"),
    CopiedTable("accounts", "id"),
    CopiedTable("pending_sign_ups", "link"),
    CopiedTable("memberships", "account_id", "organization_id"),
    CopiedTable("applications", "id"),
    CopiedTable("application_audiences", "audience"),
    CopiedTable("initial_access_tokens", "digest"),
    CopiedTable("groups", "id"),
    CopiedTable("subjects", "id"),
    CopiedTable("group_members", "group_id", "member"),
    CopiedTable("role_assignments", "id"),
    CopiedTable("further_role_assignments", "id"),
    CopiedTable("past_role_assignments", "id"),
    CopiedTable("access_reviews", "id"),
    CopiedTable("access_review_items", "review_id", "id"),
    CopiedTable("assignment_uses", "assignment_id"),
    CopiedTable("policy_history", "kind", "id", "valid_from"),
    CopiedTable("invitations", "id"),
    CopiedTable("invitation_links", "digest"),
    CopiedTable("passwords", "account_id"),
    CopiedTable("peppers", "id"),
    CopiedTable("devices", "account_id", "digest"),
    CopiedTable("throttles", "throttle_key"),
    CopiedTable("sessions", "id"),
    CopiedTable("grants", "id"),
    CopiedTable("authorization_codes", "digest"),
    CopiedTable("refresh_families", "digest"),
    CopiedTable("revoked_tokens", "token_id"),
    CopiedTable("signing_keys", "id"),
    CopiedTable("audit_entries", "id"),
    CopiedTable("audit_heads", "name"),
    CopiedTable("audit_checkpoints", "position"),
    CopiedTable("failure_counts", "hour", "event"),
    CopiedTable("letters", "id"),
    CopiedTable("jobs", "id"),
  ]

  static let keptByEach = ["schema_migrations", "policy_state", "policy_changes"]
}

/// A column as an engine declares it.
package struct DeclaredColumn: Sendable, Hashable {
  package let name: String
  package let kind: Kind

  package enum Kind: Sendable { case text, integer, boolean }

  /// - Parameter type: as the engine writes it, in any case.
  package init?(name: String, type: String) {
    self.name = name
    switch type.lowercased() {
    case "text": kind = .text
    case "bigint": kind = .integer
    case "boolean": kind = .boolean
    default: return nil
    }
  }

  func value(_ row: any SQLRow, _ column: Int) throws -> SQLValue {
    if try row.isNull(column) { return .null }
    return switch kind {
    case .text: .text(try row.text(column))
    case .integer: .integer(try row.integer(column))
    case .boolean: .boolean(try row.boolean(column))
    }
  }
}

extension SQLRow {
  package func declaredColumn(name: Int, type: Int) throws -> DeclaredColumn {
    guard let column = DeclaredColumn(name: try text(name), type: try text(type)) else {
      throw StoredValue.unreadable("column of a type that the schema uses", type)
    }
    return column
  }
}
