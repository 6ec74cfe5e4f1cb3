internal import AccessControl
internal import Primitives

/// Lists a person's own living sessions, newest first (THREATS SES6).
package struct ListOwnSessions: Sendable {
  package init() {}

  package func callAsFunction(of account: Account, _ occasion: Occasion, env: Environment) async throws -> [Session] {
    let lifetimes = env.settings.lifetimes
    return try await env.read(occasion) { tx in
      try tx.openSessions(of: account.id).filter { !$0.hasExpired(at: occasion.now, lifetimes) }.reversed()
    }
  }
}
