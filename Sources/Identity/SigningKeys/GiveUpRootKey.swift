package import Primitives

/// Begins anew under another root key where the one that sealed the database is lost: what it sealed nobody can open any more, so that it goes, and
/// everything else stays. Organizations, agreements, people with their roles, applications with their secrets, invitations and the audit trail
/// are as they were; passwords, sessions, tokens, links, letters that wait and keys are gone. `InvitePeopleWithoutPassword` lets people in again.
///
/// Nobody may serve meanwhile.
package struct GiveUpRootKey: Sendable {
  package enum Refusal: Error, Sendable, Hashable {
    /// The end of the audit trail was not signed by the key that was given.
    case auditNotGenuine
  }

  /// How many of each are gone.
  package struct GivenUp: Sendable, Hashable {
    package var passwords: Int
    package var letters: Int
    package var sessions: Int
    package var grants: Int
    package var signUps: Int
    package var invitationLinks: Int
  }

  package init() {}

  /// Whether the end of the audit trail is of this key, before a new root key is made for nothing.
  package static func checkAudit(_ auditKey: MessageVerifier?, store: any Store) async throws {
    try await store.read { tx in try checkAudit(auditKey, tx) }
  }

  private static func checkAudit(_ auditKey: MessageVerifier?, _ tx: any Transaction) throws {
    let head = try tx.auditHead()
    if let auditKey, head != .start, !head.isGenuine(auditKey) { throw Refusal.auditNotGenuine }
  }

  /// - Parameter auditKey: the public half of the key that signed the audit trail, if somebody kept it: then only what it signed is signed anew. Without
  ///   it the trail is vouched for as it stands, and nobody can tell whether it was forged before.
  /// - Returns: nil when the key is the one in force: nothing is lost. Nothing is changed then.
  package func callAsFunction(
    for keys: KeyRing, auditKey: MessageVerifier?, _ occasion: Occasion, store: any Store
  ) async throws -> GivenUp? {
    let fresh = try SigningKeyVault.generate(SigningKeyVault.algorithms, occasion)
    return try await store.write { tx in
      guard let proof = try tx.rootKeyProof(), !RootKeyProof.fits(proof, keys) else { return nil }
      try Self.checkAudit(auditKey, tx)
      let lost = try tx.discardSealed()
      let later = occasion.now + .days(36_500)
      try tx.spendEveryCode(at: occasion.now)
      let givenUp = GivenUp(
        passwords: lost.passwords, letters: lost.letters,
        sessions: try tx.endEverySession(as: .endedByAdministrator, at: occasion.now),
        grants: try tx.endEveryGrant(as: .revoked, at: occasion.now),
        signUps: try tx.deletePendingSignUps(expiredBefore: later, atMost: .max),
        // A link that was worth nothing without the password of its account was not kept like one.
        invitationLinks: try tx.endEveryInvitationLink(as: .replaced))
      try tx.setRootKeyProof(try RootKeyProof.make(by: keys))
      try PepperVault.add(to: tx, occasion, keys: keys)
      try SigningKeyVault.install(fresh, tx, occasion, keys: keys)
      _ = try tx.resignAudit { checkpoint in
        if let auditKey, !checkpoint.isGenuine(auditKey) { return nil }
        return try .signed(
          position: checkpoint.position, chain: checkpoint.chain, sealedAt: checkpoint.sealedAt, by: keys.audit)
      }
      var details: JSONObject = [
        "audit_key": .string("\(try keys.audit.verifier())"), "passwords": .integer(Int64(givenUp.passwords)),
        "letters": .integer(Int64(givenUp.letters)), "sessions_ended": .integer(Int64(givenUp.sessions)),
        "grants_ended": .integer(Int64(givenUp.grants)), "sign_ups_discarded": .integer(Int64(givenUp.signUps)),
        "invitation_links_ended": .integer(Int64(givenUp.invitationLinks)),
      ]
      details["audit_key_before"] = auditKey.map { .string("\($0)") }
      try tx.record(.rootKeyGivenUp, on: nil, in: nil, occasion, details: details)
      return givenUp
    }
  }
}
