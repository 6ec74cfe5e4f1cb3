package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func roleAssignment(_ id: RoleAssignmentID) throws -> RoleAssignment? {
    try row("\(RoleAssignment.select) WHERE id = $1", [.id(id)], RoleAssignment.init)
  }

  package func roleAssignments(of holder: RoleHolder, in organization: OrganizationID) throws -> [RoleAssignment] {
    try rows(
      "\(RoleAssignment.select) WHERE \(holder.column) = $1 AND organization_id = $2 ORDER BY id",
      [.text(holder.id), .id(organization)], RoleAssignment.init)
  }

  package func roleAssignments(of holder: RoleHolder) throws -> [RoleAssignment] {
    try rows("\(RoleAssignment.select) WHERE \(holder.column) = $1 ORDER BY id", [.text(holder.id)], RoleAssignment.init)
  }

  package func roleAssignments(in organization: OrganizationID, _ request: PageRequest) throws -> Page<RoleAssignment> {
    try page(
      request, RoleAssignment.select, narrowedBy: [Narrowing("organization_id", .id(organization))], cursor: \.id.text,
      RoleAssignment.init)
  }

  package func insert(_ warranted: Warranted<RoleAssignment>) throws {
    let assignment = warranted.change
    try change(
      """
      INSERT INTO role_assignments (id, organization_id, \(assignment.holder.column), role_id, granted_by, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .id(assignment.id), .id(assignment.organization), .text(assignment.holder.id), .id(assignment.role),
        .text(assignment.grantedBy), .time(assignment.createdAt),
      ])
    note(assignment.holder)
  }

  package func delete(_ warranted: Warranted<RoleRemoval>) throws -> Bool {
    let assignment = warranted.change.assignment
    // Exactly what may be taken, and nothing else of that id.
    let holders = try changeReturning(
      """
      DELETE FROM role_assignments WHERE id = $1 AND organization_id = $2 AND role_id = $3 RETURNING account_id, application_id
      """, [.id(assignment.id), .id(assignment.organization), .id(assignment.role)]
    ) { try RoleHolder($0, from: 0) }
    holders.forEach(note)
    return !holders.isEmpty
  }

  package func activeHolders(ofAny roles: Set<RoleID>, in organization: OrganizationID) throws -> Int {
    guard !roles.isEmpty else { return 0 }
    let placeholders = (2..<roles.count + 2).map { "$\($0)" }.joined(separator: ", ")
    return try row(
      """
      SELECT COUNT(DISTINCT role_assignments.account_id)
      FROM role_assignments
      JOIN memberships ON memberships.account_id = role_assignments.account_id
        AND memberships.organization_id = role_assignments.organization_id
      JOIN accounts ON accounts.id = role_assignments.account_id
      WHERE role_assignments.organization_id = $1 AND memberships.state = 'active' AND accounts.state = 'active'
        AND role_assignments.role_id IN (\(placeholders))
      """,
      [.id(organization)] + roles.sorted().map { .id($0) }
    ) { try $0.count(0) } ?? 0
  }

  private func note(_ holder: RoleHolder) {
    switch holder {
    case .account(let id): changed.accounts.insert(id)
    case .application(let id): changed.applications.insert(id)
    }
  }
}

extension RoleAssignment {
  static let select = """
    SELECT id, organization_id, account_id, application_id, role_id, granted_by, created_at FROM role_assignments
    """

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), holder: try RoleHolder(row, from: 2), role: try row.id(4),
      grantedBy: try row.text(5), createdAt: try row.time(6))
  }
}

extension RoleHolder {
  fileprivate var column: String {
    switch self {
    case .account: "account_id"
    case .application: "application_id"
    }
  }

  fileprivate var id: String {
    switch self {
    case .account(let id): id.text
    case .application(let id): id.text
    }
  }

  /// Two columns of which exactly one is filled.
  fileprivate init(_ row: any SQLRow, from first: Int) throws {
    if let account: AccountID = try row.optionalID(first) {
      self = .account(account)
    } else {
      self = .application(try row.id(first + 1))
    }
  }
}
