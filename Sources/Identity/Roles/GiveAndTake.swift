package import AccessControl
internal import Primitives

/// The last administrator of an organization can never vanish.
///
/// It says not which organization: the one in whose name somebody acts may not know of the others.
package struct LastAdministrator: Error, Sendable {}

/// Giving and taking, recorded. Whether it may happen is for the choke point to say (`warrant`).
extension Transaction {
  /// Gives a role for everything and for good, and records it. Giving what is held already, if only for a time, changes nothing.
  ///
  /// - Throws: `AccessDenied` when the basis does not cover the role.
  package func give(
    _ id: RoleID, to holder: RoleHolder, in organization: Organization, because basis: GrantBasis, _ occasion: Occasion
  ) throws {
    let warrant = try warrant(
      toGive: RoleAssignment(
        id: occasion.newID(), organization: organization.id, holder: holder, role: id, grantedBy: occasion.actor.auditName,
        createdAt: occasion.now), because: basis)
    let held = try roleAssignments(of: holder, in: organization.id)
    guard !held.contains(where: { $0.role == id && $0.scope == nil }) else { return }
    try insert(warrant)
    try record(
      .roleAssigned, on: holder.auditName, in: organization.id, before: Self.roles(held.map(\.role)),
      after: Self.roles(held.map(\.role) + [id]), occasion)
  }

  /// Whether this holder can have the role there at all, whoever gives it.
  package func canHold(_ role: Role, _ holder: RoleHolder, in organization: Organization) throws -> Bool {
    switch holder {
    case .account(let id): try role.canBeHeld(in: organization, ifAtHome: account(id)?.home == organization.id)
    case .application(let id):
      try role.canBeHeld(
        in: organization, ifAtHome: application(id).map { $0.owner == nil || $0.owner == organization.id } ?? false)
    // Whoever fills a group or is behind a subject has no home to answer for them.
    case .group(let id): try group(id)?.organization == organization.id && role.canBeHeld(in: organization, ifAtHome: false)
    case .subject(let id): try subject(id)?.organization == organization.id && role.canBeHeld(in: organization, ifAtHome: false)
    }
  }

  /// Takes a role, and records it.
  ///
  /// - Throws: `AccessDenied` when the permit's holder may not grant the role, `LastAdministrator`.
  /// - Returns: false when it was gone already.
  package func take(_ assignment: RoleAssignment, under permit: Permit, _ occasion: Occasion) throws -> Bool {
    let warrant = try warrant(toTake: assignment, under: permit, occasion)
    let held = try roleAssignments(of: assignment.holder, in: assignment.organization)
    return try keepingAdministrator(in: [assignment.organization]) {
      guard try delete(warrant) else { return false }
      try record(
        .roleRemoved, on: assignment.holder.auditName, in: assignment.organization, before: Self.roles(held.map(\.role)),
        after: Self.roles(held.filter { $0.id != assignment.id }.map(\.role)), occasion)
      return true
    }
  }

  /// Makes sure that the actor may act on somebody (suspend, remove, re-address): they must be able to take every role the person holds there.
  ///
  /// - Throws: `AccessDenied`.
  package func checkMayAct(on account: AccountID, under permit: Permit) throws {
    // Narrowed ones too, and those of their groups: acting on somebody takes all of it away.
    let held = try roleAssignments(reaching: .account(account)).filter { $0.organization == permit.organization.id }
    let roles = permit.roles.roles(held.map(\.role))
    guard permit.authority.mayAct(onHolderOf: roles, at: permit.target) else {
      throw AccessDenied(permission: permit.permission, organization: permit.organization.id, reason: "holder_of_higher_role")
    }
  }

  /// Runs a change that could leave organizations without anybody to administer them, and refuses it when it does.
  ///
  /// An organization that has no administrator yet (its invitation still waits) may be changed freely.
  ///
  /// - Throws: `LastAdministrator`; the transaction rolls the change back.
  package func keepingAdministrator<Value>(in organizations: [OrganizationID], _ change: () throws -> Value) throws -> Value {
    let before = try organizations.filter { try administrators(of: $0) > 0 }
    let value = try change()
    guard try before.allSatisfy({ try administrators(of: $0) > 0 }) else { throw LastAdministrator() }
    return value
  }

  private func administrators(of id: OrganizationID) throws -> Int {
    guard let organization = try organization(id) else { return 0 }
    return try activeHolders(ofAny: [RoleCatalog.administratorRole(in: organization.kind)], in: id)
  }

  private static func roles(_ ids: [RoleID]) -> JSONObject {
    ["roles": .array(ids.sorted().map { .string($0.text) })]
  }
}

extension Role {
  /// Whether somebody can hold it in the organization.
  ///
  /// A role that reaches into other organizations is held at home only: who governs an account or an application governs what it reaches, so a
  /// guest of the portal never becomes its operator.
  ///
  /// - Parameter isAtHome: whether the organization is the holder's home; asked only where it matters.
  func canBeHeld(in organization: Organization, ifAtHome isAtHome: @autoclosure () throws -> Bool) rethrows -> Bool {
    guard canBeHeld(in: organization.facts) else { return false }
    return try !needsHomeAccount || isAtHome()
  }
}
