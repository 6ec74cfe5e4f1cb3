internal import Identity
internal import Logging
internal import Primitives

/// Seals the audit trail twice a second. Of several instances on one database the one with the lease does: no entry could be sealed twice, but nobody
/// need compute links in vain. A look that finds nothing writes nothing.
///
/// Each checkpoint that is kept goes to the log as well, which is a place outside the database for it.
struct AuditSealing: Sendable {
  static let work = Job.Kind(rawValue: "audit-sealing")
  /// How long entries stay unsealed after the holder died.
  static let lease: Duration = .seconds(2)

  let environment: Environment
  let instance: InstanceName
  let logger: Logger

  func run(every interval: Duration) async {
    var told: String?
    while !Task.isCancelled {
      do {
        try await look()
        told = nil
      } catch {
        // Twice a second the same words help nobody; the alarm in /health/ready stays.
        if told != "\(error)" { logger.error("the audit trail cannot be sealed", metadata: ["error": "\(error)"]) }
        told = "\(error)"
      }
      try? await Task.sleep(for: interval)
    }
  }

  /// One look, and what comes of it.
  func look() async throws {
    try await RecordInterruption()(
      environment.occasion(of: Actor(.command("serve"), address: nil, requestID: nil)), env: environment)
    guard try await SealAudit().isDue(env: environment) else { return }
    let lease = StandingLease(Self.work, for: instance, lasting: Self.lease)
    guard try await lease.take(at: environment.clock(), from: environment.store) else { return }
    let outcome: SealAudit.Outcome
    do {
      outcome = try await SealAudit()(env: environment)
    } catch {
      // Where even that cannot be written, the log alone tells.
      try? await lease.failed(error, in: environment.store)
      throw error
    }
    try await lease.succeeded(at: environment.clock(), in: environment.store)
    if let checkpoint = outcome.checkpoint { logger.info("audit checkpoint", metadata: ["checkpoint": "\(checkpoint.line)"]) }
  }
}
