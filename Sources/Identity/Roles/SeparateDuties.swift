package import AccessControl
internal import Primitives

/// Somebody would hold more roles of an exclusion than they may.
package struct DutiesNotSeparated: Error, Sendable, Hashable {
  package let exclusion: RoleExclusion
  package let organization: OrganizationID
  /// The first of them, in the order of their names; none where the roles are only promised.
  package let holders: [RoleHolder]
  /// How many there are in that organization.
  package let count: Int

  /// How many are named.
  package static let named = 20
}

/// A role that somebody holds, or that a group does.
package struct RoleHolding: Sendable, Hashable {
  package let organization: OrganizationID
  package let holder: RoleHolder
  package let role: RoleID

  package init(organization: OrganizationID, holder: RoleHolder, role: RoleID) {
    self.organization = organization
    self.holder = holder
    self.role = role
  }
}

extension Transaction {
  /// Makes sure that what this transaction gave, or defined, leaves nobody with roles that exclude each other.
  ///
  /// It looks at what the store noted. What was not given here is not looked at, and neither is an exclusion that counts as it did, nor one that is only
  /// harder to break: what takes rights, or suspends somebody, never fails by it. An assignment for one resource or for a time to come counts as held;
  /// one whose time has passed does not.
  ///
  /// - Throws: `DutiesNotSeparated`; the transaction takes everything back.
  func keepDutiesApart(at now: Timestamp) throws {
    let catalogs = try catalogs()
    let rules = catalogs.exclusions.filter { $0.kind == .static }
    guard !rules.isEmpty else { return }
    var held: [OrganizationID: [RoleHolder: Set<RoleID>]] = [:]
    for holder in try members(of: given.recipients(at: now)) {
      for assignment in try roleAssignments(reaching: holder) where !assignment.isPast(at: now) {
        held[assignment.organization, default: [:]][holder, default: []].insert(assignment.role)
      }
    }
    try check(rules, by: held, catalogs)
    // Whoever holds a role that was defined anew holds what it inherits now.
    let reached = given.inherited
    let changed = rules.filter { given.exclusions.contains($0) || !reached.isDisjoint(with: $0.roles) }
    guard !changed.isEmpty else { return }
    let concerned = catalogs.roles.withDescendants(changed.reduce(into: []) { $0.formUnion($1.roles) })
    try check(changed, by: everybody(holding: concerned, at: now), catalogs) { rule, held in
      let before = held.reduce(into: held) { all, role in
        all.formUnion((catalogs.roles[role]?.ancestors ?? []).subtracting(given.inheriting[role] ?? []))
      }
      return !given.exclusions.contains(rule) && rule.isBroken(by: before)
    }
  }

  /// - Parameter wasBroken: whether a rule was broken before by somebody who holds these roles.
  private func check(
    _ rules: [RoleExclusion], by held: [OrganizationID: [RoleHolder: Set<RoleID>]], _ catalogs: Catalogs,
    where wasBroken: (RoleExclusion, Set<RoleID>) -> Bool = { _, _ in false }
  ) throws {
    for (id, holders) in held.sorted(by: { $0.key < $1.key }) {
      guard let organization = try organization(id) else { continue }
      let having = holders.mapValues { catalogs.roles.withAncestors($0) }
      for rule in rules where rule.counts(in: organization.facts) {
        let broken = having.filter { rule.isBroken(by: $0.value) && !wasBroken(rule, holders[$0.key] ?? []) }
          .keys.sorted { $0.auditName < $1.auditName }
        guard broken.isEmpty else {
          throw DutiesNotSeparated(
            exclusion: rule, organization: id, holders: Array(broken.prefix(DutiesNotSeparated.named)), count: broken.count)
        }
      }
    }
  }

  /// What keeps one person from holding these roles together there; nil when nothing does.
  func exclusion(of roles: some Sequence<RoleID>, in organization: Organization) throws -> RoleExclusion? {
    let catalogs = try catalogs()
    let held = catalogs.roles.withAncestors(roles)
    return catalogs.exclusions(.static, in: organization.facts).first { $0.isBroken(by: held) }
  }

  /// Everybody who holds one of the roles, themselves or through a group, with those that they hold.
  private func everybody(
    holding roles: Set<RoleID>, at now: Timestamp
  ) throws -> [OrganizationID: [RoleHolder: Set<RoleID>]] {
    var held: [OrganizationID: [RoleHolder: Set<RoleID>]] = [:]
    var ofGroups: [GroupID: [RoleHolding]] = [:]
    for holding in try roleHoldings(ofAny: roles, at: now) {
      if case .group(let id) = holding.holder {
        ofGroups[id, default: []].append(holding)
      } else {
        held[holding.organization, default: [:]][holding.holder, default: []].insert(holding.role)
      }
    }
    for (id, holdings) in ofGroups {
      for member in try members(of: [.group(id)]) {
        for holding in holdings { held[holding.organization, default: [:]][member, default: []].insert(holding.role) }
      }
    }
    return held
  }

  /// These, with everybody who belongs to those that are groups instead of the groups.
  private func members(of holders: Set<RoleHolder>) throws -> Set<RoleHolder> {
    var all: Set<RoleHolder> = []
    for holder in holders {
      guard case .group(let id) = holder else {
        all.insert(holder)
        continue
      }
      var after: String?
      repeat {
        let page = try members(of: id, PageRequest(limit: PageRequest.maximumLimit, after: after))
        all.formUnion(page.items.map(\.member.holder))
        after = page.next
      } while after != nil
    }
    return all
  }
}

extension RoleAssignment {
  /// Whether it counts no more and never will again.
  func isPast(at now: Timestamp) -> Bool { endsAt.map { $0 <= now } ?? false }
}
