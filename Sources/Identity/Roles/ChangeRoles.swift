package import AccessControl
internal import Primitives

/// Gives and takes roles of one member in one go, so that the member ends up with exactly those wanted, as far as the actor may decide about them.
///
/// Roles the actor may not hand out stay as they are, wanted or not: a page cannot send what it does not let one change.
package struct ChangeRoles: Sendable {
  package init() {}

  /// Needs `role:assign` in the organization. Gives before it takes, so that an administrator can be replaced in one step.
  ///
  /// - Parameter seen: the member as the actor saw them when they chose.
  /// - Throws: `MembershipRefusal`, `HoldingLimits.Reached.assignments`, `AccessDenied`, `LastAdministrator`.
  package func callAsFunction(
    of account: AccountID, to wanted: Set<RoleID>, in organization: OrganizationID, ifStill seen: MemberVersion?,
    _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleAssign, in: organization, occasion)
      guard try tx.membership(account, in: organization) != nil else { throw MembershipRefusal.unknown }
      try tx.checkUnchanged(account, in: organization, since: seen)
      // What is held for a time or for one resource is no choice between having a role and not having it.
      let held = try tx.roleAssignments(of: .account(account), in: organization).filter(\.isWhole)
      let changeable = Set(permit.offeredRoles.filter(\.mayAssign).map(\.role.id))
      for role in wanted.intersection(changeable).sorted() where !held.contains(where: { $0.role == role }) {
        guard let known = permit.roles[role], try tx.canHold(known, .account(account), in: permit.organization) else {
          continue
        }
        try tx.give(role, to: .account(account), in: permit.organization, because: .permit(permit, .assignment), occasion)
      }
      for assignment in held where changeable.contains(assignment.role) && !wanted.contains(assignment.role) {
        _ = try tx.take(assignment, under: permit, occasion)
      }
    }
  }
}
