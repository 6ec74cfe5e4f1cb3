package import Logging
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
  /// Ties the next page of a search to the search and the application it was made for.
  package let searches: MessageAuthenticator
  /// Vouches for how far the audit trail went.
  package let audit: MessageSigner

  private struct Opened: Sendable {
    let stored: StoredSigningKey
    let key: SigningKey
  }

  private struct State: Sendable {
    var opened: [Opened] = []
    /// Those that do not open, in the order of the store.
    var unopened: [StoredSigningKey] = []
  }

  private let state = Mutex(State())
  private let logger: Logger

  /// - Parameter logger: told which keys do not open.
  package init(root: RootKey, logger: Logger) {
    self.logger = logger
    outbox = Sealer(root, purpose: "outbox")
    peppers = Sealer(root, purpose: "peppers")
    signingKeys = Sealer(root, purpose: "signing-keys")
    proof = Sealer(root, purpose: "proof")
    forms = MessageAuthenticator(root, purpose: "forms")
    throttles = MessageAuthenticator(root, purpose: "throttles")
    authorizations = MessageAuthenticator(root, purpose: "authorizations")
    searches = MessageAuthenticator(root, purpose: "searches")
    audit = Self.auditSigner(root)
  }

  /// What seals the audit trail, for those who need nothing else of the keys.
  package static func auditSigner(_ root: RootKey) -> MessageSigner { MessageSigner(root, purpose: "audit") }

  /// Takes over the kept keys, opening those not opened yet.
  ///
  /// One that does not open (it is damaged, or another root key sealed it) stays out, and holds up nothing that the rest says: a successor
  /// is published, and what was retired is retired. It is told once, and in `condition` for as long as it is kept.
  package func replace(with stored: [StoredSigningKey]) {
    let known = state.withLock { $0.opened }
    var fresh = State()
    for row in stored {
      if let key = known.first(where: { $0.stored.id == row.id })?.key ?? open(row) {
        fresh.opened.append(Opened(stored: row, key: key))
      } else {
        fresh.unopened.append(row)
      }
    }
    let before = state.withLock { state in
      defer { state = fresh }
      return state.unopened
    }
    for row in fresh.unopened where !before.contains(where: { $0.id == row.id }) {
      logger.error("a signing key cannot be opened; it signs nothing and verifies nothing", metadata: ["kid": "\(row.id)"])
    }
  }

  /// Whether a kept key opens with our root key.
  package func opens(_ stored: StoredSigningKey) -> Bool {
    state.withLock { state in state.opened.contains { $0.stored.id == stored.id } } || open(stored) != nil
  }

  private func open(_ row: StoredSigningKey) -> SigningKey? {
    guard let bytes = try? signingKeys.open(row.sealed, context: row.id) else { return nil }
    return try? SigningKey(id: row.id, algorithm: row.algorithm, exported: bytes)
  }

  /// What an operator must know about the keys.
  package enum Condition: String, Sendable {
    case ready
    /// Something signs with each algorithm, but a key that is kept does not open: what it signed is not recognized.
    case incomplete
    /// Nothing signs with some algorithm now.
    case unavailable
  }

  package func condition(at now: Timestamp) -> Condition {
    guard SigningKeyVault.algorithms.allSatisfy({ signingKey($0, at: now) != nil }) else { return .unavailable }
    return state.withLock { $0.unopened.isEmpty } ? .ready : .incomplete
  }

  /// The key that signs with this algorithm now: the newest that was published long enough and is not retired. A retired one never signs on
  /// in place of a successor that does not open: its tokens would outlive its publication.
  package func signingKey(_ algorithm: SignatureAlgorithm, at now: Timestamp) -> SigningKey? {
    state.withLock { state in
      state.opened.filter { $0.stored.algorithm == algorithm && $0.stored.isInForce(at: now) }
        .max { $0.stored.signsFrom < $1.stored.signsFrom }?.key
    }
  }

  /// A published key by its id, for verification. Unknown ids are a miss and nothing else: no look-up elsewhere, no fetching.
  package func verificationKey(_ id: String, at now: Timestamp) -> VerificationKey? {
    state.withLock { state in
      state.opened.first { $0.stored.id == id && $0.stored.isPublished(at: now) }?.key.verificationKey
    }
  }

  /// A key by its id as long as we keep it at all: only for what we sign for ourselves and look up besides (sessions).
  package func retainedKey(_ id: String) -> VerificationKey? {
    state.withLock { state in state.opened.first { $0.stored.id == id }?.key.verificationKey }
  }

  /// What the JWKS shows.
  package struct Published: Sendable {
    /// Newest first.
    package let keys: [VerificationKey]
    /// Whether none is missing because it does not open.
    package let isWhole: Bool
  }

  package func published(at now: Timestamp) -> Published {
    state.withLock { state in
      Published(
        keys: state.opened.filter { $0.stored.isPublished(at: now) }.sorted { $0.stored.createdAt > $1.stored.createdAt }
          .map(\.key.verificationKey),
        isWhole: !state.unopened.contains { $0.isPublished(at: now) })
    }
  }
}
