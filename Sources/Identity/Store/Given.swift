package import AccessControl

/// What a transaction gave, and what it laid down by which somebody may hold more, or less may be held, than before.
package struct Given: Sendable {
  /// Roles, with whoever holds them now themselves.
  package var roles: Set<RoleHolding> = []
  /// The same of roles that signed agreements demand, which no limit holds up.
  package var agreed: Set<RoleHolding> = []
  /// Places in groups.
  package var places: Set<GroupMembership> = []
  /// Roles that were defined anew, and may inherit from others than before.
  package var redefined: Set<RoleID> = []
  /// Exclusions that are new, or other than before.
  package var exclusions: Set<RoleExclusion> = []
  /// Limits that are new, or other than before.
  package var limits: Set<RoleLimit> = []

  package init() {}

  var isEmpty: Bool {
    roles.isEmpty && agreed.isEmpty && places.isEmpty && redefined.isEmpty && exclusions.isEmpty && limits.isEmpty
  }

  /// Who received a role or a place in a group.
  var recipients: Set<RoleHolder> { Set(roles.union(agreed).map(\.holder)).union(places.map(\.member.holder)) }
}
