internal import HTTPTypes
internal import Identity
internal import Primitives

/// What a load balancer and the one who runs Usher at night ask.
///
/// *Live* says that the process answers at all: when it does not, restart it. *Ready* says that it can do its work: the store answers, what
/// decisions rest on is confirmed, and there are keys to sign with. Waiting letters, keys that do not open while others sign, and warnings are told but
/// do not make it unready: they are no reason to turn people away.
struct HealthRoutes: Sendable {
  let env: Environment
  let warnings: HealthWarnings

  func live(_ exchange: Exchange) async throws -> Answer {
    .json(Array(#"{"status":"live"}"#.utf8))
  }

  func ready(_ exchange: Exchange) async throws -> Answer {
    let now = env.clock()
    let letters = try? await env.store.read { tx in try tx.waitingLetters() }
    let keys = env.keys.condition(at: now)
    let isReady = letters != nil && env.policy.isCurrent && keys != .unavailable
    var writer = JSONWriter(capacity: 192)
    writer.beginObject()
    writer.member("status", isReady ? "ready" : "unavailable")
    writer.member("store", letters == nil ? "unavailable" : "ready")
    writer.member("policy", env.policy.isCurrent ? "current" : "stale")
    writer.member("signing_keys", keys.rawValue)
    if let letters {
      writer.member("waiting_letters", Int64(letters.count))
      if let oldest = letters.oldest { writer.member("oldest_letter_seconds", (now - oldest).wholeSeconds) }
    }
    let warnings = warnings.names
    if !warnings.isEmpty { writer.member("warnings", warnings) }
    writer.endObject()
    return .json(writer.bytes, isReady ? .ok : .serviceUnavailable)
  }
}
