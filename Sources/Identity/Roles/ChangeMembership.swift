package import AccessControl
internal import Primitives

/// Suspends a membership: the person keeps their account and their other organizations, and can do nothing in this one from the next request on.
///
/// The home administrator suspends the account (`SuspendAccount`); every other organization only this.
package struct SuspendMembership: Sendable {
  package init() {}

  /// - Parameter seen: the member as the actor saw them; nil where they did not look.
  /// - Throws: `MembershipRefusal`, `AccessDenied`, `LastAdministrator`.
  package func callAsFunction(
    _ account: AccountID, in organization: OrganizationID, ifStill seen: MemberVersion? = nil, _ occasion: Occasion,
    env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let (permit, membership) = try tx.memberToChange(account, in: organization, ifStill: seen, occasion)
      guard membership.state == .active else { return }
      try tx.keepingAdministrator(in: [permit.organization.id]) {
        var suspended = membership
        suspended.state = .suspended
        guard try tx.update(suspended) else { throw MembershipRefusal.changedMeanwhile }
      }
      try tx.endGrants(account: account, organization: organization, as: .suspended, at: occasion.now)
      try tx.record(
        .membershipSuspended, on: account.auditName, in: organization, before: ["state": "active"], after: ["state": "suspended"],
        occasion)
    }
  }
}

/// Lets a suspended member act again, with the roles they had.
package struct RestoreMembership: Sendable {
  package init() {}

  /// - Parameter seen: the member as the actor saw them; nil where they did not look.
  /// - Throws: `MembershipRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ account: AccountID, in organization: OrganizationID, ifStill seen: MemberVersion? = nil, _ occasion: Occasion,
    env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let (_, membership) = try tx.memberToChange(account, in: organization, ifStill: seen, occasion)
      guard membership.state == .suspended else { return }
      var restored = membership
      restored.state = .active
      guard try tx.update(restored) else { throw MembershipRefusal.changedMeanwhile }
      try tx.record(
        .membershipRestored, on: account.auditName, in: organization, before: ["state": "suspended"], after: ["state": "active"],
        occasion)
    }
  }
}

/// Removes a guest from an organization: every role they hold there is taken, and their places in its groups end, in the same transaction. A home membership ends only with its account.
package struct RemoveMembership: Sendable {
  package init() {}

  package func callAsFunction(
    _ account: AccountID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let (permit, _) = try tx.memberToChange(account, in: organization, ifStill: nil, occasion)
      guard try tx.account(account)?.home != organization else { throw MembershipRefusal.atHome }
      try tx.keepingAdministrator(in: [organization]) {
        try tx.takeEverything(from: .account(account), under: permit, occasion)
        guard try tx.delete(try tx.warrant(toRemove: account, from: organization, under: permit)) else {
          throw MembershipRefusal.unknown
        }
      }
      try tx.endGrants(account: account, organization: organization, as: .suspended, at: occasion.now)
      try tx.record(.membershipRemoved, on: account.auditName, in: organization, occasion)
    }
  }
}

package enum MembershipRefusal: Error, Sendable {
  /// Nobody with this id is a member.
  case unknown
  /// This is the person's home organization.
  case atHome
  /// Somebody else changed it at the same moment: look again.
  case changedMeanwhile
}

extension Transaction {
  /// The membership somebody wants to change, after checking that they may change this very person's.
  fileprivate func memberToChange(
    _ account: AccountID, in organization: OrganizationID, ifStill seen: MemberVersion?, _ occasion: Occasion
  ) throws -> (Permit, Membership) {
    let permit = try permit(.userManage, in: organization, occasion)
    guard let membership = try membership(account, in: organization) else { throw MembershipRefusal.unknown }
    try checkMayAct(on: .account(account), under: permit)
    try checkUnchanged(account, in: organization, since: seen)
    return (permit, membership)
  }
}
