internal import HTTPTypes
internal import Identity
internal import Primitives

/// What a load balancer and the one who runs Usher at night ask.
///
/// *Live* says that the process answers at all: when it does not, restart it. *Ready* says that it can do its work: the store answers, what
/// decisions rest on is confirmed, and there are keys to sign with. Waiting letters, failing jobs, keys that do not open while others sign, an audit
/// trail that cannot be written or is not sealed, and warnings are told but do not make it unready: they are no reason to turn people away, for
/// reading and checking tokens go on.
struct HealthRoutes: Sendable {
  let env: Environment
  let warnings: HealthWarnings

  func live(_ exchange: Exchange) async throws -> Answer {
    .json(Array(#"{"status":"live"}"#.utf8))
  }

  func ready(_ exchange: Exchange) async throws -> Answer {
    let now = env.clock()
    let work = try? await env.store.read { tx in
      (
        letters: try tx.waitingLetters(), failing: try tx.failingJobs(),
        unsealedSince: try tx.unsealedAudit(behind: tx.auditHead(), limit: 1).first?.happenedAt
      )
    }
    let keys = env.keys.condition(at: now)
    let isReady = !warnings.isStopping && work != nil && env.policy.isCurrent && keys != .unavailable
    var writer = JSONWriter(capacity: 192)
    writer.beginObject()
    writer.member("status", isReady ? "ready" : warnings.isStopping ? "stopping" : "unavailable")
    writer.member("store", work == nil ? "unavailable" : "ready")
    writer.member("policy", env.policy.isCurrent ? "current" : "stale")
    writer.member("signing_keys", keys.rawValue)
    if let work {
      writer.member("waiting_letters", Int64(work.letters.count))
      if let oldest = work.letters.oldest { writer.member("oldest_letter_seconds", (now - oldest).wholeSeconds) }
      writer.member("failing_jobs", Int64(work.failing))
    }
    tell(of: env.audit.state, unsealedSince: (work?.unsealedSince).map { Timestamp(microseconds: $0) }, at: now, to: &writer)
    let warnings = warnings.names
    if !warnings.isEmpty { writer.member("warnings", warnings) }
    writer.endObject()
    return .json(writer.bytes, isReady ? .ok : .serviceUnavailable)
  }

  /// How long an audit entry may wait for its seal before somebody should look: it is sealed twice a second.
  static let unsealedIsLate: Duration = .seconds(10)

  /// *failing*: nothing can be recorded, so that every change is refused, or something was not recorded yet. *late*: what was recorded is not sealed.
  private func tell(of alarm: AuditAlarm.State, unsealedSince: Timestamp?, at now: Timestamp, to writer: inout JSONWriter) {
    let unsealed = unsealedSince.map { now - $0 } ?? .zero
    let isLate = unsealed >= Self.unsealedIsLate
    writer.member("audit", alarm.isRaised ? "failing" : isLate ? "late" : "ready")
    if alarm.unrecordedDenials > 0 { writer.member("unrecorded_denials", Int64(alarm.unrecordedDenials)) }
    if isLate { writer.member("oldest_unsealed_seconds", unsealed.wholeSeconds) }
  }
}
