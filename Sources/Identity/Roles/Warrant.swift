package import AccessControl
package import Primitives

/// A change of rights that the choke point found to be allowed. The store takes no change of an assignment, a group, a role or a permission otherwise, and
/// nothing outside this file can make one: a path that gives or takes rights and does not come by here does not compile.
package struct Warranted<Change: Sendable>: Sendable {
  package let change: Change
  /// Whether a signed agreement demands it: no limit of a role holds that up.
  package let isAgreed: Bool

  fileprivate init(_ change: Change, isAgreed: Bool = false) {
    self.change = change
    self.isAgreed = isAgreed
  }
}

/// An assignment that is to go.
package struct RoleRemoval: Sendable {
  package let assignment: RoleAssignment
  /// The audit name of who takes it.
  package let endedBy: String
}

/// Somebody's place in a group that is to go.
package struct GroupRemoval: Sendable {
  package let group: GroupID
  package let member: GroupMember
}

/// A group that is to go, with what it holds.
package struct GroupDeletion: Sendable {
  package let group: Group
  /// The audit name of who deletes it.
  package let endedBy: String
}

/// A registered subject that is to go, with what it holds.
package struct SubjectDeletion: Sendable {
  package let subject: RegisteredSubject
  /// The audit name of who deletes it.
  package let endedBy: String
}

/// A membership that is to go. Nothing is held by it any more.
package struct MembershipRemoval: Sendable {
  package let account: AccountID
  package let organization: OrganizationID
}

/// An application that is to go. It holds nothing any more, anywhere.
package struct ApplicationDeletion: Sendable {
  package let application: ApplicationID
}

/// A role that is to go.
package struct RoleDeletion: Sendable {
  package let role: DefinedRole
  /// When its last version ends.
  package let endsAt: Timestamp
}

/// An exclusion of roles that is to go.
package struct ExclusionDeletion: Sendable {
  package let exclusion: DefinedExclusion
  /// When its last version ends.
  package let endsAt: Timestamp
}

/// A limit of a role that is to go.
package struct LimitDeletion: Sendable {
  package let limit: DefinedLimit
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

  var isAgreement: Bool { if case .agreement = self { true } else { false } }
}

/// The choke point: the one place that says whether rights may be given or taken.
extension Transaction {
  /// A role that reaches beyond its organization is nothing to be narrowed: what counts elsewhere knows nothing of a resource or an end.
  ///
  /// - Throws: `AccessDenied` when the holder cannot have the role there, or the basis does not cover it.
  package func warrant(toGive assignment: RoleAssignment, because basis: GrantBasis) throws -> Warranted<RoleAssignment> {
    guard let organization = try organization(assignment.organization), let role = try catalogs().roles[assignment.role],
      try canHold(role, assignment.holder, in: organization), assignment.isWhole || !role.needsHomeAccount,
      Self.covers(role, basis, organization)
    else { throw AccessDenied(permission: .roleAssign, organization: assignment.organization, reason: "role_not_grantable") }
    return Warranted(assignment, isAgreed: basis.isAgreement)
  }

  /// - Throws: `AccessDenied` when the permit's holder may not give the role there, and so may not take it.
  package func warrant(
    toTake assignment: RoleAssignment, under permit: Permit, _ occasion: Occasion
  ) throws -> Warranted<RoleRemoval> {
    guard mayTake(assignment, under: permit) else {
      throw AccessDenied(permission: .roleAssign, organization: assignment.organization, reason: "role_not_grantable")
    }
    return Warranted(RoleRemoval(assignment: assignment, endedBy: occasion.actor.auditName))
  }

  /// Whoever joins a group receives all that it holds.
  ///
  /// - Throws: `AccessDenied` when the permit's holder may not assign roles, or not each of the group's, or the member does not belong to the group's
  ///   organization.
  package func warrant(
    toAdd membership: GroupMembership, under permit: Permit
  ) throws -> Warranted<GroupMembership> {
    let held = try roleAssignments(of: .group(membership.group))
    if !held.isEmpty, !permit.authority.decide(.roleAssign, at: permit.target).allowed {
      throw denied(permit, "group_role_not_grantable")
    }
    guard try group(membership.group)?.organization == permit.organization.id,
      membership.organization == permit.organization.id, try belongs(membership.member, to: permit.organization),
      held.allSatisfy({ assignment in
        permit.roles[assignment.role].map { permit.authority.mayGrant($0, by: .assignment, at: permit.target) } ?? true
      })
    else { throw denied(permit, "group_role_not_grantable") }
    return Warranted(membership)
  }

  /// - Throws: `AccessDenied` when the permit's holder may not take each of the group's roles.
  package func warrant(
    toRemove member: GroupMember, from group: Group, under permit: Permit
  ) throws -> Warranted<GroupRemoval> {
    guard group.organization == permit.organization.id, try mayTakeAll(of: .group(group.id), under: permit) else {
      throw denied(permit, "group_role_not_grantable")
    }
    return Warranted(GroupRemoval(group: group.id, member: member))
  }

  /// - Throws: `AccessDenied` when the permit's holder may not take each of the group's roles.
  package func warrant(toDelete group: Group, under permit: Permit, _ occasion: Occasion) throws -> Warranted<GroupDeletion> {
    guard group.organization == permit.organization.id, try mayTakeAll(of: .group(group.id), under: permit) else {
      throw denied(permit, "group_role_not_grantable")
    }
    return Warranted(GroupDeletion(group: group, endedBy: occasion.actor.auditName))
  }

  /// - Throws: `AccessDenied` when the permit's holder may not take each role that the subject holds, itself or through its groups.
  package func warrant(
    toDelete subject: RegisteredSubject, under permit: Permit, _ occasion: Occasion
  ) throws -> Warranted<SubjectDeletion> {
    guard subject.organization == permit.organization.id, try mayTakeAll(of: .subject(subject.id), under: permit) else {
      throw denied(permit, "holder_of_higher_role")
    }
    return Warranted(SubjectDeletion(subject: subject, endedBy: occasion.actor.auditName))
  }

  /// What is held by a membership is taken before, each by a warrant of its own: no removal takes rights along unseen.
  ///
  /// - Throws: `AccessDenied` while something is held by it.
  package func warrant(
    toRemove account: AccountID, from organization: OrganizationID, under permit: Permit
  ) throws -> Warranted<MembershipRemoval> {
    guard permit.organization.id == organization, try holdsNothing(.account(account), in: organization) else {
      throw denied(permit, "holder_of_roles")
    }
    return Warranted(MembershipRemoval(account: account, organization: organization))
  }

  /// As with a membership, in every organization.
  ///
  /// - Parameter permit: for deleting applications where this one belongs.
  /// - Throws: `AccessDenied` while it holds something.
  package func warrant(toDelete application: Application, under permit: Permit) throws -> Warranted<ApplicationDeletion> {
    let home = try application.owner ?? portalOrganization()?.id
    guard permit.permission == .applicationManage, permit.organization.id == home,
      try holdsNothing(.application(application.id), in: nil)
    else { throw denied(permit, "holder_of_roles") }
    return Warranted(ApplicationDeletion(application: application.id))
  }

  /// Whether somebody has neither a role nor a place in a group.
  ///
  /// - Parameter organization: nil asks about all of them.
  private func holdsNothing(_ holder: RoleHolder, in organization: OrganizationID?) throws -> Bool {
    let holds =
      try roleAssignments(of: holder).map(\.organization)
      + (holder.groupMember.map { try groupMemberships(of: $0).map(\.organization) } ?? [])
    return organization.map { !holds.contains($0) } ?? holds.isEmpty
  }

  private func mayTakeAll(of holder: RoleHolder, under permit: Permit) throws -> Bool {
    try roleAssignments(reaching: holder).allSatisfy { assignment in
      // What is no role any more is nobody's loss.
      permit.roles[assignment.role] == nil || mayTake(assignment, under: permit)
    }
  }

  private func mayTake(_ assignment: RoleAssignment, under permit: Permit) -> Bool {
    guard permit.organization.id == assignment.organization, let role = permit.roles[assignment.role] else { return false }
    return permit.authority.mayTake(role, at: permit.target)
  }

  private func belongs(_ member: GroupMember, to organization: Organization) throws -> Bool {
    switch member {
    case .account(let id): try membership(id, in: organization.id) != nil
    case .application(let id): try application(id).map { $0.owner == nil || $0.owner == organization.id } ?? false
    case .subject(let id): try subject(id)?.organization == organization.id
    }
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

  /// - Parameter current: the exclusion as it is now, when it exists.
  /// - Throws: `AccessDenied` when the permit's holder may not hand out each role of both.
  package func warrant(
    toDefine exclusion: DefinedExclusion, replacing current: DefinedExclusion? = nil, under permit: Permit
  ) throws -> Warranted<DefinedExclusion> {
    for one in [exclusion, current].compactMap(\.self) {
      try checkMayDefine(one.exclusion, permit, else: "exclusion_of_roles_not_grantable")
    }
    return Warranted(exclusion)
  }

  /// - Throws: `AccessDenied` when the permit's holder may not hand out each of its roles.
  package func warrant(
    toDelete exclusion: DefinedExclusion, at moment: Timestamp, under permit: Permit
  ) throws -> Warranted<ExclusionDeletion> {
    try checkMayDefine(exclusion.exclusion, permit, else: "exclusion_of_roles_not_grantable")
    return Warranted(ExclusionDeletion(exclusion: exclusion, endsAt: moment))
  }

  /// - Throws: `AccessDenied` when the permit's holder may not hand out the role.
  package func warrant(toDefine limit: DefinedLimit, under permit: Permit) throws -> Warranted<DefinedLimit> {
    try checkMayDefine(limit.limit, permit, else: "limited_role_not_grantable")
    return Warranted(limit)
  }

  /// - Throws: `AccessDenied` likewise.
  package func warrant(
    toDelete limit: DefinedLimit, at moment: Timestamp, under permit: Permit
  ) throws -> Warranted<LimitDeletion> {
    try checkMayDefine(limit.limit, permit, else: "limited_role_not_grantable")
    return Warranted(LimitDeletion(limit: limit, endsAt: moment))
  }

  private func checkMayDefine(_ rule: some RoleRule, _ permit: Permit, else reason: String) throws {
    guard permit.permission == .roleDefine, permit.authority.mayDefine(rule, knowing: permit.roles, at: permit.target) else {
      throw denied(permit, reason)
    }
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
