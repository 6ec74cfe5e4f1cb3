package import AccessControl
package import Localization

extension Reason {
  /// Why, for the person who wanted to act, in their language: what the code for applications says, and no more.
  package func sentence(_ say: Sentences) -> String {
    switch self {
    case .permissionGranted, .permissionGrantedAcross: say.decision.permissionGranted
    case .noRoleGrantsPermission: say.decision.noRoleGrantsPermission
    case .requestTooCostly: say.decision.requestTooCostly
    case .permissionUnknown: say.decision.permissionUnknown
    case .organizationRequired: say.decision.organizationRequired
    case .organizationMismatch: say.decision.organizationMismatch
    case .organizationClosed: say.decision.organizationClosed
    // Whether a subject or an organization exists is not told: see `codeForApplications`.
    case .subjectUnknown, .organizationUnknown, .notAMember: say.decision.notAMember
    case .subjectSuspended: say.decision.subjectSuspended
    case .activeRolesRequired: say.decision.activeRolesRequired
    case .rolesExcludeEachOther: say.decision.rolesExcludeEachOther
    case .membershipSuspended: say.decision.membershipSuspended
    case .applicationNotAdmitted: say.decision.applicationNotAdmitted
    case .pastWithheld: say.decision.pastWithheld
    }
  }
}
