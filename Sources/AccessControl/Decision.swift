/// The answer to an access request, and why.
///
/// INVARIANT: a decision allows only if at least one role grants the permission. There is no other way to make one that allows.
package struct Decision: Hashable, Sendable {
  package let allowed: Bool
  package let reason: Reason
  /// The one organization in which the decision was made; nil when it was refused before that was settled.
  package let organization: OrganizationID?

  private init(allowed: Bool, reason: Reason, organization: OrganizationID?) {
    self.allowed = allowed
    self.reason = reason
    self.organization = organization
  }

  /// A denial.
  package static func deny(_ reason: Reason, in organization: OrganizationID? = nil) -> Decision {
    Decision(allowed: false, reason: reason, organization: organization)
  }

  /// Allows, thanks to one role.
  package static func grantedBy(_ role: RoleID, in organization: OrganizationID) -> Decision {
    Decision(allowed: true, reason: .permissionGranted(roles: [role]), organization: organization)
  }

  /// Allows when there is a role to thank for it, and denies otherwise.
  package static func grantedBy(
    _ roles: some Sequence<RoleID>, in organization: OrganizationID, from other: OrganizationID? = nil
  ) -> Decision {
    let ids = roles.sorted()
    guard !ids.isEmpty else { return .deny(.noRoleGrantsPermission, in: organization) }
    let reason: Reason =
      if let other { .permissionGrantedAcross(roles: ids, from: other) } else { .permissionGranted(roles: ids) }
    return Decision(allowed: true, reason: reason, organization: organization)
  }
}
