internal import AccessControl
package import Primitives

/// Changes one's own password, on proof of the current one. Every other session ends, and every refresh token but those of this very session; a
/// letter tells the person.
package struct ChangePassword: Sendable {
  package enum Refusal: Error, Sendable, Hashable {
    /// The person proved who they are too long ago: sign in again first.
    case reauthenticationNeeded
    /// The current password was wrong, or there is none.
    case wrongPassword
    case passwordRefused(PasswordPolicy.Reason)
    /// Too many wrong ones: nothing is tried until then.
    case throttled(until: Timestamp)
    /// The session ended, or the password was changed from elsewhere, in this very moment.
    case changedMeanwhile
  }

  package init() {}

  /// - Parameter resumed: the session the person is in.
  /// - Throws: `Refusal`; `HashingPool.Full`.
  package func callAsFunction(
    from current: Password, to new: Password, in resumed: ResumedSession, _ occasion: Occasion, env: Environment
  ) async throws {
    let account = resumed.account
    let now = occasion.now
    guard now - resumed.session.authenticatedAt <= env.settings.lifetimes.recentAuthentication else {
      throw Refusal.reauthenticationNeeded
    }
    let key = ThrottleKey.passwordChange(account.id, env.keys)
    let (stored, organization, blockedUntil) = try await env.store.read { tx in
      (
        try tx.passwordHash(of: account.id), try account.home.flatMap { try tx.organization($0)?.name },
        try tx.blockedUntil([key], at: now)
      )
    }
    if let blockedUntil { throw Refusal.throttled(until: blockedUntil) }
    guard let stored, try await env.verify(current, against: stored.hash).matches else {
      throw try await env.store.write { tx in
        // Asked again: of many attempts at once no more count than of as many in a row.
        if let until = try tx.blockedUntil([key], at: now) { return Refusal.throttled(until: until) }
        try tx.countFailure(under: key, by: env.settings.throttle.perAccount, at: now)
        try tx.record(.passwordChangeFailed, on: account.id.auditName, in: account.home, outcome: .failed, occasion)
        return Refusal.wrongPassword
      }
    }
    let context = PasswordPolicy.Context(
      email: account.email, name: account.name, organization: organization, portal: env.settings.portalName)
    let hash: PasswordHash
    do {
      hash = try await env.passwords.hash(new: new, context, by: env.passwordPolicy)
    } catch let reason as PasswordPolicy.Reason {
      throw Refusal.passwordRefused(reason)
    }
    try await env.store.write { tx in
      if let until = try tx.blockedUntil([key], at: now) { throw Refusal.throttled(until: until) }
      guard try tx.passwordHash(of: account.id)?.changedAt == stored.changedAt, let open = try tx.session(resumed.session.id),
        open.endedAt == nil
      else {
        throw Refusal.changedMeanwhile
      }
      try tx.clearThrottle(key.text)
      try tx.setPassword(StoredPassword(hash: hash, changedAt: now), of: account.id)
      try tx.endEverything(of: account.id, but: resumed.session.id, occasion)
      try tx.record(.passwordChanged, on: account.id.auditName, in: account.home, occasion)
      try tx.send(
        .passwordChanged(at: now, profileURL: "\(env.settings.publicAddress)/profile"), to: account.email, name: account.name,
        in: account.language, occasion, sealedBy: env.keys)
    }
  }
}

extension Transaction {
  /// What a new password ends: the other sessions with all their grants, grants that outlived their session, and `offline_access` everywhere.
  /// Applications of the session the person is in go on.
  fileprivate func endEverything(of account: AccountID, but current: SessionID, _ occasion: Occasion) throws {
    for session in try openSessions(of: account) where session.id != current {
      _ = try end(session, as: .passwordChanged, .passwordChanged, occasion)
    }
    for grant in try openGrants(of: account) where grant.session != current || grant.isOffline {
      try end(grant, as: .passwordChanged, occasion)
    }
  }
}
