package import AccessControl
internal import Primitives

/// How a role comes to somebody (ANSI INCITS 359: assigned and authorized users).
package struct RoleOrigin: Sendable, Hashable {
  /// Names the role that was assigned, its terms, and by whom and why.
  package let assignment: RoleAssignment
  /// The roles by which it is inherited: a parent of the assigned role first, the role in question last. Empty when that is the assigned one.
  package let through: [RoleID]
  /// The group that holds it, when somebody has it by belonging to one.
  package let group: GroupID?
  /// Whether it counts at this moment: it has begun and not ended, and its holder can act here.
  package let isInForce: Bool
}

/// Why there is nothing to review.
package enum ReviewRefusal: Error, Sendable {
  /// Nobody of this name can hold roles in the organization.
  case principalUnknown
  /// No such role can be held there.
  case roleUnknown
}

/// One assignment that reaches somebody, before anybody asked what it gives.
struct ReachingAssignment {
  let assignment: RoleAssignment
  let role: Role
  let group: GroupID?
  let isInForce: Bool

  func origin(through way: [RoleID]) -> RoleOrigin {
    RoleOrigin(assignment: assignment, through: way, group: group, isInForce: isInForce)
  }
}

extension Transaction {
  /// What reaches somebody in an organization, themselves and by their groups, whether or not it counts now. A role that is none any more gives nothing.
  ///
  /// - Throws: `ReviewRefusal.principalUnknown`.
  func assignments(
    reaching name: PrincipalName, in organization: Organization, _ roles: RoleCatalog, _ occasion: Occasion
  ) throws -> [ReachingAssignment] {
    guard let holder = try principal(name, in: organization.id) else { throw ReviewRefusal.principalUnknown }
    let canAct = try canAct(holder, in: organization)
    return try roleAssignments(reaching: holder).compactMap { assignment in
      guard assignment.organization == organization.id, let role = roles[assignment.role], role.canBeHeld(in: organization.facts)
      else { return nil }
      return ReachingAssignment(
        assignment: assignment, role: role, group: assignment.holder == holder ? nil : assignment.holder.group,
        isInForce: canAct && assignment.hasBegunAndNotEnded(at: occasion.now))
    }
  }

  /// Whether somebody can use in an organization what they hold there.
  func canAct(_ holder: RoleHolder, in organization: Organization) throws -> Bool {
    guard organization.state == .active else { return false }
    return switch holder {
    case .account(let id):
      try account(id)?.state == .active && membership(id, in: organization.id)?.state == .active
    case .application(let id): try application(id)?.state == .active
    case .subject(let id): try subject(id)?.state == .active
    case .group: true
    }
  }
}

extension RoleHolder {
  var group: GroupID? {
    if case .group(let id) = self { id } else { nil }
  }
}

extension RoleAssignment {
  /// Whether this is a moment of its time, whatever it is for.
  func hasBegunAndNotEnded(at moment: Timestamp) -> Bool {
    startsAt.map { $0 <= moment } ?? true && endsAt.map { moment < $0 } ?? true
  }
}
