package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction: ReviewStore {
  package func accessReview(_ id: AccessReviewID) throws -> AccessReview? {
    try row("\(AccessReview.select) WHERE id = $1", [.id(id)], AccessReview.init)
  }

  package func accessReviews(in organization: OrganizationID, _ page: PageRequest) throws -> Page<AccessReview> {
    try self.page(
      page, AccessReview.select, narrowedBy: [Narrowing("organization_id", .id(organization))], cursor: \.id.text,
      AccessReview.init)
  }

  package func insert(_ review: AccessReview, about filter: AssignmentFilter) throws -> Int {
    try change(
      """
      INSERT INTO access_reviews (id, organization_id, name, opened_by, opened_at, closed_by, closed_at, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(review.id), .id(review.organization), .text(review.name), .text(review.openedBy), .time(review.openedAt),
        .text(review.closedBy), .time(review.closedAt), .integer(review.version),
      ])
    var values: [SQLValue] = [.id(review.id), .id(review.organization)]
    var conditions = ["held.organization_id = $2"]
    if let roles = filter.roles {
      conditions.append("held.role_id IN (\(Self.placeholders(roles.count, from: values.count + 1)))")
      values += roles.sorted().map { .id($0) }
    }
    if let moment = filter.unusedSince {
      values.append(.time(moment))
      conditions.append(RoleAssignment.isUnused(since: "$\(values.count)"))
    }
    return try change(
      """
      INSERT INTO access_review_items (
        review_id, id, organization_id, account_id, application_id, group_id, subject_id, role_id, scope_type, scope_id, starts_at,
        ends_at, reason, granted_by, created_at, last_used_at)
      SELECT CAST($1 AS TEXT), held.*, uses.last_used_at FROM \(RoleAssignment.heldWithUses) WHERE \(conditions.joined(separator: " AND "))
      """, values)
  }

  package func update(_ review: AccessReview) throws -> Bool {
    try change(
      "UPDATE access_reviews SET closed_by = $3, closed_at = $4, version = version + 1 WHERE id = $1 AND version = $2",
      [.id(review.id), .integer(review.version), .text(review.closedBy), .time(review.closedAt)]) > 0
  }

  package func progress(of review: AccessReviewID) throws -> ReviewProgress {
    try row(
      """
      SELECT COUNT(*), COUNT(CASE WHEN verdict = 'keep' THEN 1 END), COUNT(CASE WHEN verdict = 'remove' THEN 1 END),
        COUNT(CASE WHEN verdict IS NULL AND \(ReviewedAssignment.isHeld) THEN 1 END)
      FROM access_review_items AS item WHERE review_id = $1
      """, [.id(review)]
    ) { row in
      ReviewProgress(items: try row.count(0), kept: try row.count(1), removed: try row.count(2), open: try row.count(3))
    } ?? ReviewProgress(items: 0, kept: 0, removed: 0, open: 0)
  }

  package func reviewedAssignments(
    of review: AccessReviewID, onlyOpen: Bool, _ page: PageRequest
  ) throws -> Page<ReviewedAssignment> {
    let open = onlyOpen ? "AND verdict IS NULL AND \(ReviewedAssignment.isHeld)" : ""
    let found = try rows(
      "\(ReviewedAssignment.select) WHERE item.review_id = $1 AND item.id > $2 \(open) ORDER BY item.id LIMIT $3",
      [.id(review), .text(page.after ?? ""), .count(page.limit + 1)], ReviewedAssignment.init)
    return Page(of: found, limit: page.limit, cursor: \.assignment.id.text)
  }

  package func reviewedAssignment(_ assignment: RoleAssignmentID, of review: AccessReviewID) throws -> ReviewedAssignment? {
    try row(
      "\(ReviewedAssignment.select) WHERE item.review_id = $1 AND item.id = $2", [.id(review), .id(assignment)],
      ReviewedAssignment.init)
  }

  package func decide(
    _ decision: ReviewedAssignment.Decision, about assignment: RoleAssignmentID, of review: AccessReviewID
  ) throws {
    try change(
      """
      UPDATE access_review_items SET verdict = $3, decision_reason = $4, decided_by = $5, decided_at = $6
      WHERE review_id = $1 AND id = $2
      """,
      [
        .id(review), .id(assignment), .text(decision.verdict.rawValue), .text(decision.reason), .text(decision.decidedBy),
        .time(decision.decidedAt),
      ])
  }

  // MARK: uses

  package func unusedAssignments(
    in organization: OrganizationID, since moment: Timestamp, _ page: PageRequest
  ) throws -> Page<(assignment: RoleAssignment, lastUsedAt: Timestamp?)> {
    let found = try rows(
      """
      SELECT held.*, uses.last_used_at FROM \(RoleAssignment.heldWithUses)
      WHERE held.organization_id = $1 AND held.id > $2 AND \(RoleAssignment.isUnused(since: "$3")) ORDER BY held.id LIMIT $4
      """, [.id(organization), .text(page.after ?? ""), .time(moment), .count(page.limit + 1)]
    ) { row in (assignment: try RoleAssignment(row), lastUsedAt: try row.optionalTime(14)) }
    return Page(of: found, limit: page.limit, cursor: \.assignment.id.text)
  }

  package func lastUse(of assignment: RoleAssignmentID) throws -> Timestamp? {
    try row("SELECT last_used_at FROM assignment_uses WHERE assignment_id = $1", [.id(assignment)]) { try $0.time(0) }
  }

  package func noteUses(_ uses: [AssignmentUse]) throws {
    for use in uses {
      for id in try assignments(meantBy: use) {
        try change(
          """
          INSERT INTO assignment_uses (assignment_id, last_used_at) VALUES ($1, $2)
          ON CONFLICT (assignment_id) DO UPDATE SET last_used_at = excluded.last_used_at
          WHERE assignment_uses.last_used_at < excluded.last_used_at
          """, [.id(id), .time(use.at)])
      }
    }
  }

  /// One, or none that is there any more.
  private func assignments(meantBy use: AssignmentUse) throws -> [RoleAssignmentID] {
    let held: [RoleAssignment] =
      switch use.holder {
      case .account(let id): try roleAssignments(of: .account(id), in: use.organization)
      case .application(let id): try roleAssignments(of: .application(id), in: use.organization)
      case .group(let id): try roleAssignments(of: .group(id), in: use.organization)
      case .subject(let type, let name):
        try subject(type: type, name: name, of: use.organization).map {
          try roleAssignments(of: .subject($0.id), in: use.organization)
        } ?? []
      }
    return held.filter { $0.role == use.role && $0.scope == use.scope }.map(\.id)
  }
}

extension RoleAssignment {
  /// Everything held, and beside it when it was used last.
  fileprivate static let heldWithUses = """
    (\(further) UNION ALL \(whole)) AS held LEFT JOIN assignment_uses AS uses ON uses.assignment_id = held.id
    """

  /// What was given before and not used since.
  fileprivate static func isUnused(since moment: String) -> String {
    "held.created_at < \(moment) AND (uses.last_used_at IS NULL OR uses.last_used_at < \(moment))"
  }
}

extension AccessReview {
  fileprivate static let select = """
    SELECT id, organization_id, name, opened_by, opened_at, closed_by, closed_at, version FROM access_reviews
    """

  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), name: try row.text(2), openedBy: try row.text(3), openedAt: try row.time(4),
      closedBy: try row.optionalText(5), closedAt: try row.optionalTime(6), version: try row.integer(7))
  }
}

extension ReviewedAssignment {
  fileprivate static let isHeld = """
    (EXISTS (SELECT 1 FROM role_assignments WHERE role_assignments.id = item.id)
      OR EXISTS (SELECT 1 FROM further_role_assignments WHERE further_role_assignments.id = item.id))
    """

  fileprivate static let select = """
    SELECT item.id, item.organization_id, item.account_id, item.application_id, item.group_id, item.subject_id, item.role_id,
      item.scope_type, item.scope_id, item.starts_at, item.ends_at, item.reason, item.granted_by, item.created_at,
      item.last_used_at, item.verdict, item.decision_reason, item.decided_by, item.decided_at, item.review_id,
      CASE WHEN \(isHeld) THEN 1 ELSE 0 END
    FROM access_review_items AS item
    """

  fileprivate init(_ row: any SQLRow) throws {
    let verdict: Verdict? = try row.optionalText(15).map { text in
      guard let verdict = Verdict(rawValue: text) else { throw StoreError.unreadable("a verdict nobody knows") }
      return verdict
    }
    let decision = try verdict.map { verdict in
      Decision(
        verdict: verdict, reason: try row.text(16), decidedBy: try row.text(17), decidedAt: try row.time(18))
    }
    self.init(
      review: try row.id(19), assignment: try RoleAssignment(row), lastUsedAt: try row.optionalTime(14), decision: decision,
      isHeld: try row.integer(20) == 1)
  }
}
