package import AccessControl
internal import Primitives

/// Lists the living sessions of a person at home in an organization, oldest first.
///
/// There are at most `IdentitySettings.sessionsPerAccount` of them, so they come at once.
package struct ListMemberSessions: Sendable {
  package init() {}

  /// Needs `session:view` in the person's home organization.
  ///
  /// - Throws: `EndMemberSessions.Refusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    of account: AccountID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> [Session] {
    try await env.read(with: .sessionView, in: organization, occasion) { tx in
      guard let person = try tx.account(account), person.home == organization else { throw EndMemberSessions.Refusal.unknown }
      return try tx.openSessions(of: account).filter { !$0.hasExpired(at: occasion.now, env.settings.lifetimes) }
    }
  }
}
