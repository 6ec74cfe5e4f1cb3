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
  /// Assignments of an organization that are held no more, in the order of their ids.
  ///
  /// - Parameters:
  ///   - holder: only what this one held themselves, whether or not they are still there; nil: everybody. Of registered subjects all that were ever called
  ///     that.
  ///   - role: only of this one, whether or not it is still defined.
  func pastRoleAssignments(
    in organization: OrganizationID, heldBy holder: PrincipalName?, role: RoleID?, _ page: PageRequest
  ) throws -> Page<PastRoleAssignment>
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
  /// Who held it, as the outside knew them; nil where a program that wrote down no such names took it from a registered subject.
  package let holder: PrincipalName?
  /// What the group or application was called when it ended. Nil of people, of whom nothing but the id is kept for good, and of subjects, which have no
  /// other name than that by which services call them.
  package let label: String?
  package let endedAt: Timestamp
  /// The audit name of who took it, or deleted its holder; nil where the store was not told.
  package let endedBy: String?

  package init(
    assignment: RoleAssignment, holder: PrincipalName?, label: String?, endedAt: Timestamp, endedBy: String?
  ) {
    self.assignment = assignment
    self.holder = holder
    self.label = label
    self.endedAt = endedAt
    self.endedBy = endedBy
  }
}
