package import AccessControl
internal import Primitives

/// What a transaction gave, and what it laid down by which somebody may hold more, or less may be held, than before.
package struct Given: Sendable {
  /// Roles, with whoever holds them now themselves.
  package var roles: Set<RoleHolding> = []
  /// The same of roles that signed agreements demand, which no limit holds up.
  package var agreed: Set<RoleHolding> = []
  /// Places in groups.
  package var places: Set<GroupMembership> = []
  /// What was taken. Whoever is given the same role again, on other terms, holds none that they did not hold.
  package var taken: Set<RoleAssignment> = []
  /// How many roles more somebody holds themselves in an organization than before; less than none where more were taken. Without what is agreed.
  package var more: [Holding: Int] = [:]
  /// Roles that inherit from more than before, each with what it did not inherit from: themselves defined anew, or heirs of one that was.
  package var inheriting: [RoleID: Set<RoleID>] = [:]
  /// Exclusions that are new, or that can be broken by what could not break them before.
  package var exclusions: Set<RoleExclusion> = []
  /// Limits that are new, or lower than before.
  package var limits: Set<RoleLimit> = []

  /// Somebody, in one organization.
  package struct Holding: Hashable, Sendable {
    let organization: OrganizationID
    let holder: RoleHolder

    package init(_ assignment: RoleAssignment) {
      organization = assignment.organization
      holder = assignment.holder
    }
  }

  package init() {}

  var isEmpty: Bool {
    roles.isEmpty && agreed.isEmpty && places.isEmpty && inheriting.isEmpty && exclusions.isEmpty && limits.isEmpty
  }

  /// Everything that some role inherits from, and did not before.
  var inherited: Set<RoleID> { inheriting.values.reduce(into: []) { $0.formUnion($1) } }

  /// The roles that were given to whom did not hold them, or held them no more.
  func newRoles(at now: Timestamp) -> Set<RoleHolding> {
    roles.subtracting(
      taken.lazy.filter { !$0.isPast(at: now) }
        .map { RoleHolding(organization: $0.organization, holder: $0.holder, role: $0.role) })
  }

  /// Who received a role that they did not hold, or a place in a group.
  func recipients(at now: Timestamp) -> Set<RoleHolder> {
    Set(newRoles(at: now).union(agreed).map(\.holder)).union(places.map(\.member.holder))
  }
}
