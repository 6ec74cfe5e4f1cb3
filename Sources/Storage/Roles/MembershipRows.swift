package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: MembershipStore {
  package func membership(_ account: AccountID, in organization: OrganizationID) throws -> Membership? {
    try row(
      "\(Membership.select) WHERE account_id = $1 AND organization_id = $2", [.id(account), .id(organization)],
      { try Membership($0) })
  }

  package func memberships(of account: AccountID) throws -> [Membership] {
    try rows("\(Membership.select) WHERE account_id = $1 ORDER BY organization_id", [.id(account)]) { try Membership($0) }
  }

  package func members(of organization: OrganizationID, _ request: PageRequest) throws -> Page<Member> {
    let found = try page(
      request,
      "SELECT \(Account.columns), \(Membership.columns) FROM memberships JOIN accounts ON accounts.id = memberships.account_id",
      narrowedBy: [Narrowing("memberships.organization_id", .id(organization))], key: "memberships.account_id",
      cursor: { $0.account.id.text },
      { (account: try Account($0), membership: try Membership($0, from: 11)) })
    guard let last = found.items.last else { return Page(items: [], next: nil) }
    let held = try rows(
      """
      SELECT account_id, role_id FROM role_assignments
      WHERE organization_id = $1 AND account_id > $2 AND account_id <= $3 ORDER BY account_id, role_id
      """,
      [.id(organization), .text(request.after ?? ""), .id(last.account.id)]
    ) { (account: try $0.id(0) as AccountID, role: try $0.id(1) as RoleID) }
    let roles = Dictionary(grouping: held, by: \.account)
    return Page(
      items: found.items.map { found in
        Member(account: found.account, membership: found.membership, roles: roles[found.account.id, default: []].map(\.role))
      },
      next: found.next)
  }

  package func insert(_ membership: Membership) throws {
    try change(
      "INSERT INTO memberships (account_id, organization_id, state, created_at, version) VALUES ($1, $2, $3, $4, $5)",
      [
        .id(membership.account), .id(membership.organization), .state(membership.state), .time(membership.createdAt),
        .integer(membership.version),
      ])
    changed.accounts.insert(membership.account)
  }

  package func update(_ membership: Membership) throws -> Bool {
    let written = try change(
      "UPDATE memberships SET state = $4, version = version + 1 WHERE account_id = $1 AND organization_id = $2 AND version = $3",
      [.id(membership.account), .id(membership.organization), .integer(membership.version), .state(membership.state)])
    if written > 0 { changed.accounts.insert(membership.account) }
    return written > 0
  }

  /// Were anything still held by it, it would go along (`ON DELETE CASCADE`), so that nobody who is invited again finds old rights.
  package func delete(_ warranted: Warranted<MembershipRemoval>) throws -> Bool {
    let (account, organization) = (warranted.change.account, warranted.change.organization)
    let ending = try ending(roleAssignments(of: .account(account), in: organization), by: nil)
    let written = try change(
      "DELETE FROM memberships WHERE account_id = $1 AND organization_id = $2", [.id(account), .id(organization)])
    guard written > 0 else { return false }
    changed.accounts.insert(account)
    notes.ended += ending
    return true
  }
}

extension Membership {
  static let columns = """
    memberships.account_id, memberships.organization_id, memberships.state, memberships.created_at, memberships.version
    """
  static let select = "SELECT \(columns) FROM memberships"

  init(_ row: any SQLRow, from first: Int = 0) throws {
    self.init(
      account: try row.id(first), organization: try row.id(first + 1), state: try row.state(first + 2),
      createdAt: try row.time(first + 3),
      version: try row.integer(first + 4))
  }
}
