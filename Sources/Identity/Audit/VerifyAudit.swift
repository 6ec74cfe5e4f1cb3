package import Primitives

/// Checks the whole audit trail against its chain and the signatures over it, from the first entry on, in a memory that does not grow with it.
///
/// It only reads, and may run beside a server that goes on sealing: what is sealed meanwhile is left to the next check.
package struct VerifyAudit: Sendable {
  /// How many rows are read at once.
  private let page: Int

  package init(page: Int = 500) { self.page = max(page, 1) }

  /// - Parameters:
  ///   - verifier: the public half of the key that seals.
  ///   - kept: a checkpoint that was kept elsewhere. With it a trail whose end was cut off is found too.
  ///   - keptVerifier: the public half of the key that signed it, where the root key was replaced since; nil for `verifier`.
  package func callAsFunction(
    store: any Store, verifier: MessageVerifier, kept: AuditCheckpoint? = nil, by keptVerifier: MessageVerifier? = nil
  ) async throws -> AuditReport {
    var walk = try await store.read { [page] tx in
      let head = try tx.auditHead()
      let (unsealed, oldest) = try tx.unsealedAudit(behind: head)
      var walk = Walk(
        AuditReport(head: head, unsealed: unsealed, oldestUnsealed: oldest), verifier, kept: kept, by: keptVerifier ?? verifier)
      // In the same moment as the head: a moment later the sealer may have moved it.
      for record in try tx.auditRecords(after: head.position, limit: page) where record.chain != nil {
        walk.meet(behindHead: record)
      }
      if let newest = try tx.newestAuditCheckpoint() { walk.meet(newest: newest) }
      return walk
    }
    var signed = try await store.read { [page] tx in try tx.auditCheckpoints(after: 0, limit: page) }[...]
    while walk.isUnderWay {
      let records = try await store.read { [page, walk] tx in try tx.auditRecords(after: walk.position, limit: page) }
      for record in records where walk.isUnderWay {
        walk.meet(record)
        while let checkpoint = signed.first, checkpoint.position <= record.position {
          walk.meet(checkpoint)
          signed = signed.dropFirst()
          if signed.isEmpty {
            signed = try await store.read { [page] tx in try tx.auditCheckpoints(after: checkpoint.position, limit: page) }[...]
          }
        }
      }
      if records.count < page { break }
    }
    walk.end()
    return walk.report
  }
}

/// The way along the trail, entry by entry.
private struct Walk: Sendable {
  private(set) var report: AuditReport
  private let verifier: MessageVerifier
  private let kept: AuditCheckpoint?
  /// Where it stands.
  private(set) var position: Int64 = 0
  /// The link there. After an entry that does not fit it is what that entry says of itself and, should that have been changed, what it ought to say,
  /// so that one change is told once.
  private var chain = AuditCheckpoint.start.chain
  private var otherwise: String?

  init(_ report: AuditReport, _ verifier: MessageVerifier, kept: AuditCheckpoint?, by keptVerifier: MessageVerifier) {
    self.report = report
    self.verifier = verifier
    if let kept, !kept.isGenuine(keptVerifier) {
      self.report.add(.keptNotGenuine)
      self.kept = nil
    } else {
      self.kept = kept
    }
    if report.head != .start, !report.head.isGenuine(verifier) { self.report.add(.headNotGenuine(report.head.position)) }
  }

  var isUnderWay: Bool { position < report.head.position }

  mutating func meet(behindHead sealed: SealedRecord) {
    report.add(.behindHead(sealed.position, entry: sealed.record?.id))
  }

  /// No checkpoint lies behind the head, unless somebody set the head back.
  mutating func meet(newest checkpoint: AuditCheckpoint) {
    guard checkpoint.position > report.head.position else { return }
    report.add(
      checkpoint.isGenuine(verifier)
        ? .headSetBack(reached: checkpoint.position, ends: report.head.position) : .checkpointNotGenuine(checkpoint.position))
  }

  mutating func meet(_ sealed: SealedRecord) {
    guard sealed.position <= report.head.position else { return leave() }
    report.entries += 1
    if sealed.position > position + 1 {
      // What comes after a gap follows a link that is gone, so that nothing can be said of it.
      report.add(.missing(position + 1...sealed.position - 1))
    }
    let fitting = [chain, otherwise].compactMap(\.self).compactMap { sealed.record?.link(at: sealed.position, after: $0) }
    let fits = fitting.contains { $0 == sealed.chain }
    if sealed.position == position + 1, !fits { report.add(.altered(sealed.position, entry: sealed.record?.id)) }
    position = sealed.position
    chain = sealed.chain ?? fitting.first ?? ""
    otherwise = fits ? nil : fitting.first
    if position == report.head.position, !stands(report.head.chain) { report.add(.otherThanSigned(position)) }
    if let kept, kept.position == position, !stands(kept.chain) { report.add(.otherThanKept(position)) }
  }

  mutating func meet(_ checkpoint: AuditCheckpoint) {
    report.checkpoints += 1
    if !checkpoint.isGenuine(verifier) {
      report.add(.checkpointNotGenuine(checkpoint.position))
    } else if checkpoint.position == position, !stands(checkpoint.chain) {
      report.add(.otherThanSigned(position))
    }
  }

  private func stands(_ link: String) -> Bool { link == chain || link == otherwise }

  mutating func end() {
    leave()
    if let kept, kept.position > report.head.position {
      report.add(.cutOff(reached: kept.position, ends: report.head.position))
    }
  }

  private mutating func leave() {
    if isUnderWay { report.add(.missing(position + 1...report.head.position)) }
    position = report.head.position
  }
}
