package import AccessControl
package import Identity
internal import Primitives

/// Two tables hold assignments (`Migration.principals`); here they are one.
extension SQLTransaction {
  package func roleAssignment(_ id: RoleAssignmentID) throws -> RoleAssignment? {
    try row(
      "\(RoleAssignment.further) WHERE id = $1 UNION ALL \(RoleAssignment.whole) WHERE id = $1", [.id(id)], RoleAssignment.init)
  }

  package func roleAssignments(of holder: RoleHolder, in organization: OrganizationID) throws -> [RoleAssignment] {
    try rows(
      "\(holder.selectHeld(and: "organization_id = $2")) ORDER BY id", [.text(holder.id), .id(organization)], RoleAssignment.init)
  }

  package func roleAssignments(of holder: RoleHolder) throws -> [RoleAssignment] {
    try rows("\(holder.selectHeld()) ORDER BY id", [.text(holder.id)], RoleAssignment.init)
  }

  package func roleAssignments(reaching holder: RoleHolder) throws -> [RoleAssignment] {
    guard let member = holder.groupMember else { return try roleAssignments(of: holder) }
    return try rows(
      """
      \(holder.selectHeld())
      UNION ALL \(RoleAssignment.further) WHERE group_id IN (SELECT group_id FROM group_members WHERE \(member.column) = $1)
      ORDER BY id
      """, [.text(holder.id)], RoleAssignment.init)
  }

  package func roleAssignments(reachingAnyOf subjects: Set<RegisteredSubjectID>) throws -> [RoleAssignment] {
    if subjects.count <= 1 { return try subjects.first.map { try roleAssignments(reaching: .subject($0)) } ?? [] }
    let given = given("$1", ["id": .text])
    return try rows(
      """
      \(RoleAssignment.further) WHERE subject_id IN (SELECT id FROM \(given))
      UNION ALL \(RoleAssignment.further) WHERE group_id IN (
        SELECT group_id FROM group_members WHERE subject_id IN (SELECT id FROM \(given)))
      ORDER BY id
      """, [.rows(subjects)], RoleAssignment.init)
  }

  /// What each holds itself, in the order of the assignments' ids.
  func roleAssignments(of subjects: Set<RegisteredSubjectID>) throws -> [RegisteredSubjectID: [RoleAssignment]] {
    if subjects.count <= 1 { return try subjects.first.map { [$0: try roleAssignments(of: .subject($0))] } ?? [:] }
    let found = try rows(
      "\(RoleAssignment.further) WHERE subject_id IN (SELECT id FROM \(given("$1", ["id": .text]))) ORDER BY id",
      [.rows(subjects)],
      RoleAssignment.init)
    return found.reduce(into: [:]) { held, assignment in
      if case .subject(let id) = assignment.holder { held[id, default: []].append(assignment) }
    }
  }

  package func roleAssignments(
    in organization: OrganizationID, _ filter: AssignmentQuery, _ request: PageRequest
  ) throws -> Page<RoleAssignment> {
    var values: [SQLValue] = [.text(request.after ?? ""), .id(organization)]
    func place(_ value: SQLValue) -> String {
      values.append(value)
      return "$\(values.count)"
    }
    var condition = "WHERE id > $1 AND organization_id = $2"
    if let holder = filter.holder { condition += " AND \(holder.column) = \(place(.text(holder.id)))" }
    if let roles = filter.roles {
      guard !roles.isEmpty else { return Page(items: [], next: nil) }
      condition += " AND role_id IN (\(roles.sorted().map { place(.id($0)) }.joined(separator: ", ")))"
    }
    var select = "\(RoleAssignment.further) \(condition)"
    if let scope = filter.scope {
      select += " AND scope_type = \(place(.text(scope.type))) AND scope_id = \(place(.text(scope.id)))"
    } else if filter.holder?.isInBothTables ?? true {
      select += " UNION ALL \(RoleAssignment.whole) \(condition)"
    }
    let found = try rows("\(select) ORDER BY id LIMIT \(place(.count(request.limit + 1)))", values, RoleAssignment.init)
    return Page(of: found, limit: request.limit, cursor: \.id.text)
  }

  package func insert(_ warranted: Warranted<RoleAssignment>) throws {
    let assignment = warranted.change
    try refuseASecond(assignment)
    if assignment.isStoredWhole {
      try change(
        """
        INSERT INTO role_assignments (id, organization_id, \(assignment.holder.column), role_id, reason, granted_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
          .id(assignment.id), .id(assignment.organization), .text(assignment.holder.id), .id(assignment.role),
          .text(assignment.reason), .text(assignment.grantedBy), .time(assignment.createdAt),
        ])
    } else {
      try change(
        """
        INSERT INTO further_role_assignments (
          id, organization_id, \(assignment.holder.column), role_id, scope_type, scope_id, starts_at, ends_at, reason, granted_by,
          created_at
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        [
          .id(assignment.id), .id(assignment.organization), .text(assignment.holder.id), .id(assignment.role),
          .text(assignment.scope?.type ?? ""), .text(assignment.scope?.id ?? ""), .time(assignment.startsAt),
          .time(assignment.endsAt), .text(assignment.reason), .text(assignment.grantedBy), .time(assignment.createdAt),
        ])
    }
    note(assignment.holder)
    let holding = RoleHolding(organization: assignment.organization, holder: assignment.holder, role: assignment.role)
    guard !warranted.isAgreed else {
      given.agreed.insert(holding)
      return
    }
    given.roles.insert(holding)
    given.more[Given.Holding(assignment), default: 0] += 1
  }

  /// Each table keeps its own rows apart; that the same is not held for good and for a time as well, nothing but this does.
  private func refuseASecond(_ assignment: RoleAssignment) throws {
    guard assignment.scope == nil, assignment.holder.isInBothTables else { return }
    let other = assignment.isStoredWhole ? "further_role_assignments" : "role_assignments"
    let unscoped = assignment.isStoredWhole ? "AND scope_type = ''" : ""
    let found = try row(
      "SELECT id FROM \(other) WHERE \(assignment.holder.column) = $1 AND organization_id = $2 AND role_id = $3 \(unscoped)",
      [.text(assignment.holder.id), .id(assignment.organization), .id(assignment.role)]
    ) { try $0.text(0) }
    if found != nil { throw refuse(StoreError.taken(.roleAssignment)) }
  }

  package func delete(_ warranted: Warranted<RoleRemoval>) throws -> Bool {
    let assignment = warranted.change.assignment
    let ending = try ending([assignment], by: warranted.change.endedBy)
    // Exactly what may be taken, and nothing else of that id.
    let written = try change(
      """
      DELETE FROM \(assignment.isStoredWhole ? "role_assignments" : "further_role_assignments")
      WHERE id = $1 AND organization_id = $2 AND role_id = $3 AND \(assignment.holder.column) = $4
      """, [.id(assignment.id), .id(assignment.organization), .id(assignment.role), .text(assignment.holder.id)])
    guard written > 0 else { return false }
    given.taken.insert(assignment)
    given.more[Given.Holding(assignment), default: 0] -= 1
    try change("DELETE FROM assignment_uses WHERE assignment_id = $1", [.id(assignment.id)])
    note(assignment.holder)
    notes.ended += ending
    return true
  }

  package func activeHolders(ofAny roles: Set<RoleID>, in organization: OrganizationID) throws -> Int {
    guard !roles.isEmpty else { return 0 }
    return try row(
      "SELECT COUNT(DISTINCT role_assignments.account_id) \(Self.activeHolders(of: roles.count))",
      [.id(organization)] + roles.sorted().map { .id($0) }
    ) { try $0.count(0) } ?? 0
  }

  package func activeHolders(
    ofAny roles: Set<RoleID>, in organization: OrganizationID, atMost count: Int
  ) throws -> [AccountID] {
    guard !roles.isEmpty else { return [] }
    return try rows(
      """
      SELECT DISTINCT role_assignments.account_id \(Self.activeHolders(of: roles.count))
      ORDER BY role_assignments.account_id LIMIT $\(roles.count + 2)
      """,
      [.id(organization)] + roles.sorted().map { .id($0) } + [.integer(Int64(count))]
    ) { try $0.id(0) }
  }

  /// Only what accounts hold themselves, for everything and for good, stands in this table.
  private static func activeHolders(of count: Int) -> String {
    """
    FROM role_assignments
    JOIN memberships ON memberships.account_id = role_assignments.account_id
      AND memberships.organization_id = role_assignments.organization_id
    JOIN accounts ON accounts.id = role_assignments.account_id
    WHERE role_assignments.organization_id = $1 AND memberships.state = 'active' AND accounts.state = 'active'
      AND role_assignments.role_id IN (\(placeholders(count, from: 2)))
    """
  }

  func note(_ holder: RoleHolder) {
    switch holder {
    case .account(let id): changed.accounts.insert(id)
    case .application(let id): changed.applications.insert(id)
    case .group(let id): changed.groups.insert(id)
    case .subject(let id): changed.subjects.insert(id)
    }
  }
}

extension RoleAssignment {
  /// Narrowed ones, and those of groups and subjects.
  static let further = """
    SELECT id, organization_id, account_id, application_id, group_id, subject_id, role_id, scope_type, scope_id, starts_at, ends_at,
      reason, granted_by, created_at
    FROM further_role_assignments
    """

  /// Those of accounts and applications that are for everything and for good, in the same columns.
  static let whole = """
    SELECT id, organization_id, account_id, application_id, CAST(NULL AS TEXT), CAST(NULL AS TEXT), role_id, '', '',
      CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), reason, granted_by, created_at
    FROM role_assignments
    """

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), holder: try RoleHolder(row, from: 2), role: try row.id(6),
      scope: try row.scope(7), startsAt: try row.optionalTime(9), endsAt: try row.optionalTime(10),
      grantedBy: try row.text(12), createdAt: try row.time(13), reason: try row.text(11))
  }

  /// Which table it stands in.
  fileprivate var isStoredWhole: Bool { isWhole && holder.isInBothTables }
}

extension SQLRow {
  /// Two columns; a type of none says that there is no scope.
  func scope(_ first: Int) throws -> ResourceName? {
    let type = try text(first)
    return type.isEmpty ? nil : ResourceName(type: type, id: try text(first + 1))
  }
}

extension RoleHolder {
  var column: String {
    switch self {
    case .account: "account_id"
    case .application: "application_id"
    case .group: "group_id"
    case .subject: "subject_id"
    }
  }

  var id: String {
    switch self {
    case .account(let id): id.text
    case .application(let id): id.text
    case .group(let id): id.text
    case .subject(let id): id.text
    }
  }

  fileprivate var isInBothTables: Bool {
    switch self {
    case .account, .application: true
    case .group, .subject: false
    }
  }

  /// What it holds itself, `$1` being its id.
  fileprivate func selectHeld(and condition: String? = nil) -> String {
    let condition = "WHERE \(column) = $1" + (condition.map { " AND \($0)" } ?? "")
    guard isInBothTables else { return "\(RoleAssignment.further) \(condition)" }
    return "\(RoleAssignment.further) \(condition) UNION ALL \(RoleAssignment.whole) \(condition)"
  }

  /// Four columns of which exactly one is filled.
  init(_ row: any SQLRow, from first: Int) throws {
    if let account: AccountID = try row.optionalID(first) {
      self = .account(account)
    } else if let application: ApplicationID = try row.optionalID(first + 1) {
      self = .application(application)
    } else if let group: GroupID = try row.optionalID(first + 2) {
      self = .group(group)
    } else {
      self = .subject(try row.id(first + 3))
    }
  }
}
