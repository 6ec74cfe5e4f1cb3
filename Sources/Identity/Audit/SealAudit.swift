package import Primitives

/// Gives audit entries their place in the chain, after they were committed: no write of anybody waits for the chain.
///
/// One look seals what is committed when it looks, so that everything in it stands before whatever is committed later; among the entries of one
/// look their ids decide, which is by age. Any number may seal at once: the head of the chain is moved by a conditional write, and of two who
/// looked at the same head one moves it.
package struct SealAudit: Sendable {
  /// A checkpoint is kept after this many entries at the latest, and after `checkpointSpan` when there was news.
  package static let checkpointEntries: Int64 = 1_000
  package static let checkpointSpan: Duration = .minutes(1)

  package enum Refusal: Error, Sendable, Hashable {
    /// The head of the chain was not signed by this installation: somebody wrote it by hand. Nothing is sealed behind it, for that would vouch for
    /// what stands before.
    case headNotGenuine
    /// An entry went away between the look and the seal. The next look does without it.
    case entryVanished
  }

  /// What came of it.
  package struct Outcome: Sendable, Hashable {
    /// How many entries this call sealed.
    package var sealed = 0
    /// The newest of the checkpoints this call kept.
    package var checkpoint: AuditCheckpoint?
    /// Whether nothing was left unsealed of what was there at the beginning.
    package var isWhole = false
  }

  /// How many entries one commit seals, so that it never holds up others for long.
  private let batch: Int
  /// How many commits one call makes at most.
  private let rounds: Int

  package init(batch: Int = 256, rounds: Int = 64) {
    self.batch = max(batch, 1)
    self.rounds = max(rounds, 1)
  }

  /// Seals what is committed. Where nothing is unsealed and no checkpoint due, nothing is written.
  ///
  /// - Throws: `Refusal`, `RootKeyNotInForce`.
  @discardableResult
  package func callAsFunction(store: any Store, keys: KeyRing, now: Timestamp) async throws -> Outcome {
    var outcome = Outcome()
    for _ in 0..<rounds {
      let look = try await store.read { [batch] tx in try Look(tx, limit: batch) }
      guard let step = try look.step(keys.audit, now) else {
        outcome.isWhole = true
        break
      }
      guard try await store.write({ tx in try step.take(tx, keys) }) else { continue }
      outcome.sealed += look.records.count
      outcome.checkpoint = step.checkpoint ?? outcome.checkpoint
      guard look.records.count == batch else {
        outcome.isWhole = true
        break
      }
    }
    return outcome
  }

  /// Whether there is anything to seal, or a checkpoint to keep. For looking before asking for a lease.
  package func isDue(env: Environment) async throws -> Bool {
    let now = env.clock()
    return try await env.store.read { tx in try Look(tx, limit: 1).isDue(at: now) }
  }

  @discardableResult
  package func callAsFunction(env: Environment) async throws -> Outcome {
    try await self(store: env.store, keys: env.keys, now: env.clock())
  }
}

/// What a sealer sees in one moment.
private struct Look: Sendable {
  let head: AuditCheckpoint
  let newest: AuditCheckpoint?
  let records: [AuditRecord]

  init(_ tx: any Transaction, limit: Int) throws {
    head = try tx.auditHead()
    newest = try tx.newestAuditCheckpoint()
    records = try tx.unsealedAudit(behind: head, limit: limit)
  }

  func isDue(at now: Timestamp) -> Bool { !records.isEmpty || keepsCheckpoint(of: head, at: now) }

  /// What has to be written; nil when nothing has.
  func step(_ signer: MessageSigner, _ now: Timestamp) throws -> Step? {
    guard isDue(at: now) else { return nil }
    guard try head == .start || head.isGenuine(signer.verifier()) else { throw SealAudit.Refusal.headNotGenuine }
    var seals: [Step.Seal] = []
    var (position, chain) = (head.position, head.chain)
    for record in records {
      position += 1
      chain = record.link(at: position, after: chain)
      seals.append(Step.Seal(entry: record.id, position: position, chain: chain))
    }
    let next = seals.isEmpty ? head : try AuditCheckpoint.signed(position: position, chain: chain, sealedAt: now, by: signer)
    return Step(head: head, next: next, seals: seals, checkpoint: keepsCheckpoint(of: next, at: now) ? next : nil)
  }

  private func keepsCheckpoint(of head: AuditCheckpoint, at now: Timestamp) -> Bool {
    guard let newest else { return head.position > 0 }
    return head.position > newest.position
      && (head.position - newest.position >= SealAudit.checkpointEntries || now - newest.sealedAt >= SealAudit.checkpointSpan)
  }
}

/// One commit of a sealer.
private struct Step: Sendable {
  struct Seal: Sendable {
    let entry: String
    let position: Int64
    let chain: String
  }

  let head: AuditCheckpoint
  let next: AuditCheckpoint
  let seals: [Seal]
  let checkpoint: AuditCheckpoint?

  /// - Returns: false when somebody else has sealed since the look; nothing is changed then.
  func take(_ tx: any Transaction, _ keys: KeyRing) throws -> Bool {
    try keys.mustBeInForce(tx)
    // First, and even when nothing is sealed: a checkpoint is kept only of what is the head at this moment.
    guard try tx.moveAuditHead(from: head, to: next) else { return false }
    for seal in seals {
      guard try tx.sealAudit(entry: seal.entry, at: seal.position, chain: seal.chain) else {
        throw SealAudit.Refusal.entryVanished
      }
    }
    if let checkpoint { try tx.keep(checkpoint) }
    return true
  }
}
