package import AccessControl
package import Primitives

/// Everything the audit trail can tell. One name an event, `thing.what-happened`; the names are part of the management API.
package enum AuditEvent: String, Sendable, CaseIterable {
  case portalCreated = "portal.created"
  case organizationCreated = "organization.created"
  case organizationChanged = "organization.changed"
  case agreementRegistered = "agreement.registered"
  case agreementChanged = "agreement.changed"
  case administratorChanged = "agreement.administrator-changed"
  case purchasingAccountRegistered = "purchasing-account.registered"
  case resourceChanged = "resource.changed"
  case invitationSent = "invitation.sent"
  case invitationResent = "invitation.resent"
  case invitationAccepted = "invitation.accepted"
  case invitationWithdrawn = "invitation.withdrawn"
  /// A role of an invitation was not given at acceptance, because the inviter may not grant it any more.
  case invitationRoleWithheld = "invitation.role-withheld"
  case accountCreated = "account.created"
  case accountChanged = "account.changed"
  case accountSuspended = "account.suspended"
  case accountRestored = "account.restored"
  case membershipCreated = "membership.created"
  case membershipSuspended = "membership.suspended"
  case membershipRestored = "membership.restored"
  case membershipRemoved = "membership.removed"
  case roleAssigned = "role.assigned"
  case roleRemoved = "role.removed"
  case roleDefined = "role.defined"
  case roleRedefined = "role.redefined"
  case exclusionDefined = "role-exclusion.defined"
  case exclusionRedefined = "role-exclusion.redefined"
  case exclusionDeleted = "role-exclusion.deleted"
  case limitDefined = "role-limit.defined"
  case limitRedefined = "role-limit.redefined"
  case limitDeleted = "role-limit.deleted"
  case roleDeleted = "role.deleted"
  case permissionDefined = "permission.defined"
  case permissionRedefined = "permission.redefined"
  case permissionDeleted = "permission.deleted"
  case groupDefined = "group.defined"
  case groupChanged = "group.changed"
  case groupDeleted = "group.deleted"
  case groupMemberAdded = "group.member-added"
  case groupMemberRemoved = "group.member-removed"
  case subjectRegistered = "subject.registered"
  case subjectChanged = "subject.changed"
  case subjectDeleted = "subject.deleted"
  case accessReviewOpened = "access-review.opened"
  /// Somebody said of an assignment under review whether it stays.
  case accessReviewDecided = "access-review.decided"
  case accessReviewClosed = "access-review.closed"
  case signedIn = "session.signed-in"
  case signInFailed = "session.sign-in-failed"
  case signInThrottled = "session.sign-in-throttled"
  case sessionEnded = "session.ended"
  case passwordSet = "password.set"
  case passwordChanged = "password.changed"
  case passwordChangeFailed = "password.change-failed"
  case applicationRegistered = "application.registered"
  case applicationChanged = "application.changed"
  case applicationDeleted = "application.deleted"
  case applicationSecretMade = "application.secret-made"
  case initialAccessTokenMade = "application.initial-access-token-made"
  case applicationThrottled = "application.throttled"
  case grantCreated = "grant.created"
  case grantEnded = "grant.ended"
  case codeReplayed = "grant.code-replayed"
  case refreshTokenReplayed = "grant.refresh-token-replayed"
  case tokenRevoked = "token.revoked"
  case signingKeyMade = "signing-key.made"
  case signingKeyRetired = "signing-key.retired"
  case pepperMade = "pepper.made"
  /// Everything was sealed anew, under another root key.
  case rootKeyReplaced = "root-key.replaced"
  /// The root key was lost, and what it had sealed is gone.
  case rootKeyGivenUp = "root-key.given-up"
  case accessDenied = "access.denied"
  case letterGivenUp = "letter.given-up"
  /// An operator made a job due at once.
  case jobRun = "job.run"
  case jobDeleted = "job.deleted"
  /// The database was set back to an earlier moment.
  case databaseRestored = "database.restored"
  /// For a while nothing could be recorded; everything that would have changed anything was refused meanwhile.
  case auditInterrupted = "audit.interrupted"
}

extension Transaction {
  /// Appends one row to the audit trail, in the transaction of what it tells.
  ///
  /// - Parameters:
  ///   - object: what it was done to, `account:…`; see `auditName` of the entities.
  ///   - details: ids and states only, never an address, a name or a secret.
  package func record(
    _ event: AuditEvent, on object: String?, in organization: OrganizationID?, outcome: AuditEntry.Outcome = .success,
    _ occasion: Occasion, details: JSONObject? = nil
  ) throws {
    try append(occasion.entry(event, on: object, in: organization, outcome: outcome, details: details))
  }

  /// The same for a change, with the state before and after.
  package func record(
    _ event: AuditEvent, on object: String?, in organization: OrganizationID?, before: JSONObject?, after: JSONObject?,
    _ occasion: Occasion
  ) throws {
    try append(occasion.entry(event, on: object, in: organization, before: before, after: after))
  }
}

/// Rows of the audit trail, for whoever appends many at once; see `Transaction.record`.
extension Occasion {
  fileprivate func entry(
    _ event: AuditEvent, on object: String?, in organization: OrganizationID?, outcome: AuditEntry.Outcome = .success,
    details: JSONObject?
  ) -> AuditEntry {
    AuditEntry(
      id: newID(), at: now, actor: actor.auditName, event: event.rawValue, object: object, organization: organization,
      outcome: outcome, address: actor.address, requestID: actor.requestID, details: details)
  }

  func entry(
    _ event: AuditEvent, on object: String?, in organization: OrganizationID?, before: JSONObject?, after: JSONObject?
  ) -> AuditEntry {
    var details = JSONObject()
    if let before { details["before"] = .object(before) }
    if let after { details["after"] = .object(after) }
    return entry(event, on: object, in: organization, details: details)
  }
}

/// How audit rows name things.
extension Identifier where Tag == AccountTag { package var auditName: String { "account:\(text)" } }
extension Identifier where Tag == OrganizationTag { package var auditName: String { "organization:\(text)" } }
extension Identifier where Tag == ApplicationTag { package var auditName: String { "application:\(text)" } }
extension Identifier where Tag == AgreementTag { package var auditName: String { "agreement:\(text)" } }
extension Identifier where Tag == PurchasingAccountTag { package var auditName: String { "purchasing-account:\(text)" } }
extension Identifier where Tag == InvitationTag { package var auditName: String { "invitation:\(text)" } }
extension Identifier where Tag == SessionTag { package var auditName: String { "session:\(text)" } }
extension Identifier where Tag == GrantTag { package var auditName: String { "grant:\(text)" } }
extension Identifier where Tag == RoleAssignmentTag { package var auditName: String { "role-assignment:\(text)" } }
extension Identifier where Tag == RoleTag { package var auditName: String { "role:\(text)" } }
extension Identifier where Tag == GroupTag { package var auditName: String { "group:\(text)" } }
extension Identifier where Tag == RegisteredSubjectTag { package var auditName: String { "subject:\(text)" } }
extension Identifier where Tag == RoleExclusionTag { package var auditName: String { "role-exclusion:\(text)" } }
extension Identifier where Tag == LetterTag { package var auditName: String { "letter:\(text)" } }

extension RoleHolder {
  package var auditName: String {
    switch self {
    case .account(let id): id.auditName
    case .application(let id): id.auditName
    case .group(let id): id.auditName
    case .subject(let id): id.auditName
    }
  }
}
