internal import HTTPTypes
internal import Identity
internal import Primitives

/// What a load balancer and the one who runs Usher at night ask.
///
/// *Live* says that the process answers at all: when it does not, restart it. *Ready* says that it can do its work: the store answers, what
/// decisions rest on is confirmed, and there are keys to sign with. Waiting letters, failing jobs, keys that do not open while others sign, and
/// warnings are told but do not make it unready: they are no reason to turn people away.
struct HealthRoutes: Sendable {
  let env: Environment
  let warnings: HealthWarnings

  func live(_ exchange: Exchange) async throws -> Answer {
    .json(Array(#"{"status":"live"}"#.utf8))
  }

  func ready(_ exchange: Exchange) async throws -> Answer {
    let now = env.clock()
    let work = try? await env.store.read { tx in (letters: try tx.waitingLetters(), failing: try tx.failingJobs()) }
    let keys = env.keys.condition(at: now)
    let isReady = work != nil && env.policy.isCurrent && keys != .unavailable
    var writer = JSONWriter(capacity: 192)
    writer.beginObject()
    writer.member("status", isReady ? "ready" : "unavailable")
    writer.member("store", work == nil ? "unavailable" : "ready")
    writer.member("policy", env.policy.isCurrent ? "current" : "stale")
    writer.member("signing_keys", keys.rawValue)
    if let work {
      writer.member("waiting_letters", Int64(work.letters.count))
      if let oldest = work.letters.oldest { writer.member("oldest_letter_seconds", (now - oldest).wholeSeconds) }
      writer.member("failing_jobs", Int64(work.failing))
    }
    let warnings = warnings.names
    if !warnings.isEmpty { writer.member("warnings", warnings) }
    writer.endObject()
    return .json(writer.bytes, isReady ? .ok : .serviceUnavailable)
  }
}
