package import AccessControl
internal import Primitives

/// Lists who has a role in an organization: by an assignment of their own, by a group, or by a role that inherits it (ANSI INCITS 359:
/// AssignedUsers and AuthorizedUsers).
package struct ListRoleHolders: Sendable {
  package struct Item: Sendable, Hashable {
    package let holder: PrincipalName
    package let origin: RoleOrigin
  }

  package init() {}

  /// Needs `role:view` in the organization. Instead of a group its members stand there. Whoever has the role in several ways stands there several times.
  ///
  /// - Throws: `ReviewRefusal.roleUnknown`, `AccessDenied`.
  package func callAsFunction(
    of id: RoleID, in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Item> {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, in: organization, occasion)
      guard let role = permit.roles[id], role.canBeHeld(in: permit.target.organization) else { throw ReviewRefusal.roleUnknown }
      var ways = permit.roles.heirs(of: id).filter { heir, _ in
        permit.roles[heir]?.canBeHeld(in: permit.target.organization) ?? false
      }
      ways[id] = []
      var reading = HolderReading(organization: permit.organization, ways: ways, limit: page.limit, now: occasion.now, tx: tx)
      return try reading.read(after: page.after)
    }
  }
}

/// Goes along the assignments of some roles, and along the members of the groups among their holders. The cursor is the assignment that was looked at
/// last, and the place among its group's members where there are more.
private struct HolderReading {
  let organization: Organization
  /// The assigned roles, each with the way to the role in question.
  let ways: [RoleID: [RoleID]]
  let limit: Int
  let now: Timestamp
  let tx: any Transaction
  var items: [ListRoleHolders.Item] = []

  mutating func read(after cursor: String?) throws -> Page<ListRoleHolders.Item> {
    let parts = (cursor ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    var last = parts.first
    if parts.count == 2, let begun = try tx.roleAssignment(RoleAssignmentID(trusted: parts[0])),
      begun.organization == organization.id, ways[begun.role] != nil, let next = try take(begun, after: parts[1])
    {
      return Page(items: items, next: next)
    }
    while true {
      let page = try tx.roleAssignments(
        in: organization.id, AssignmentQuery(roles: Set(ways.keys)), PageRequest(limit: limit, after: last))
      for assignment in page.items {
        // Filled by what came before, and here is more.
        guard items.count < limit else { return Page(items: items, next: last) }
        if let next = try take(assignment, after: nil) { return Page(items: items, next: next) }
        last = assignment.id.text
      }
      guard page.next != nil else { return Page(items: items, next: nil) }
    }
  }

  /// Takes over those who have an assignment.
  ///
  /// - Returns: the cursor, when there are more than fit.
  private mutating func take(_ assignment: RoleAssignment, after cursor: String?) throws -> String? {
    guard let group = assignment.holder.group else {
      try add(assignment.holder, assignment)
      return nil
    }
    let members = try tx.members(of: group, PageRequest(limit: limit - items.count, after: cursor))
    for membership in members.items { try add(membership.member.holder, assignment) }
    return members.next.map { "\(assignment.id) \($0)" }
  }

  private mutating func add(_ holder: RoleHolder, _ assignment: RoleAssignment) throws {
    let origin = RoleOrigin(
      assignment: assignment, through: ways[assignment.role, default: []], group: assignment.holder.group,
      isInForce: try assignment.hasBegunAndNotEnded(at: now) && tx.canAct(holder, in: organization))
    items.append(ListRoleHolders.Item(holder: try tx.name(of: holder), origin: origin))
  }
}
