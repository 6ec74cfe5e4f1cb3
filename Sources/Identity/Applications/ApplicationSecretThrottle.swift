package import Primitives

/// Counts wrong secrets by application and network address, so that guessing ends soon and the honest application elsewhere notices nothing
/// (THREATS CLI2).
///
/// What is counted is a presented name, whether or not there is such an application: the answer to a stranger is the same. Names are put into
/// 256 classes per address, so that inventing names makes no more than 256 rows.
package struct ApplicationSecretThrottle: Sendable {
  private let key: String

  package init(client: String, actor: Actor, _ keys: KeyRing) {
    let address = actor.address.flatMap { IPAddress($0) }.map { AddressRange.subscriber(of: $0).description } ?? "unknown"
    let nameClass = SHA256Digest.of(client).first ?? 0
    key = "application:" + Base64URL.encode(keys.throttles.tag(for: Array("application\n\(nameClass)\n\(address)".utf8)))
  }

  /// How long nothing more is tried; nil when it may be tried now.
  package func wait(at now: Timestamp, env: Environment) async throws -> Duration? {
    let key = key
    let state = try await env.store.read { tx in try tx.throttle(key) }
    guard let until = state?.blockedUntil, now < until else { return nil }
    return until - now
  }

  /// - Parameter application: the one whose secret was guessed at, where there is one.
  package func countFailure(of application: Application?, _ occasion: Occasion, env: Environment) async throws {
    let key = key
    let settings = env.settings.throttle
    let now = occasion.now
    try await env.store.write { tx in
      var state = try tx.throttle(key) ?? ThrottleState(failures: 0, since: now)
      if now - state.since > settings.window { state = ThrottleState(failures: 0, since: now) }
      state.failures += 1
      let past = state.failures - settings.freeFailuresPerApplication
      if past >= 0 {
        // Doubling ends at `longestWait`, so the shift stays small.
        state.blockedUntil = now + min(settings.firstWait * (1 << min(past, 20)), settings.longestWait)
      }
      try tx.setThrottle(key, to: state)
      try tx.countFailure(AuditEvent.applicationThrottled.rawValue, hour: Timestamp(seconds: now.seconds / 3600 * 3600))
      // The beginning of a throttle is written once; the failures behind it are counted.
      if past == 0, let application {
        try tx.record(.applicationThrottled, on: application.id.auditName, in: application.owner, outcome: .failed, occasion)
      }
    }
  }
}
