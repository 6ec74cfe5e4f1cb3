package import AccessControl
internal import Primitives

/// Suspends a work account: sign-in, sessions, refresh tokens, introspection and decisions are dead from the next request on.
///
/// Only the home organization may; another organization suspends the membership (`SuspendMembership`).
package struct SuspendAccount: Sendable {
  package init() {}

  /// Needs `user:manage` in the home organization, and the right to take every role the person holds there. An account that is the last
  /// administrator anywhere, also as a guest elsewhere, cannot be suspended.
  ///
  /// - Parameter seen: the member as the actor saw them; nil where they did not look.
  /// - Throws: `AccountRefusal`, `MembershipRefusal.changedMeanwhile`, `AccessDenied`, `LastAdministrator`.
  package func callAsFunction(
    _ id: AccountID, in organization: OrganizationID, ifStill seen: MemberVersion? = nil, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let account = try tx.accountToGovern(id, in: organization, ifStill: seen, occasion)
      guard account.state == .active else { return }
      try tx.keepingAdministrator(in: try tx.memberships(of: id).map(\.organization)) {
        var suspended = account
        suspended.state = .suspended
        guard try tx.update(suspended) else { throw AccountRefusal.changedMeanwhile }
      }
      _ = try tx.endSessions(of: id, except: nil, as: .suspended, at: occasion.now)
      try tx.endGrants(account: id, as: .suspended, at: occasion.now)
      try tx.record(
        .accountSuspended, on: id.auditName, in: organization, before: ["state": "active"], after: ["state": "suspended"],
        occasion)
    }
  }
}

/// Lets a suspended account sign in again. Sessions and grants that ended stay ended.
package struct RestoreAccount: Sendable {
  package init() {}

  /// - Parameter seen: the member as the actor saw them; nil where they did not look.
  /// - Throws: `AccountRefusal`, `MembershipRefusal.changedMeanwhile`, `AccessDenied`.
  package func callAsFunction(
    _ id: AccountID, in organization: OrganizationID, ifStill seen: MemberVersion? = nil, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let account = try tx.accountToGovern(id, in: organization, ifStill: seen, occasion)
      guard account.state == .suspended else { return }
      var restored = account
      restored.state = .active
      guard try tx.update(restored) else { throw AccountRefusal.changedMeanwhile }
      try tx.record(
        .accountRestored, on: id.auditName, in: organization, before: ["state": "suspended"], after: ["state": "active"], occasion
      )
    }
  }
}

package enum AccountRefusal: Error, Sendable {
  /// Nobody with this id is at home in the organization.
  case unknown
  case changedMeanwhile
}

extension Transaction {
  /// The account somebody wants to suspend or restore, after checking that they may.
  fileprivate func accountToGovern(
    _ id: AccountID, in organization: OrganizationID, ifStill seen: MemberVersion?, _ occasion: Occasion
  ) throws -> Account {
    let permit = try permit(.userManage, in: organization, occasion)
    guard let account = try account(id), account.home == organization else { throw AccountRefusal.unknown }
    try checkMayAct(on: .account(id), under: permit)
    try checkUnchanged(id, in: organization, since: seen)
    return account
  }
}
