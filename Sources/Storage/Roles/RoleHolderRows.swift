package import AccessControl
package import Identity
package import Primitives

/// Who holds roles, found from the roles. Two tables hold assignments (`Migration.principals`).
extension SQLTransaction {
  package func roleHoldings(ofAny roles: Set<RoleID>, at now: Timestamp) throws -> [RoleHolding] {
    guard !roles.isEmpty else { return [] }
    let listed = Self.placeholders(roles.count, from: 2)
    return try rows(
      """
      SELECT organization_id, account_id, application_id, group_id, subject_id, role_id FROM further_role_assignments
      WHERE (ends_at IS NULL OR ends_at > $1) AND role_id IN (\(listed))
      UNION ALL
      SELECT organization_id, account_id, application_id, CAST(NULL AS TEXT), CAST(NULL AS TEXT), role_id FROM role_assignments
      WHERE role_id IN (\(listed))
      """, [.time(now)] + roles.sorted().map { .id($0) }
    ) { RoleHolding(organization: try $0.id(0), holder: try RoleHolder($0, from: 1), role: try $0.id(5)) }
  }

  package func roleHolders(ofAny roles: Set<RoleID>, atMost count: Int) throws -> [RoleHolder] {
    guard !roles.isEmpty else { return [] }
    let listed = Self.placeholders(roles.count, from: 2)
    return try rows(
      """
      SELECT account_id, application_id, group_id, subject_id FROM further_role_assignments WHERE role_id IN (\(listed))
      UNION
      SELECT account_id, application_id, CAST(NULL AS TEXT), CAST(NULL AS TEXT) FROM role_assignments WHERE role_id IN (\(listed))
      LIMIT $1
      """, [.count(count)] + roles.sorted().map { .id($0) }
    ) { try RoleHolder($0, from: 0) }
  }

  private static func placeholders(_ count: Int, from first: Int) -> String {
    (first..<first + count).map { "$\($0)" }.joined(separator: ", ")
  }
}
