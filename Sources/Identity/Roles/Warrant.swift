package import AccessControl
package import Primitives

/// A change of rights that the choke point found to be allowed. The store takes no change of an assignment, a role or a permission otherwise, and
/// nothing outside this file can make one: a path that gives or takes rights and does not come by here does not compile.
package struct Warranted<Change: Sendable>: Sendable {
  package let change: Change

  fileprivate init(_ change: Change) { self.change = change }
}

/// An assignment that is to go.
package struct RoleRemoval: Sendable {
  package let assignment: RoleAssignment
}

/// A role that is to go.
package struct RoleDeletion: Sendable {
  package let role: DefinedRole
  /// When its last version ends.
  package let endsAt: Timestamp
}

/// A permission that is to go.
package struct PermissionDeletion: Sendable {
  package let permission: DefinedPermission
  /// When its last version ends.
  package let endsAt: Timestamp
}

/// Why somebody may receive a role: every path that gives rights names one, and the choke point checks it. There is no other path.
package enum GrantBasis: Sendable {
  /// Somebody gives it now, by what they hold now.
  case permit(Permit, GrantWay)
  /// A signed agreement names this person; only account administrator follows from that.
  case agreement(AgreementID)
}

/// The choke point: the one place that says whether rights may be given or taken.
extension Transaction {
  /// - Throws: `AccessDenied` when the holder cannot have the role there, or the basis does not cover it.
  package func warrant(toGive assignment: RoleAssignment, because basis: GrantBasis) throws -> Warranted<RoleAssignment> {
    guard let organization = try organization(assignment.organization), let role = try catalogs().roles[assignment.role],
      try canHold(role, assignment.holder, in: organization), Self.covers(role, basis, organization)
    else { throw AccessDenied(permission: .roleAssign, organization: assignment.organization, reason: "role_not_grantable") }
    return Warranted(assignment)
  }

  /// - Throws: `AccessDenied` when the permit's holder may not give the role there, and so may not take it.
  package func warrant(toTake assignment: RoleAssignment, under permit: Permit) throws -> Warranted<RoleRemoval> {
    guard permit.organization.id == assignment.organization, let role = permit.roles[assignment.role],
      permit.authority.mayTake(role, at: permit.target)
    else { throw AccessDenied(permission: .roleAssign, organization: assignment.organization, reason: "role_not_grantable") }
    return Warranted(RoleRemoval(assignment: assignment))
  }

  /// - Throws: `AccessDenied` when the role would be more than the permit's holder may give, or is there already and not theirs to change.
  package func warrant(toDefine role: DefinedRole, under permit: Permit) throws -> Warranted<DefinedRole> {
    guard permit.permission == .roleDefine else { throw denied(permit, "role_definition_without_permission") }
    let refusal = permit.authority.refusal(
      toDefine: role.role, replacing: permit.roles[role.role.id], knowing: permit.roles, at: permit.target)
    if let refusal { throw denied(permit, refusal.auditedAs) }
    return Warranted(role)
  }

  /// - Throws: `AccessDenied` when the role is not theirs to take away.
  package func warrant(
    toDelete role: DefinedRole, at moment: Timestamp, under permit: Permit
  ) throws -> Warranted<RoleDeletion> {
    guard permit.permission == .roleDefine, let current = permit.roles[role.role.id],
      permit.authority.mayDelete(current, at: permit.target)
    else {
      throw denied(permit, DefinitionRefusal.roleNotYours.auditedAs)
    }
    return Warranted(RoleDeletion(role: role, endsAt: moment))
  }

  /// - Throws: `AccessDenied` for a permit that is none for this, in the portal.
  package func warrant(toDefine permission: DefinedPermission, under permit: Permit) throws -> Warranted<DefinedPermission> {
    try checkDefinesPermissions(permit)
    return Warranted(permission)
  }

  /// - Throws: `AccessDenied` likewise.
  package func warrant(
    toDelete permission: DefinedPermission, at moment: Timestamp, under permit: Permit
  ) throws -> Warranted<PermissionDeletion> {
    try checkDefinesPermissions(permit)
    return Warranted(PermissionDeletion(permission: permission, endsAt: moment))
  }

  private func checkDefinesPermissions(_ permit: Permit) throws {
    guard permit.permission == .permissionDefine, permit.organization.kind == .portal else {
      throw denied(permit, "permission_definition_without_permission")
    }
  }

  private func denied(_ permit: Permit, _ reason: String) -> AccessDenied {
    AccessDenied(permission: permit.permission, organization: permit.organization.id, reason: reason)
  }

  private static func covers(_ role: Role, _ basis: GrantBasis, _ organization: Organization) -> Bool {
    switch basis {
    case .permit(let permit, let way):
      permit.organization.id == organization.id && permit.authority.mayGrant(role, by: way, at: permit.target)
    case .agreement: role.id == .accountAdministrator && organization.kind == .customer
    }
  }
}

private typealias DefinitionRefusal = Authority.DefinitionRefusal

extension Authority.DefinitionRefusal {
  /// A stable word for the audit trail.
  fileprivate var auditedAs: String {
    switch self {
    case .permissions: "role_permits_beyond_own_rights"
    case .conditions: "role_condition_never_asked"
    case .parents: "role_inherits_beyond_own_rights"
    case .grants: "role_grants_beyond_own_rights"
    case .unlimited: "role_unlimited"
    case .roleNotYours: "role_not_grantable"
    case .inheritance, .kindsTakenAway: "role_not_sound"
    }
  }
}
