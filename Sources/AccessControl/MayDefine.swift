extension Authority {
  /// Why a role may not be defined so.
  package enum DefinitionRefusal: Hashable, Sendable {
    /// These permissions do not exist, mean nothing where the role can be held, or are not the definer's own.
    case permissions(Set<Permission>)
    /// These roles the definer may not hand out, by one of the ways the definition allows.
    case grants(Set<RoleID>)
    /// "Everything" and "every role" belong to the built-in roles; a defined role lists what it gives.
    case unlimited
    /// The role belongs to somebody else, or as it stands now is not the definer's to take away.
    case roleNotYours
  }

  /// Judges the definition or redefinition of an organization's own role: nobody gives by way of a role what they could not give
  /// themselves. Nil means that nothing stands against it; the permission `role:define` is asked for apart.
  ///
  /// - Parameters:
  ///   - role: the role as it is to be.
  ///   - current: the role as it is now, when it exists.
  ///   - known: all roles there are.
  package func refusal(toDefine role: Role, replacing current: Role?, knowing known: RoleCatalog, at target: Target)
    -> DefinitionRefusal?
  {
    guard role.origin == .organization(target.organization.id) else { return .roleNotYours }
    if let current, current.origin != role.origin || !mayTake(current, at: target) { return .roleNotYours }
    guard case .listed(let permissions) = role.permissions else { return .unlimited }

    let beyond = permissions.filter { permission in
      !role.organizationKinds.allSatisfy { catalog.has(permission, in: $0) } || !hasEveryRight(to: permission, at: target)
    }
    if !beyond.isEmpty { return .permissions(beyond) }

    switch role.mayGrant {
    case .nothing: return nil
    case .everyRole: return .unlimited
    case .listed(let ways):
      var refused: Set<RoleID> = []
      for (way, ids) in ways {
        for id in ids {
          guard let granted = known[id], mayGrant(granted, by: way, at: target) else {
            refused.insert(id)
            continue
          }
        }
      }
      return refused.isEmpty ? nil : .grants(refused)
    }
  }

  /// Somebody who may hand out every role may put every permission of the organization into one, whether they use it themselves or not:
  /// an operator who sets up a customer's roles sees none of the customer's data.
  private func hasEveryRight(to permission: Permission, at target: Target) -> Bool {
    roles(countingAt: target).contains { $0.mayGrant == .everyRole } || decide(permission, at: target).allowed
  }
}
