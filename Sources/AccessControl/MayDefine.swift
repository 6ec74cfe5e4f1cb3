extension Authority {
  /// Why a role may not be defined so.
  package enum DefinitionRefusal: Hashable, Sendable {
    /// These permissions do not exist, mean nothing where the role can be held, or are not the definer's own.
    case permissions(Set<Permission>)
    /// These permissions are asked for by Usher alone, which never says what a condition could look at.
    case conditions(Set<Permission>)
    /// These roles do not exist, cannot be held wherever the role can, permit everything, or permit what the definer has no right to.
    case parents(Set<RoleID>)
    /// The parents lead in a circle, or too far: of this role or of one that inherits from it.
    case inheritance(RoleInheritance.Flaw)
    /// These roles the definer may not hand out, by one of the ways the definition allows.
    case grants(Set<RoleID>)
    /// "Everything" and "every role" belong to the built-in roles; a defined role lists what it gives.
    case unlimited
    /// The role belongs to somebody else, or as it stands now is not the definer's to take away.
    case roleNotYours
    /// There are kinds of organization in which it can be held now, and could not be any more.
    case kindsTakenAway
  }

  /// Judges the definition or redefinition of a role: nobody gives by way of a role what they could not give themselves. Nil means that nothing
  /// stands against it; the permission `role:define` is asked for apart.
  ///
  /// A condition narrows what a role gives and not what its definer answers for: it can be changed, and be met by whoever asks. So a permission
  /// counts here as if it were given without.
  ///
  /// An organization's own role is defined there; one for every organization of some kinds is defined in the portal, by operators alone.
  ///
  /// - Parameters:
  ///   - role: the role as it is to be.
  ///   - current: the role as it is now, when it exists.
  ///   - known: all roles there are.
  package func refusal(toDefine role: Role, replacing current: Role?, knowing known: RoleCatalog, at target: Target)
    -> DefinitionRefusal?
  {
    guard mayOwn(role, at: target) else { return .roleNotYours }
    if let current {
      guard current.origin == role.origin, current.id == role.id, mayTakeAway(current, at: target) else { return .roleNotYours }
      guard role.organizationKinds.isSuperset(of: current.organizationKinds) else { return .kindsTakenAway }
    }
    guard case .listed(let permissions) = role.permissions else { return .unlimited }

    let beyond = permissions.union(role.conditions.keys).filter { permission in
      !role.organizationKinds.allSatisfy { catalog.has(permission, in: $0) } || !hasEveryRight(to: permission, at: target)
    }
    if !beyond.isEmpty { return .permissions(beyond) }
    let unasked = Set(role.conditions.keys.filter { !PermissionCatalog.takesConditions($0) })
    if !unasked.isEmpty { return .conditions(unasked) }
    return refusal(ofParentsOf: role, knowing: known, at: target) ?? refusal(ofGrantsOf: role, knowing: known, at: target)
  }

  /// Whether the actor may take a defined role away altogether; that nobody needs it any more is asked apart.
  package func mayDelete(_ role: Role, at target: Target) -> Bool {
    mayOwn(role, at: target) && mayTakeAway(role, at: target)
  }

  private func mayOwn(_ role: Role, at target: Target) -> Bool {
    switch role.origin {
    case .builtIn: false
    case .portal: target.organization.kind == .portal && isOperator(at: target)
    case .organization(let owner): owner == target.organization.id
    }
  }

  /// A role of the portal may be one that nobody can hold in the portal itself.
  private func mayTakeAway(_ role: Role, at target: Target) -> Bool {
    role.origin == .portal ? mayHandOut(role, by: .assignment, at: target) : mayTake(role, at: target)
  }

  private func refusal(ofParentsOf role: Role, knowing known: RoleCatalog, at target: Target) -> DefinitionRefusal? {
    let refused = role.parents.filter { id in
      guard let parent = known[id], RoleInheritance.counts(parent, for: role), let given = parent.possible else {
        return true
      }
      return !given.allSatisfy { hasEveryRight(to: $0, at: target) }
    }
    if !refused.isEmpty { return .parents(refused) }
    return known.flaw(ofParentsOf: role).map { .inheritance($0) }
  }

  private func refusal(ofGrantsOf role: Role, knowing known: RoleCatalog, at target: Target) -> DefinitionRefusal? {
    switch role.mayGrant {
    case .nothing: return nil
    case .everyRole: return .unlimited
    case .listed(let ways):
      var refused: Set<RoleID> = []
      for (way, ids) in ways {
        for id in ids {
          guard let granted = known[id], granted.canBeHandedOut(byHoldersOf: role),
            mayHandOut(granted, by: way, for: role, at: target)
          else {
            refused.insert(id)
            continue
          }
        }
      }
      return refused.isEmpty ? nil : .grants(refused)
    }
  }

  /// For the organization's own role: whether the actor may hand the other out in that organization. For one of the portal: whether an operator
  /// may, wherever it can be held.
  private func mayHandOut(_ granted: Role, by way: GrantWay, for role: Role, at target: Target) -> Bool {
    role.origin == .portal ? mayHandOut(granted, by: way, at: target) : mayGrant(granted, by: way, at: target)
  }

  /// Whether an operator's rules about handing out roles cover it, wherever that is.
  private func mayHandOut(_ role: Role, by way: GrantWay, at target: Target) -> Bool {
    operatorRoles(at: target).contains { $0.mayGrant.covers(role.id, by: way) }
  }

  private func isOperator(at target: Target) -> Bool { !operatorRoles(at: target).isEmpty }

  private func operatorRoles(at target: Target) -> [Role] {
    roles(countingAt: target).filter { $0.reach == .everyOrganization }
  }

  /// Somebody who may hand out every role may put every permission of the organization into one, whether they use it themselves or not:
  /// an operator who sets up a customer's roles sees none of the customer's data.
  private func hasEveryRight(to permission: Permission, at target: Target) -> Bool {
    roles(countingAt: target).contains { $0.mayGrant == .everyRole } || decide(permission, at: target).allowed
  }
}
