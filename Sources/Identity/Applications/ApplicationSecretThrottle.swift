package import Primitives

/// Counts wrong secrets by application and network address, so that guessing ends soon and the honest application elsewhere notices nothing
/// (THREATS CLI2).
package struct ApplicationSecretThrottle: Sendable {
  private let key: ThrottleKey

  /// - Parameter client: the name that was presented, whether or not there is such an application.
  package init(client: String, actor: Actor, _ keys: KeyRing) {
    key = .applicationSecret(client, from: actor.address, keys)
  }

  /// How long nothing more is tried; nil when it may be tried now.
  package func wait(at now: Timestamp, env: Environment) async throws -> Duration? {
    let key = key
    return try await env.store.read { tx in try tx.blockedUntil([key], at: now) }.map { $0 - now }
  }

  /// - Parameter application: the one whose secret was guessed at, where there is one.
  package func countFailure(of application: Application?, _ occasion: Occasion, env: Environment) async throws {
    let key = key
    let rule = env.settings.throttle.perApplication
    try await env.store.write { tx in
      let state = try tx.countFailure(under: key, by: rule, at: occasion.now)
      try tx.countFailure(AuditEvent.applicationThrottled.rawValue, occasion)
      // The beginning of a throttle is written once; the failures behind it are counted.
      if state.failures == rule.freeFailures, let application {
        try tx.record(.applicationThrottled, on: application.id.auditName, in: application.owner, outcome: .failed, occasion)
      }
    }
  }
}
