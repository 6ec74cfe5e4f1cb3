internal import HTTPTypes
internal import Identity
internal import Primitives

/// What a load balancer and the one who runs Usher at night ask.
///
/// *Live* says that the process answers at all: when it does not, restart it. *Ready* says that it can do its work: the store answers, and what
/// decisions rest on is confirmed. Waiting letters are told but do not make it unready: a mail server that is down is no reason to turn people
/// away.
struct HealthRoutes: Sendable {
  let env: Environment

  func live(_ exchange: Exchange) async throws -> Answer {
    .json(Array(#"{"status":"live"}"#.utf8))
  }

  func ready(_ exchange: Exchange) async throws -> Answer {
    let now = env.clock()
    let letters = try? await env.store.read { tx in try tx.waitingLetters() }
    let isReady = letters != nil && env.policy.isCurrent
    var writer = JSONWriter(capacity: 160)
    writer.beginObject()
    writer.member("status", isReady ? "ready" : "unavailable")
    writer.member("store", letters == nil ? "unavailable" : "ready")
    writer.member("policy", env.policy.isCurrent ? "current" : "stale")
    if let letters {
      writer.member("waiting_letters", Int64(letters.count))
      if let oldest = letters.oldest { writer.member("oldest_letter_seconds", (now - oldest).wholeSeconds) }
    }
    writer.endObject()
    return .json(writer.bytes, isReady ? .ok : .serviceUnavailable)
  }
}
