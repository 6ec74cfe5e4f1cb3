package import AccessControl
internal import Primitives

/// Gives a member, an application acting for itself, a group or a registered subject one more role in an organization.
package struct AssignRole: Sendable {
  package enum Refusal: Error, Sendable, Hashable {
    /// There is no such role, or this holder cannot have it in this organization.
    case roleUnknown
    /// The holder has no membership there, or the application, group or subject does not exist there.
    case holderUnknown
    /// The role reaches beyond its organization, and is held for everything and for good or not at all.
    case onlyWhole
    /// The holder has the role for the same resource, or for everything, on other terms.
    case heldOtherwise
    case termsRefused(AssignmentTerms.Flaw)
  }

  package init() {}

  /// Needs `role:assign` in the organization, and the role must be one the actor may grant.
  ///
  /// - Returns: the assignment; the existing one when the holder had the role for the same and as long already.
  /// - Throws: `Refusal`, `HoldingLimits.Reached.assignments`, `AccessDenied`.
  package func callAsFunction(
    _ role: RoleID, to name: PrincipalName, on terms: AssignmentTerms, in organization: OrganizationID, _ occasion: Occasion,
    env: Environment
  ) async throws -> SeenAssignment {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleAssign, in: organization, occasion)
      guard let known = permit.roles[role] else { throw Refusal.roleUnknown }
      guard let holder = try tx.principal(name, in: organization) else { throw Refusal.holderUnknown }
      guard try tx.canHold(known, holder, in: permit.organization) else { throw Refusal.roleUnknown }
      try terms.check(for: known, at: occasion.now)
      let (assignment, _) = try tx.give(
        role, to: holder, on: terms, in: permit.organization, because: .permit(permit, .assignment), occasion)
      guard assignment.startsAt == terms.startsAt, assignment.endsAt == terms.endsAt else { throw Refusal.heldOtherwise }
      return SeenAssignment(assignment: assignment, holder: name)
    }
  }

  /// The same for everything in the organization and for good.
  package func callAsFunction(
    _ role: RoleID, to name: PrincipalName, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> RoleAssignment {
    try await self(role, to: name, on: .whole, in: organization, occasion, env: env).assignment
  }
}

extension AssignmentTerms {
  /// - Throws: `AssignRole.Refusal` for what cannot be meant, or not of this role.
  func check(for role: Role, at now: Timestamp) throws(AssignRole.Refusal) {
    if let flaw = flaw(at: now) { throw .termsRefused(flaw) }
    guard isWhole || !role.needsHomeAccount else { throw .onlyWhole }
  }
}

/// Takes a role from whoever holds it.
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
