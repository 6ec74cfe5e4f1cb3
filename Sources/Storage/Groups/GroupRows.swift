package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: GroupStore {
  package func group(_ id: GroupID) throws -> Group? {
    try row("\(Group.select) WHERE id = $1", [.id(id)], Group.init)
  }

  package func groups(of organization: OrganizationID, _ request: PageRequest) throws -> Page<Group> {
    try page(
      request, Group.select, narrowedBy: [Narrowing("organization_id", .id(organization))], cursor: \.id.text, Group.init)
  }

  package func insert(_ group: Group) throws {
    try change(
      """
      INSERT INTO groups (id, organization_id, name, name_key, description, created_at, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(group.id), .id(group.organization), .text(group.name), .text(Wording.key(of: group.name)), .text(group.description),
        .time(group.createdAt), .integer(group.version),
      ])
    changed.groups.insert(group.id)
    notes.made.insert(.group(group.id))
  }

  package func update(_ group: Group) throws -> Bool {
    let written = try change(
      "UPDATE groups SET name = $3, name_key = $4, description = $5, version = version + 1 WHERE id = $1 AND version = $2",
      [
        .id(group.id), .integer(group.version), .text(group.name), .text(Wording.key(of: group.name)), .text(group.description),
      ])
    return written > 0
  }

  /// What it holds, and everybody's place in it, goes with it (`ON DELETE CASCADE`).
  package func delete(_ warranted: Warranted<GroupDeletion>) throws -> Bool {
    let group = warranted.change.group
    let members = try rows(
      "\(GroupMembership.select) WHERE group_id = $1 ORDER BY member", [.id(group.id)], GroupMembership.init)
    let ending = try ending(roleAssignments(of: .group(group.id)), by: warranted.change.endedBy)
    let written = try change(
      "DELETE FROM groups WHERE id = $1 AND organization_id = $2", [.id(group.id), .id(group.organization)])
    guard written > 0 else { return false }
    changed.groups.insert(group.id)
    for membership in members { note(membership.member.holder) }
    notes.ended += ending
    return true
  }

  package func members(of group: GroupID, _ request: PageRequest) throws -> Page<GroupMembership> {
    try page(
      request, GroupMembership.select, narrowedBy: [Narrowing("group_id", .id(group))], key: "member", cursor: \.member.key,
      GroupMembership.init)
  }

  package func memberCount(of group: GroupID) throws -> Int {
    try row("SELECT COUNT(*) FROM group_members WHERE group_id = $1", [.id(group)]) { try $0.count(0) } ?? 0
  }

  package func groupMemberships(of member: GroupMember) throws -> [GroupMembership] {
    try rows(
      "\(GroupMembership.select) WHERE \(member.column) = $1 ORDER BY group_id", [.text(member.holder.id)], GroupMembership.init)
  }

  /// Where each belongs.
  func groupMemberships(of subjects: Set<RegisteredSubjectID>) throws -> [RegisteredSubjectID: [GroupMembership]] {
    if subjects.count <= 1 { return try subjects.first.map { [$0: try groupMemberships(of: .subject($0))] } ?? [:] }
    let found = try rows(
      "\(GroupMembership.select) WHERE subject_id IN (SELECT id FROM \(given("$1", ["id": .text])))", [.rows(subjects)],
      GroupMembership.init)
    return found.reduce(into: [:]) { places, membership in
      if case .subject(let id) = membership.member { places[id, default: []].append(membership) }
    }
  }

  package func insert(_ warranted: Warranted<GroupMembership>) throws -> Bool {
    let membership = warranted.change
    let written = try change(
      """
      INSERT INTO group_members (group_id, organization_id, member, \(membership.member.column), added_by, added_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (group_id, member) DO NOTHING
      """,
      [
        .id(membership.group), .id(membership.organization), .text(membership.member.key), .text(membership.member.holder.id),
        .text(membership.addedBy), .time(membership.addedAt),
      ])
    if written > 0 {
      note(membership.member.holder)
      given.places.insert(membership)
    }
    return written > 0
  }

  package func delete(_ warranted: Warranted<GroupRemoval>) throws -> Bool {
    let removal = warranted.change
    let written = try change(
      "DELETE FROM group_members WHERE group_id = $1 AND member = $2", [.id(removal.group), .text(removal.member.key)])
    if written > 0 { note(removal.member.holder) }
    return written > 0
  }
}

extension Group {
  fileprivate static let select = "SELECT id, organization_id, name, description, created_at, version FROM groups"

  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), name: try row.text(2), description: try row.text(3),
      createdAt: try row.time(4), version: try row.integer(5))
  }
}

extension GroupMembership {
  fileprivate static let select = """
    SELECT group_id, organization_id, account_id, application_id, subject_id, added_by, added_at FROM group_members
    """

  fileprivate init(_ row: any SQLRow) throws {
    self.init(
      group: try row.id(0), organization: try row.id(1), member: try GroupMember(row, from: 2), addedBy: try row.text(5),
      addedAt: try row.time(6))
  }
}

extension GroupMember {
  var column: String { holder.column }

  /// Tells the members of a group apart and puts them in their order; also the cursor of a page.
  fileprivate var key: String { holder.auditName }

  /// Three columns of which exactly one is filled.
  init(_ row: any SQLRow, from first: Int) throws {
    if let account: AccountID = try row.optionalID(first) {
      self = .account(account)
    } else if let application: ApplicationID = try row.optionalID(first + 1) {
      self = .application(application)
    } else {
      self = .subject(try row.id(first + 2))
    }
  }
}
