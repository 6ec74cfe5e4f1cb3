package import Primitives

/// A token signing key as it rests in the store: the private half sealed by the root key.
package struct StoredSigningKey: Sendable, Hashable {
  package let id: String
  package let algorithm: SignatureAlgorithm
  /// Sealed with `Sealer(root, purpose: "signing-keys")`, context = the key's id.
  package let sealed: String
  /// The public half as a JWK document.
  package let publicJWK: String
  package let createdAt: Timestamp
  /// It is published from `createdAt` and signs from here on, so that nobody sees a signature before its key.
  package let signsFrom: Timestamp
  /// When a newer key took over; nil for the newest of its algorithm.
  package var retiredAt: Timestamp?
  /// Until when it stays published: the last token it signed has ended by then.
  package var publishedUntil: Timestamp?

  package init(
    id: String, algorithm: SignatureAlgorithm, sealed: String, publicJWK: String, createdAt: Timestamp, signsFrom: Timestamp,
    retiredAt: Timestamp? = nil, publishedUntil: Timestamp? = nil
  ) {
    self.id = id
    self.algorithm = algorithm
    self.sealed = sealed
    self.publicJWK = publicJWK
    self.createdAt = createdAt
    self.signsFrom = signsFrom
    self.retiredAt = retiredAt
    self.publishedUntil = publishedUntil
  }
}

extension StoredSigningKey {
  package func isPublished(at now: Timestamp) -> Bool { publishedUntil.map { now < $0 } ?? true }

  /// Whether it is this key's time to sign: it was published long enough, and is not retired.
  package func isInForce(at now: Timestamp) -> Bool {
    signsFrom <= now && (retiredAt.map { now < $0 } ?? isPublished(at: now))
  }
}

/// A password pepper as it rests in the store, sealed with `Sealer(root, purpose: "peppers")`, context = its id.
package struct StoredPepper: Sendable, Hashable {
  package let id: String
  package let sealed: String
  package let createdAt: Timestamp

  package init(id: String, sealed: String, createdAt: Timestamp) {
    self.id = id
    self.sealed = sealed
    self.createdAt = createdAt
  }
}
