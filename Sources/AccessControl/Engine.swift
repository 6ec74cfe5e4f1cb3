/// The pure function from a question and facts to a decision. It knows no clock, no store and no caller; what is not expressly allowed is
/// denied.
package enum Engine {
  /// Decides a request in the one organization of the facts.
  package static func decide(_ request: AccessRequest, _ facts: Facts) -> Decision {
    decide(request.permission, facts)
  }

  /// Decides whether the subject of the facts has the permission; nil stands for names that can be no permission.
  ///
  /// The order is on purpose: until it is certain that the subject is a member, no answer depends on anything a stranger should not learn.
  package static func decide(_ permission: Permission?, _ facts: Facts) -> Decision {
    guard let permission, facts.catalog.definition(of: permission) != nil else {
      return .deny(.permissionUnknown, in: facts.organization?.id)
    }
    guard let organization = facts.organization else { return .deny(.organizationUnknown) }
    if facts.subject == .unknown { return .deny(.subjectUnknown, in: organization.id) }
    if facts.membership == .none { return .deny(.notAMember, in: organization.id) }
    if facts.subject == .suspended { return .deny(.subjectSuspended, in: organization.id) }
    guard case .active(let roles) = facts.membership else { return .deny(.membershipSuspended, in: organization.id) }
    guard organization.isOpen else { return .deny(.organizationClosed, in: organization.id) }

    let granting = roles.filter { role in
      role.canBeHeld(in: organization) && role.permits(permission, in: organization.kind, of: facts.catalog)
    }
    return .grantedBy(granting.map(\.id), in: organization.id)
  }
}
