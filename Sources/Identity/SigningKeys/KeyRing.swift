package import Primitives
internal import Synchronization

/// The opened keys of this process: what signs, what is published, and what is derived from the root key.
///
/// Opened keys live in memory only; at rest they are sealed by the root key.
package final class KeyRing: Sendable {
  /// Seals letters while they wait.
  package let outbox: Sealer
  package let peppers: Sealer
  package let signingKeys: Sealer
  /// Seals the constant by which a wrong root key is noticed.
  package let proof: Sealer
  /// Ties a form to the browser it was made for.
  package let forms: MessageAuthenticator
  /// Makes throttle keys, so that the table tells nothing about who was attacked.
  package let throttles: MessageAuthenticator
  /// Ties a step of an authorization request to the browser and the request it was made for.
  package let authorizations: MessageAuthenticator

  private struct Opened: Sendable {
    let stored: StoredSigningKey
    let key: SigningKey
  }

  private let opened = Mutex<[Opened]>([])

  package init(root: RootKey) {
    outbox = Sealer(root, purpose: "outbox")
    peppers = Sealer(root, purpose: "peppers")
    signingKeys = Sealer(root, purpose: "signing-keys")
    proof = Sealer(root, purpose: "proof")
    forms = MessageAuthenticator(root, purpose: "forms")
    throttles = MessageAuthenticator(root, purpose: "throttles")
    authorizations = MessageAuthenticator(root, purpose: "authorizations")
  }

  /// Takes over the published keys, opening those not opened yet.
  ///
  /// - Throws: when one does not open: the root key is not the one that sealed it.
  package func replace(with stored: [StoredSigningKey]) throws {
    let known = opened.withLock { $0 }
    let fresh = try stored.map { row in
      if let same = known.first(where: { $0.stored.id == row.id }) { return Opened(stored: row, key: same.key) }
      let bytes = try signingKeys.open(row.sealed, context: row.id)
      return Opened(stored: row, key: try SigningKey(id: row.id, algorithm: row.algorithm, exported: bytes))
    }
    opened.withLock { $0 = fresh }
  }

  /// The key that signs with this algorithm now: the newest that was published long enough.
  package func signingKey(_ algorithm: SignatureAlgorithm, at now: Timestamp) -> SigningKey? {
    opened.withLock { keys in
      keys.filter { $0.stored.algorithm == algorithm && $0.stored.signsFrom <= now && isPublished($0.stored, at: now) }
        .max { $0.stored.signsFrom < $1.stored.signsFrom }?.key
    }
  }

  /// A published key by its id, for verification. Unknown ids are a miss and nothing else: no look-up elsewhere, no fetching.
  package func verificationKey(_ id: String, at now: Timestamp) -> VerificationKey? {
    opened.withLock { keys in
      keys.first { $0.stored.id == id && isPublished($0.stored, at: now) }?.key.verificationKey
    }
  }

  /// A key by its id as long as we keep it at all: only for what we sign for ourselves and look up besides (sessions).
  package func retainedKey(_ id: String) -> VerificationKey? {
    opened.withLock { keys in keys.first { $0.stored.id == id }?.key.verificationKey }
  }

  /// What the JWKS shows, newest first.
  package func publishedKeys(at now: Timestamp) -> [VerificationKey] {
    opened.withLock { keys in
      keys.filter { isPublished($0.stored, at: now) }.sorted { $0.stored.createdAt > $1.stored.createdAt }.map(
        \.key.verificationKey)
    }
  }

  private func isPublished(_ key: StoredSigningKey, at now: Timestamp) -> Bool { key.publishedUntil.map { now < $0 } ?? true }
}
