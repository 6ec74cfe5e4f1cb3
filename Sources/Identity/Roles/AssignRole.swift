package import AccessControl
internal import Primitives

/// Gives a member, an application acting for itself, a group or a registered subject one more role in an organization.
package struct AssignRole: Sendable {
  package enum Refusal: Error, Sendable {
    /// There is no such role, or this holder cannot have it in this organization.
    case roleUnknown
    /// The holder has no membership there, or the application, group or subject does not exist there.
    case holderUnknown
  }

  package init() {}

  /// Needs `role:assign` in the organization, and the role must be one the actor may grant.
  ///
  /// - Returns: the assignment; the existing one when the holder had the role already.
  /// - Throws: `Refusal`, `AccessDenied`.
  package func callAsFunction(
    _ role: RoleID, to holder: RoleHolder, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> RoleAssignment {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleAssign, in: organization, occasion)
      guard let known = permit.roles[role] else { throw Refusal.roleUnknown }
      switch holder {
      case .account(let account):
        guard try tx.membership(account, in: organization) != nil else { throw Refusal.holderUnknown }
      case .application(let id):
        guard let application = try tx.application(id), application.owner == nil || application.owner == organization else {
          throw Refusal.holderUnknown
        }
      case .group(let id):
        guard try tx.group(id)?.organization == organization else { throw Refusal.holderUnknown }
      case .subject(let id):
        guard try tx.subject(id)?.organization == organization else { throw Refusal.holderUnknown }
      }
      guard try tx.canHold(known, holder, in: permit.organization) else { throw Refusal.roleUnknown }
      try tx.give(role, to: holder, in: permit.organization, because: .permit(permit, .assignment), occasion)
      guard
        let assignment = try tx.roleAssignments(of: holder, in: organization).first(where: { $0.role == role && $0.scope == nil })
      else {
        throw Refusal.holderUnknown
      }
      return assignment
    }
  }
}

/// Takes a role from a member or an application.
package struct RemoveRole: Sendable {
  package enum Refusal: Error, Sendable {
    /// There is no such assignment in this organization; also when it was removed a moment ago.
    case assignmentUnknown
  }

  package init() {}

  /// - Throws: `Refusal`, `AccessDenied`, `LastAdministrator`.
  package func callAsFunction(
    _ id: RoleAssignmentID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleAssign, in: organization, occasion)
      guard let assignment = try tx.roleAssignment(id), assignment.organization == organization else {
        throw Refusal.assignmentUnknown
      }
      guard try tx.take(assignment, under: permit, occasion) else { throw Refusal.assignmentUnknown }
    }
  }
}
