internal import Primitives

/// Seals what rests under the root key under another one, in one transaction: afterwards the other is in force, or, when anything failed, still the
/// old. Nobody should serve meanwhile: a server seals by the key it started with, and is refused from then on (`RootKeyNotInForce`).
///
/// Passwords, sessions, tokens and links stay good: what they rest on (peppers, signing keys, digests) is the same, sealed anew. What is only *derived*
/// from the root key and kept nowhere begins anew: forms and authorization requests that are open in a browser, and what throttles have counted.
package struct ReplaceRootKey: Sendable {
  /// How many of each were sealed anew.
  package struct Replaced: Sendable, Hashable {
    package var peppers = 0
    package var signingKeys = 0
    package var letters = 0
    /// Signatures of the audit trail.
    package var checkpoints = 0
  }

  package init() {}

  /// - Returns: nil when the new key is in force already: an earlier call had got to its end. Nothing is changed then.
  /// - Throws: `PreparePortal.Refusal.wrongRootKey` when the database was sealed with neither; `StoreError.unreadable` for a pepper that does
  ///   not open, for with it passwords would be lost.
  package func callAsFunction(_ old: KeyRing, by new: KeyRing, _ occasion: Occasion, store: any Store) async throws -> Replaced? {
    try await store.write { tx in
      guard let proof = try tx.rootKeyProof(), !RootKeyProof.fits(proof, new) else { return nil }
      guard RootKeyProof.fits(proof, old) else { throw PreparePortal.Refusal.wrongRootKey }
      try tx.setRootKeyProof(try RootKeyProof.make(by: new))
      var replaced = Replaced()
      replaced.peppers = try tx.resealPeppers { id, sealed in
        guard let key = try? old.peppers.open(sealed, context: id) else { throw StoreError.unreadable("pepper \(id)") }
        return try new.peppers.seal(key, context: id)
      }
      // One that did not open before does not open afterwards either: a signing key stays out, a letter is given up.
      replaced.signingKeys = try tx.resealSigningKeys { id, sealed in
        try (try? old.signingKeys.open(sealed, context: id)).map { try new.signingKeys.seal($0, context: id) }
      }
      replaced.letters = try tx.resealLetters { id, sealed in
        try (try? old.outbox.open(sealed, context: id)).map { try new.outbox.seal($0, context: id) }
      }
      // Only what the old key did sign: a forgery stays one.
      let verifier = try old.audit.verifier()
      replaced.checkpoints = try tx.resignAudit { checkpoint in
        guard checkpoint.isGenuine(verifier) else { return nil }
        return try .signed(
          position: checkpoint.position, chain: checkpoint.chain, sealedAt: checkpoint.sealedAt, by: new.audit)
      }
      // Whoever read the old key and the database knows the peppers: hashes go over to this one as people sign in.
      try PepperVault.add(to: tx, occasion, keys: new)
      try tx.record(
        .rootKeyReplaced, on: nil, in: nil, occasion,
        details: [
          "audit_key_before": .string("\(verifier)"), "audit_key": .string("\(try new.audit.verifier())"),
          "peppers": .integer(Int64(replaced.peppers)), "signing_keys": .integer(Int64(replaced.signingKeys)),
          "letters": .integer(Int64(replaced.letters)), "checkpoints": .integer(Int64(replaced.checkpoints)),
        ])
      return replaced
    }
  }
}
