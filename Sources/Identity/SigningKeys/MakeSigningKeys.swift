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

  /// Stores successors and schedules the retirement of what signs now. Where nothing signs, because no key of an algorithm opens any more, there is
  /// nothing to wait for: the successor signs at once.
  ///
  /// - Returns: the successors, as they were stored.
  @discardableResult
  package static func rotate(
    to fresh: [SigningKey], _ tx: any Transaction, _ occasion: Occasion, keys: KeyRing, announcement: Duration
  ) throws -> [StoredSigningKey] {
    try fresh.map { key in
      let kept = try tx.signingKeys().filter { $0.algorithm == key.algorithm }
      let isSigning = kept.contains { $0.isInForce(at: occasion.now) && keys.opens($0) }
      let takeover = isSigning ? occasion.now + announcement : occasion.now
      for old in kept where old.retiredAt == nil {
        try tx.retireSigningKey(old.id, at: takeover, publishedUntil: takeover + longestToken + .minutes(1))
        try tx.record(.signingKeyRetired, on: "signing-key:\(old.id)", in: nil, occasion)
      }
      return try insert(key, signsFrom: takeover, tx, occasion, keys: keys)
    }
  }

  /// When a rotation is due that is made once every `interval`: that long after the youngest key of an algorithm was made, whoever asked for it.
  package static func rotationDue(_ tx: any Transaction, every interval: Duration) throws -> Timestamp {
    let kept = try tx.signingKeys()
    let youngest = algorithms.map { algorithm in
      kept.filter { $0.algorithm == algorithm }.map(\.createdAt).max() ?? Timestamp(seconds: 0)
    }
    return (youngest.min() ?? Timestamp(seconds: 0)) + interval
  }

  @discardableResult
  private static func insert(
    _ key: SigningKey, signsFrom: Timestamp, _ tx: any Transaction, _ occasion: Occasion, keys: KeyRing
  ) throws -> StoredSigningKey {
    try keys.mustBeInForce(tx)
    let stored = StoredSigningKey(
      id: key.id, algorithm: key.algorithm, sealed: try keys.signingKeys.seal(key.exported(), context: key.id),
      publicJWK: JSON.object(key.verificationKey.jwk).text, createdAt: occasion.now, signsFrom: signsFrom)
    try tx.insert(stored)
    try tx.record(
      .signingKeyMade, on: "signing-key:\(key.id)", in: nil, occasion, details: ["algorithm": .string(key.algorithm.rawValue)])
    return stored
  }
}

enum SigningKeyTag {}

/// Replaces the keys that sign: what `usher rotate-keys` does, and the schedule.
package struct RotateSigningKeys: Sendable {
  package init() {}

  /// - Returns: the new keys, one of each algorithm.
  @discardableResult
  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws -> [StoredSigningKey] {
    try await rotate(occasion, env: env) { _ in true }
  }

  /// Leaves them as they are while they are younger than `age`: decided in the transaction that would replace them, so that of two who find them
  /// old at the same moment one replaces them.
  ///
  /// - Returns: the new keys, or none.
  @discardableResult
  package func callAsFunction(ifOlderThan age: Duration, _ occasion: Occasion, env: Environment) async throws
    -> [StoredSigningKey]
  {
    let isDue: @Sendable (any Transaction) throws -> Bool = { tx in
      try SigningKeyVault.rotationDue(tx, every: age) <= occasion.now
    }
    // Making keys takes long, and this is mostly asked in vain.
    guard try await env.store.read(isDue) else { return [] }
    return try await rotate(occasion, env: env, if: isDue)
  }

  private func rotate(
    _ occasion: Occasion, env: Environment, if isWanted: @escaping @Sendable (any Transaction) throws -> Bool
  ) async throws -> [StoredSigningKey] {
    let fresh = try SigningKeyVault.generate(SigningKeyVault.algorithms, occasion)
    let announcement = env.settings.lifetimes.keyAnnouncement
    return try await env.store.write { tx in
      guard try isWanted(tx) else { return [] }
      return try SigningKeyVault.rotate(to: fresh, tx, occasion, keys: env.keys, announcement: announcement)
    }
  }
}
