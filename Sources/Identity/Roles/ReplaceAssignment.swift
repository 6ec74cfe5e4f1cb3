package import AccessControl
internal import Primitives

/// Lets somebody hold a role on other terms. An assignment is never changed: the one ends and another begins, in one step, so that what counted before
/// can still be told.
package struct ReplaceAssignment: Sendable {
  package init() {}

  /// Needs `role:assign` in the organization, and the role must be one the actor may grant. On the same terms nothing happens.
  ///
  /// - Returns: the new assignment, under a new id.
  /// - Throws: `AssignRole.Refusal`, `RemoveRole.Refusal`, `AccessDenied`, `LastAdministrator`.
  package func callAsFunction(
    _ id: RoleAssignmentID, on terms: AssignmentTerms, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> SeenAssignment {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleAssign, in: organization, occasion)
      guard let old = try tx.roleAssignment(id), old.organization == organization else {
        throw RemoveRole.Refusal.assignmentUnknown
      }
      guard old.terms != terms else { return try tx.see(old) }
      guard let role = permit.roles[old.role] else { throw AssignRole.Refusal.roleUnknown }
      try terms.check(for: role, at: occasion.now)
      return try tx.keepingAdministrator(in: [organization]) {
        guard try tx.takeAway(old, under: permit, occasion) else { throw RemoveRole.Refusal.assignmentUnknown }
        let new = try tx.give(
          old.role, to: old.holder, on: terms, in: permit.organization, because: .permit(permit, .assignment), occasion)
        guard new.isNew else { throw AssignRole.Refusal.heldOtherwise }
        return try tx.see(new.assignment)
      }
    }
  }
}
