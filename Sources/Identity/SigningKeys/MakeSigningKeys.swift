package import Primitives

/// Makes, announces and retires token signing keys.
///
/// A new key is published at once and signs only after `Lifetimes.keyAnnouncement`, as long as the JWKS may be cached, so that nobody meets a
/// signature before its key (THREATS KEY2). The old one goes on signing until then, and stays published until the last token it signed has
/// ended.
package enum SigningKeyVault {
  /// The algorithms for which there is always a key.
  package static let algorithms: [SignatureAlgorithm] = [.es256, .rs256]
  /// A token cannot outlive this, whatever is configured.
  static let longestToken: Duration = .minutes(15)
  /// Kept, unpublished, after that: as long as a session it signed can live.
  static let kept: Duration = .days(31)

  /// Generates keys before the transaction that stores them: an RSA key takes a noticeable part of a second.
  package static func generate(_ algorithms: [SignatureAlgorithm], _ occasion: Occasion) throws -> [SigningKey] {
    try algorithms.map { algorithm in
      let name: Identifier<SigningKeyTag> = occasion.newID()
      return try SigningKey.generate(algorithm, id: name.text)
    }
  }

  /// Stores the first keys of an empty database; they sign at once, since nobody can have cached a JWKS yet.
  package static func install(_ fresh: [SigningKey], _ tx: any Transaction, _ occasion: Occasion, keys: KeyRing) throws {
    for key in fresh { try insert(key, signsFrom: occasion.now, tx, occasion, keys: keys) }
  }

  /// Stores successors and schedules the retirement of what signs now.
  package static func rotate(
    to fresh: [SigningKey], _ tx: any Transaction, _ occasion: Occasion, keys: KeyRing, announcement: Duration
  ) throws {
    let takeover = occasion.now + announcement
    for key in fresh {
      for old in try tx.signingKeys() where old.algorithm == key.algorithm && old.retiredAt == nil {
        try tx.retireSigningKey(old.id, at: takeover, publishedUntil: takeover + longestToken + .minutes(1))
        try tx.record(.signingKeyRetired, on: "signing-key:\(old.id)", in: nil, occasion)
      }
      try insert(key, signsFrom: takeover, tx, occasion, keys: keys)
    }
  }

  private static func insert(
    _ key: SigningKey, signsFrom: Timestamp, _ tx: any Transaction, _ occasion: Occasion, keys: KeyRing
  ) throws {
    try tx.insert(
      StoredSigningKey(
        id: key.id, algorithm: key.algorithm, sealed: try keys.signingKeys.seal(key.exported(), context: key.id),
        publicJWK: JSON.object(key.verificationKey.jwk).text, createdAt: occasion.now, signsFrom: signsFrom))
    try tx.record(
      .signingKeyMade, on: "signing-key:\(key.id)", in: nil, occasion, details: ["algorithm": .string(key.algorithm.rawValue)])
  }
}

enum SigningKeyTag {}

/// Replaces the keys that sign: what `usher rotate-keys` does, by hand or from a schedule of the machine.
package struct RotateSigningKeys: Sendable {
  package struct Rotated: Sendable {
    /// One of each algorithm.
    package let keys: [SigningKey]
    package let signsFrom: Timestamp
  }

  package init() {}

  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws -> Rotated {
    let fresh = try SigningKeyVault.generate(SigningKeyVault.algorithms, occasion)
    let announcement = env.settings.lifetimes.keyAnnouncement
    try await env.store.write { tx in
      try SigningKeyVault.rotate(to: fresh, tx, occasion, keys: env.keys, announcement: announcement)
    }
    return Rotated(keys: fresh, signsFrom: occasion.now + announcement)
  }
}
