package import AccessControl
internal import Primitives

/// More would hold a role in an organization than a limit allows.
package struct RoleLimitExceeded: Error, Sendable, Hashable {
  package let limit: RoleLimit
  /// How many would hold it in the first of these organizations, in the order of their ids.
  package let holders: [OrganizationID: Int]
  /// In how many organizations it would be too many.
  package let count: Int

  /// How many organizations are named.
  package static let named = 20
}

extension Transaction {
  /// Makes sure that what this transaction leaves behind breaks no rule about who holds what. It is asked at the end of every write and of every plan
  /// (`Environment`), so that no path can pass it by.
  ///
  /// - Throws: `DutiesNotSeparated`, `RoleLimitExceeded`, `HoldingLimits.Reached.assignments`; the transaction takes everything back.
  func keepRoleRules(at now: Timestamp) throws {
    guard !given.isEmpty else { return }
    try keepDutiesApart(at: now)
    try keepLimits(at: now)
    try keepHoldings()
  }

  /// Makes sure that nobody who holds more than before holds more than anybody may.
  private func keepHoldings() throws {
    for (place, more) in given.more where more > 0 {
      guard try roleAssignments(of: place.holder, in: place.organization).count <= HoldingLimits.assignments else {
        throw HoldingLimits.Reached.assignments
      }
    }
  }

  /// Makes sure that nowhere more hold a role than may, as far as this transaction could have made them more.
  ///
  /// A holder is an account, an application or a registered subject, counted once in each organization: whoever holds the role themselves, through a group,
  /// or by holding one that inherits from it. A role for one resource or for a time to come counts, and so does one of a suspended member; one whose time
  /// has passed does not. What takes rights, or suspends somebody, never fails by it.
  private func keepLimits(at now: Timestamp) throws {
    let catalogs = try catalogs()
    guard !catalogs.limits.isEmpty else { return }
    // A limit that was laid down answers for itself, and for no other of the same role.
    for limit in given.limits.sorted(by: { $0.role < $1.role }) {
      try keep([limit], of: limit.role, in: limit.origin.owner, catalogs, at: now)
    }
    for place in try placesToCount(catalogs, at: now).sorted(by: { $0.name < $1.name }) {
      let limits = catalogs.limits[place.role, default: []].filter { $0.counts(in: place.organization) }
      try keep(limits, of: place.role, in: place.organization, catalogs, at: now)
    }
    // Whoever holds a role that inherits from more than before holds that too, as far as they did not before.
    for role in given.inherited.sorted() {
      let heirs = Set(given.inheriting.lazy.filter { $0.value.contains(role) }.map(\.key))
      // Those of an organization are held there alone.
      let owners = Set(heirs.map { catalogs.roles[$0]?.origin.owner })
      let organization = owners.count == 1 ? owners.first ?? nil : nil
      let limits = catalogs.limits[role, default: []].filter { limit in organization.map { limit.counts(in: $0) } ?? true }
      try keep(limits, of: role, in: organization, besides: heirs, catalogs, at: now)
    }
  }

  /// - Parameters:
  ///   - organization: where it is counted; nil for all of them, each for itself.
  ///   - heirs: roles that did not count as the limited one before. Where no more hold it by them than without, a limit is not broken now.
  private func keep(
    _ limits: [RoleLimit], of role: RoleID, in organization: OrganizationID?, besides heirs: Set<RoleID> = [],
    _ catalogs: Catalogs, at now: Timestamp
  ) throws {
    guard let lowest = limits.map(\.maximum).min() else { return }
    let roles = catalogs.roles.withDescendants([role])
    let counted = try holders(ofAny: roles, countedIn: organization, ifMoreThan: lowest, at: now)
    guard !counted.isEmpty else { return }
    let before =
      heirs.isEmpty ? [:] : try holders(ofAny: roles.subtracting(heirs), countedIn: organization, ifMoreThan: lowest, at: now)
    let grown = counted.filter { $0.value > before[$0.key, default: 0] }
    for limit in limits {
      let exceeding = grown.filter { limit.counts(in: $0.key) && $0.value > limit.maximum }.sorted { $0.key < $1.key }
      guard exceeding.isEmpty else {
        let named = exceeding.prefix(RoleLimitExceeded.named)
        throw RoleLimitExceeded(
          limit: limit, holders: Dictionary(uniqueKeysWithValues: named.map { ($0.key, $0.value) }), count: exceeding.count)
      }
    }
  }

  /// What keeps somebody who holds some roles in the organization from holding one more there, because as many hold it as may; nil when nothing does.
  ///
  /// - Parameter held: what they hold there already, themselves or through a group.
  func fullLimit(
    of role: RoleID, besides held: some Sequence<RoleID>, in organization: OrganizationID, at now: Timestamp
  ) throws -> RoleLimit? {
    let catalogs = try catalogs()
    let new = catalogs.roles.withAncestors([role]).subtracting(catalogs.roles.withAncestors(held))
    for limit in new.sorted().flatMap({ catalogs.limits[$0, default: []] }) where limit.counts(in: organization) {
      let counted = try holders(
        ofAny: catalogs.roles.withDescendants([limit.role]), countedIn: organization, ifMoreThan: limit.maximum - 1, at: now)
      guard counted.isEmpty else { return limit }
    }
    return nil
  }

  /// Where this transaction could have made holders of limited roles more by what it gave.
  private func placesToCount(_ catalogs: Catalogs, at now: Timestamp) throws -> Set<CountedPlace> {
    var places: Set<CountedPlace> = []
    func add(_ role: RoleID, _ organization: OrganizationID) {
      for limited in catalogs.roles.withAncestors([role]) where catalogs.limits[limited] != nil {
        places.insert(CountedPlace(role: limited, organization: organization))
      }
    }
    for holding in given.newRoles(at: now) { add(holding.role, holding.organization) }
    for group in Set(given.places.map(\.group)) {
      for assignment in try roleAssignments(of: .group(group)) where !assignment.isPast(at: now) {
        add(assignment.role, assignment.organization)
      }
    }
    return places
  }
}

/// A role whose holders are counted in an organization.
private struct CountedPlace: Hashable {
  let role: RoleID
  let organization: OrganizationID

  var name: String { "\(role.text) \(organization.text)" }
}
