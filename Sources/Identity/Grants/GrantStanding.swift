package import AccessControl
package import Primitives

/// Whether a grant still counts, judged at the moment of use from everything it hangs on.
package enum GrantStanding: Sendable, Equatable {
  /// In force, with the roles its person holds now in the grant's organization (none for a personal account).
  case inForce(application: Application, roles: [RoleID])
  case dead(Reason)

  package enum Reason: String, Sendable {
    case ended, expired
    case sessionEnded = "session-ended"
    case accountSuspended = "account-suspended"
    case notAMember = "not-a-member"
    case organizationClosed = "organization-closed"
    /// Disabled, deleted, no longer trusted, or no longer admitting this kind of account.
    case applicationRefused = "application-refused"
    /// The application may ask no tokens for the grant's audience any more.
    case audienceRefused = "audience-refused"
  }
}

extension Transaction {
  /// The session counts only without `offline_access`; signing out ends the grant itself.
  package func standing(of grant: Grant, at now: Timestamp, _ settings: IdentitySettings) throws -> GrantStanding {
    guard grant.endedAt == nil else { return .dead(.ended) }
    guard now <= grant.expiresAt else { return .dead(.expired) }
    guard let account = try account(grant.account), account.state == .active else { return .dead(.accountSuspended) }
    guard let application = try activeApplication(grant.application), application.isTrusted,
      application.admits.admits(grant.accountKind)
    else {
      return .dead(.applicationRefused)
    }
    if !grant.outlivesItsSession(for: application) {
      guard let session = try session(grant.session), session.endedAt == nil, !session.hasExpired(at: now, settings.lifetimes)
      else {
        return .dead(.sessionEnded)
      }
    }
    let holder = try self.application(audience: grant.audience)
    guard application.mayAsk(for: grant.audience, scopes: grant.scopes, heldBy: holder, settings) else {
      return .dead(.audienceRefused)
    }
    guard let id = grant.organization else { return .inForce(application: application, roles: []) }
    guard try membership(grant.account, in: id)?.state == .active else { return .dead(.notAMember) }
    guard try organization(id)?.state == .active else { return .dead(.organizationClosed) }
    let roles = try roleAssignments(reaching: .account(grant.account)).filter { $0.organization == id && $0.counts(at: now) }
    return .inForce(application: application, roles: Set(roles.map(\.role)).sorted())
  }

  /// Ends a grant and records it; nothing happens when it had ended before.
  package func end(_ grant: Grant, as ending: Grant.Ending, event: AuditEvent = .grantEnded, _ occasion: Occasion) throws {
    guard try endGrant(grant.id, as: ending, at: occasion.now) else { return }
    try record(
      event, on: grant.id.auditName, in: grant.organization, occasion,
      details: [
        "why": .string(ending.rawValue), "application": .string(grant.application.text), "account": .string(grant.account.text),
      ])
  }
}
