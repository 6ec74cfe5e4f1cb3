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
    _ = try give(id, to: holder, on: .whole, in: organization, because: basis, occasion)
  }

  /// Gives a role on these terms, and records it. What is held for the same resource already stays as it is, on whichever terms.
  ///
  /// Whether it is more than somebody may hold is asked at the end of the transaction (`keepRoleRules`), so that what is taken in it makes room.
  ///
  /// - Throws: `AccessDenied` when the basis does not cover the role.
  /// - Returns: the assignment, and whether it was made now.
  func give(
    _ id: RoleID, to holder: RoleHolder, on terms: AssignmentTerms, in organization: Organization, because basis: GrantBasis,
    _ occasion: Occasion
  ) throws -> (assignment: RoleAssignment, isNew: Bool) {
    let assignment = RoleAssignment(
      id: occasion.newID(), organization: organization.id, holder: holder, role: id, scope: terms.scope, startsAt: terms.startsAt,
      endsAt: terms.endsAt, grantedBy: occasion.actor.auditName, createdAt: occasion.now, reason: terms.reason)
    let warrant = try warrant(toGive: assignment, because: basis)
    let held = try roleAssignments(of: holder, in: organization.id)
    if let known = held.first(where: { $0.role == id && $0.scope == terms.scope }) { return (known, false) }
    try insert(warrant)
    try record(
      .roleAssigned, on: holder.auditName, in: organization.id, before: Self.roles(held),
      after: Self.roles(held + [assignment], changed: assignment), occasion)
    return (assignment, true)
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
    try keepingAdministrator(in: [assignment.organization]) { try takeAway(assignment, under: permit, occasion) }
  }

  /// The same where who is left is looked at in the end.
  func takeAway(_ assignment: RoleAssignment, under permit: Permit, _ occasion: Occasion) throws -> Bool {
    let warrant = try warrant(toTake: assignment, under: permit, occasion)
    let held = try roleAssignments(of: assignment.holder, in: assignment.organization)
    guard try delete(warrant) else { return false }
    try record(
      .roleRemoved, on: assignment.holder.auditName, in: assignment.organization, before: Self.roles(held, changed: assignment),
      after: Self.roles(held.filter { $0.id != assignment.id }), occasion)
    return true
  }

  /// Takes every role that somebody holds themselves in the permit's organization.
  ///
  /// - Throws: `AccessDenied`, `LastAdministrator`.
  func takeAllRoles(of holder: RoleHolder, under permit: Permit, _ occasion: Occasion) throws {
    for assignment in try roleAssignments(of: holder, in: permit.organization.id) {
      _ = try take(assignment, under: permit, occasion)
    }
  }

  /// Takes every role that somebody holds in the permit's organization, and ends their places in its groups.
  ///
  /// - Throws: `AccessDenied`, `LastAdministrator`.
  func takeEverything(from holder: RoleHolder, under permit: Permit, _ occasion: Occasion) throws {
    try takeAllRoles(of: holder, under: permit, occasion)
    guard let member = holder.groupMember else { return }
    for place in try groupMemberships(of: member) where place.organization == permit.organization.id {
      guard let group = try group(place.group) else { continue }
      _ = try remove(member, from: group, under: permit, occasion)
    }
  }

  /// Makes sure that the actor may act on somebody (suspend, remove, re-address): they must be able to take every role they hold there.
  ///
  /// - Throws: `AccessDenied`.
  package func checkMayAct(on holder: RoleHolder, under permit: Permit) throws {
    // Narrowed ones too, and those of their groups: acting on somebody takes all of it away.
    try checkMayTakeAll(try roleAssignments(reaching: holder), under: permit)
  }

  /// The same for registered subjects, many at once: every role that any of them holds.
  ///
  /// - Throws: `AccessDenied`.
  func checkMayAct(onSubjects subjects: Set<RegisteredSubjectID>, under permit: Permit) throws {
    try checkMayTakeAll(try roleAssignments(reachingAnyOf: subjects), under: permit)
  }

  private func checkMayTakeAll(_ held: [RoleAssignment], under permit: Permit) throws {
    let roles = held.filter { $0.organization == permit.organization.id }.map(\.role)
    guard permit.authority.mayAct(onHolderOf: permit.roles.roles(roles), at: permit.target) else {
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

  /// What is held, as an auditor wants to know it.
  ///
  /// - Parameter changed: the assignment that is given or taken, whose terms are told where it has any.
  private static func roles(_ held: [RoleAssignment], changed: RoleAssignment? = nil) -> JSONObject {
    var audited: JSONObject = ["roles": .array(held.map(\.role).sorted().map { .string($0.text) })]
    guard let changed, !changed.isWhole else { return audited }
    audited["assignment"] = .string(changed.id.text)
    audited["role"] = .string(changed.role.text)
    if let scope = changed.scope { audited["scope"] = .string("resource:\(scope.type):\(scope.id)") }
    if let starts = changed.startsAt { audited["starts_at"] = .string(starts.rfc3339) }
    if let ends = changed.endsAt { audited["ends_at"] = .string(ends.rfc3339) }
    return audited
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
