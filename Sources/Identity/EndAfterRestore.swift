internal import Primitives

/// Ends what a database that was set back to an earlier moment would otherwise let somebody use a second time.
///
/// Since that moment sessions were ended, codes redeemed, refresh tokens renewed, links used and withdrawn; the database does not know. So everybody
/// signs in again, and what is waiting for an answer is sent again. What an administrator or a person changed since (a password, a role, a
/// suspension) nobody can bring back from here; `AuditSince` names it.
package struct EndAfterRestore: Sendable {
  /// What is left as the backup has it, because nothing happened since: the server had been stopped before.
  package struct Kept: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let sessions = Kept(rawValue: 1)
    package static let links = Kept(rawValue: 2)
  }

  /// How many of each ended.
  package struct Ended: Sendable, Hashable {
    package var sessions = 0
    package var grants = 0
    package var invitationLinks = 0
    package var signUps = 0
    package var registrationTokens = 0
  }

  package init() {}

  /// Codes, which live for a minute, are ended in any case.
  package func callAsFunction(keeping kept: Kept, _ occasion: Occasion, store: any Store) async throws -> Ended {
    let now = occasion.now
    return try await store.write { tx in
      var ended = Ended()
      try tx.spendEveryCode(at: now)
      if !kept.contains(.sessions) {
        ended.sessions = try tx.endEverySession(as: .endedByAdministrator, at: now)
        ended.grants = try tx.endEveryGrant(as: .revoked, at: now)
      }
      if !kept.contains(.links) {
        ended.invitationLinks = try tx.endEveryInvitationLink(as: .replaced)
        let later = now + .days(36_500)
        ended.signUps = try tx.deletePendingSignUps(expiredBefore: later, atMost: .max)
        ended.registrationTokens = try tx.deleteInitialAccessTokens(expiredBefore: later, atMost: .max)
      }
      try tx.record(
        .databaseRestored, on: nil, in: nil, occasion,
        details: [
          "sessions_ended": .integer(Int64(ended.sessions)), "grants_ended": .integer(Int64(ended.grants)),
          "invitation_links_ended": .integer(Int64(ended.invitationLinks)), "sign_ups_discarded": .integer(Int64(ended.signUps)),
          "registration_tokens_discarded": .integer(Int64(ended.registrationTokens)),
        ])
      return ended
    }
  }
}
