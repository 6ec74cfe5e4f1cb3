package import AccessControl
package import Primitives

/// What decisions depended on at moments of the past. It is written by the store itself, in the transaction of every commit that changes the policy, and
/// nothing ever changes or deletes it.
package protocol HistoryStore {
  /// What a decision at a moment about one subject and one resource needs to know, and nothing else: the organization that is named and the one the
  /// resource belonged to, the subject and its groups, the resource and what it lay in, all roles and permissions. What was not there then is missing
  /// or nil. Exact to the moment of the commit, by the clock of the instance that made it.
  ///
  /// - Parameters:
  ///   - organization: nil where nobody named one.
  ///   - resource: nil for a question about things of a type in general.
  func pastFacts(
    of subject: PastSubject, in organization: OrganizationID?, about resource: ResourceName?, at moment: Timestamp
  ) throws -> PastFacts
  /// An assignment that is held no more.
  func pastRoleAssignment(_ id: RoleAssignmentID) throws -> PastRoleAssignment?
}

/// Whose past is asked for.
package enum PastSubject: Sendable, Hashable {
  case account(AccountID)
  case application(ApplicationID)
  /// A registered subject of the organization that is named or that the resource belonged to.
  case registered(type: String, name: String)
}

package enum PastFacts: Sendable {
  /// Nothing was written down before this moment.
  case beginAt(Timestamp)
  /// `revision` is 0, and there are no grants, tokens and keys in it. Of applications there is what they were as principals: their settings are empty.
  case known(PolicyFacts)
}

/// An assignment that was taken, or ended with its holder.
package struct PastRoleAssignment: Sendable, Hashable {
  package let assignment: RoleAssignment
  package let endedAt: Timestamp
  /// The audit name of who took it, or deleted its holder; nil where the store was not told.
  package let endedBy: String?

  package init(assignment: RoleAssignment, endedAt: Timestamp, endedBy: String?) {
    self.assignment = assignment
    self.endedAt = endedAt
    self.endedBy = endedBy
  }
}
