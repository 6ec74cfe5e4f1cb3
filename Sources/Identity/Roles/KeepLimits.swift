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
  /// - Throws: `DutiesNotSeparated`, `RoleLimitExceeded`; the transaction takes everything back.
  func keepRoleRules(at now: Timestamp) throws {
    try keepDutiesApart(at: now)
    try keepLimits(at: now)
  }

  /// Makes sure that nowhere more hold a role than may, as far as this transaction could have made them more.
  ///
  /// A holder is an account, an application or a registered subject, counted once in each organization: whoever holds the role themselves, through a group,
  /// or by holding one that inherits from it. A role for one resource or for a time to come counts, and so does one of a suspended member; one whose time
  /// has passed does not. What takes rights, or suspends somebody, never fails by it.
  private func keepLimits(at now: Timestamp) throws {
    let catalogs = try given.isEmpty ? .builtIn : catalogs()
    guard !catalogs.limits.isEmpty else { return }
    for place in try placesToCount(catalogs, at: now).sorted(by: { $0.name < $1.name }) {
      let limits = catalogs.limits[place.role, default: []].filter { limit in
        place.organization.map { limit.counts(in: $0) } ?? true
      }
      guard let lowest = limits.map(\.maximum).min() else { continue }
      let counted = try holders(
        ofAny: catalogs.roles.withDescendants([place.role]), countedIn: place.organization, ifMoreThan: lowest, at: now)
      for limit in limits {
        let exceeding = counted.filter { limit.counts(in: $0.key) && $0.value > limit.maximum }.sorted { $0.key < $1.key }
        guard exceeding.isEmpty else {
          let named = exceeding.prefix(RoleLimitExceeded.named)
          throw RoleLimitExceeded(
            limit: limit, holders: Dictionary(uniqueKeysWithValues: named.map { ($0.key, $0.value) }), count: exceeding.count)
        }
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

  /// Where this transaction could have made holders of limited roles more.
  private func placesToCount(_ catalogs: Catalogs, at now: Timestamp) throws -> Set<CountedPlace> {
    var places = Set(given.limits.map { CountedPlace(role: $0.role, organization: $0.origin.owner) })
    func add(_ role: RoleID, _ organization: OrganizationID?) {
      for limited in catalogs.roles.withAncestors([role]) where catalogs.limits[limited] != nil {
        places.insert(CountedPlace(role: limited, organization: organization))
      }
    }
    for holding in given.roles { add(holding.role, holding.organization) }
    for group in Set(given.places.map(\.group)) {
      for assignment in try roleAssignments(of: .group(group)) where !assignment.isPast(at: now) {
        add(assignment.role, assignment.organization)
      }
    }
    for role in given.redefined { add(role, catalogs.roles[role]?.origin.owner) }
    return places
  }
}

/// A role whose holders are counted.
private struct CountedPlace: Hashable {
  let role: RoleID
  /// Nil for every organization, in each for itself.
  let organization: OrganizationID?

  var name: String { "\(role.text) \(organization?.text ?? "")" }
}
