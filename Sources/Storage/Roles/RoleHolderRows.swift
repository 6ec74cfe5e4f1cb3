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

  package func holders(
    ofAny roles: Set<RoleID>, countedIn organization: OrganizationID?, ifMoreThan number: Int, at now: Timestamp
  ) throws -> [OrganizationID: Int] {
    guard !roles.isEmpty else { return [:] }
    var values: [SQLValue] = [.time(now), .count(number)] + roles.sorted().map { .id($0) }
    var condition = "role_id IN (\(Self.placeholders(roles.count, from: 3)))"
    if let organization {
      values.append(.id(organization))
      condition += " AND organization_id = $\(values.count)"
    }
    // Who comes up in several of the three is counted once.
    let counted = try rows(
      """
      SELECT organization_id, COUNT(*) FROM (
        SELECT organization_id, account_id, application_id, CAST(NULL AS TEXT) AS subject_id FROM role_assignments
        WHERE \(condition)
        UNION
        SELECT organization_id, account_id, application_id, subject_id FROM further_role_assignments
        WHERE group_id IS NULL AND (ends_at IS NULL OR ends_at > $1) AND \(condition)
        UNION
        SELECT organization_id, account_id, application_id, subject_id FROM group_members
        WHERE group_id IN (
          SELECT group_id FROM further_role_assignments
          WHERE group_id IS NOT NULL AND (ends_at IS NULL OR ends_at > $1) AND \(condition)
        )
      ) AS holders GROUP BY organization_id HAVING COUNT(*) > $2
      """, values
    ) { (try $0.id(0) as OrganizationID, try $0.count(1)) }
    return Dictionary(counted) { first, _ in first }
  }
}
