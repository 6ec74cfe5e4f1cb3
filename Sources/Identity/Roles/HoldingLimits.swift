/// How much may come together at one holder and in one group: decisions, plans and reviews look at all that somebody holds at once, and a group is deleted with
/// everybody's place in it in one transaction.
package enum HoldingLimits {
  /// Roles that one holder has in one organization, for whatever and for how long each counts. What their groups hold is the groups'. Counted at the end
  /// of a change, where it gives more than it takes; what a signed agreement gives is not refused by it.
  package static let assignments = 1_000
  /// Groups of one organization that somebody belongs to.
  package static let groups = 200
  /// Members of one group.
  package static let members = 10_000

  /// What there would be too much of. Nothing was changed.
  package enum Reached: Error, Sendable, Hashable { case assignments, groups, members }
}
