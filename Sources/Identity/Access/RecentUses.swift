package import AccessControl
package import Primitives
internal import Synchronization

/// Which assignments were used of late: what allowed something is noted here, in memory and at most once an hour each, and written down from time to
/// time (`WriteUses`). So a question costs no statement, and nobody has to guess who needs what.
package final class RecentUses: Sendable {
  /// An assignment by the numbers of one state.
  private struct Key: Hashable {
    let organization: UInt32
    let grant: PolicyView.Grant
  }

  private struct Noted: Sendable {
    var hour = Timestamp(microseconds: 0)
    var seen: Set<Key> = []
    var waiting: [AssignmentUse] = []
  }

  /// How many wait at most to be written down. What comes when so many wait is noted in the next hour.
  package static let mostWaiting = 200_000

  private let noted = Mutex(Noted())

  package init() {}

  /// Notes that a grant allowed something.
  ///
  /// - Parameters:
  ///   - organization: the one in which it is held, by number.
  ///   - state: the state that both numbers belong to.
  func note(_ grant: PolicyView.Grant, in organization: UInt32, _ state: PolicyState, at now: Timestamp) {
    let key = Key(organization: organization, grant: grant)
    let hour = now.startOfHour
    noted.withLock { noted in
      if noted.hour != hour { (noted.hour, noted.seen) = (hour, []) }
      guard noted.waiting.count < Self.mostWaiting, noted.seen.insert(key).inserted else { return }
      if let use = state.use(of: grant, in: organization, at: hour) { noted.waiting.append(use) }
    }
  }

  /// Takes what waits to be written down.
  package func take(atMost count: Int) -> [AssignmentUse] {
    noted.withLock { noted in
      let taken = Array(noted.waiting.prefix(count))
      noted.waiting.removeFirst(taken.count)
      return taken
    }
  }

  /// Gives back what could not be written down.
  package func putBack(_ uses: [AssignmentUse]) {
    noted.withLock { $0.waiting = uses + $0.waiting }
  }
}

/// An assignment, by what it says, and when it was used.
package struct AssignmentUse: Sendable, Hashable {
  package enum Holder: Sendable, Hashable {
    case account(AccountID)
    case application(ApplicationID)
    case group(GroupID)
    /// By the name an administrator gave it.
    case subject(type: String, name: String)
  }

  package let organization: OrganizationID
  package let holder: Holder
  package let role: RoleID
  package let scope: ResourceName?
  /// To the hour.
  package let at: Timestamp

  package init(organization: OrganizationID, holder: Holder, role: RoleID, scope: ResourceName?, at: Timestamp) {
    self.organization = organization
    self.holder = holder
    self.role = role
    self.scope = scope
    self.at = at
  }
}

extension Occasion {
  /// Notes that the actor used a permission of Usher's own by what they hold in an organization.
  func noteUse(of permission: Permission, heldIn organization: OrganizationID) {
    guard let policy else { return }
    let state = policy.state
    guard let principal = state.number(of: actor.who), let number = state.number(of: organization),
      let asked = state.number(of: permission)
    else { return }
    let verdict = state.view.decide(principal, asked, in: number, on: nil, at: now.microseconds)
    if verdict.isAllowed { policy.uses.note(verdict.grant, in: number, state, at: now) }
  }
}

extension PolicyState {
  /// A grant by the names that the store knows; nil where one of them is not there any more.
  fileprivate func use(of grant: PolicyView.Grant, in organization: UInt32, at hour: Timestamp) -> AssignmentUse? {
    guard let organization = view.id(ofOrganization: organization), let role = view.id(ofRole: grant.role),
      let holder = view.name(ofHolder: grant.holder)
    else { return nil }
    return AssignmentUse(
      organization: OrganizationID(trusted: organization), holder: AssignmentUse.Holder(type: holder.type, id: holder.id),
      role: RoleID(trusted: role),
      scope: view.name(ofScope: grant.scope).map { ResourceName(type: $0.type, id: $0.id) }, at: hour)
  }
}

extension AssignmentUse.Holder {
  fileprivate init(type: String, id: String) {
    self =
      switch type {
      case PolicyState.accountType: .account(AccountID(trusted: id))
      case PolicyState.applicationType: .application(ApplicationID(trusted: id))
      case IndexedPrincipal.groupType: .group(GroupID(trusted: id))
      default: .subject(type: type, name: id)
      }
  }
}
