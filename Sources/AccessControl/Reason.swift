/// Why a decision is what it is. The codes are part of the wire contract: they never change and are never used again for something else.
package enum Reason: Hashable, Sendable {
  /// These roles, held in the organization of the decision, grant the permission.
  case permissionGranted(roles: [RoleID])
  /// These roles are held in another organization and reach into this one: an operator's, or those of an agreement's partner.
  case permissionGrantedAcross(roles: [RoleID], from: OrganizationID)

  /// The subject is an active member, but none of their roles grants the permission.
  case noRoleGrantsPermission
  /// Roles that grant the permission are not to be used together with others that the subject holds, and the question does not say which are
  /// active.
  case activeRolesRequired
  /// The roles that the question says are active are not to be used together.
  case rolesExcludeEachOther
  /// A role of theirs might grant the permission under a condition, which was not asked to its end because the other questions of the request took the
  /// steps that the conditions of one request may take. Asked by itself the question may be answered otherwise.
  case requestTooCostly
  /// No permission is made of this resource type and this action.
  case permissionUnknown
  /// The question names no organization and nothing else tells it.
  case organizationRequired
  /// The question names another organization than the one the resource belongs to.
  case organizationMismatch
  /// There is no organization of that name.
  case organizationUnknown
  /// The organization is closed.
  case organizationClosed
  /// There is no such subject.
  case subjectUnknown
  /// The subject exists and is not a member of the organization.
  case notAMember
  /// The subject's account is suspended everywhere.
  case subjectSuspended
  /// The subject's membership in this organization is suspended.
  case membershipSuspended
  /// The application may not ask in this organization.
  case applicationNotAdmitted

  /// The application asks about the past of an organization in which it may not see what happened.
  case pastWithheld

  /// The stable code, for audit and for people who may see everything in the organization.
  package var code: String {
    switch self {
    case .permissionGranted: "permission_granted"
    case .permissionGrantedAcross: "permission_granted_across"
    case .noRoleGrantsPermission: "no_role_grants_permission"
    case .activeRolesRequired: "active_roles_required"
    case .rolesExcludeEachOther: "roles_exclude_each_other"
    case .requestTooCostly: "request_too_costly"
    case .permissionUnknown: "permission_unknown"
    case .organizationRequired: "organization_required"
    case .organizationMismatch: "organization_mismatch"
    case .organizationUnknown: "organization_unknown"
    case .organizationClosed: "organization_closed"
    case .subjectUnknown: "subject_unknown"
    case .notAMember: "not_a_member"
    case .subjectSuspended: "subject_suspended"
    case .membershipSuspended: "membership_suspended"
    case .applicationNotAdmitted: "application_not_admitted"
    case .pastWithheld: "past_withheld"
    }
  }

  /// The code for an application that asks.
  ///
  /// Whether a subject or an organization exists is not told to somebody who may not see it, so these cases look like a stranger's.
  package var codeForApplications: String {
    switch self {
    case .subjectUnknown, .organizationUnknown: Reason.notAMember.code
    default: code
    }
  }

  /// The roles that grant the permission; empty for every denial.
  package var roles: [RoleID] {
    switch self {
    case .permissionGranted(let roles), .permissionGrantedAcross(let roles, _): roles
    default: []
    }
  }
}
