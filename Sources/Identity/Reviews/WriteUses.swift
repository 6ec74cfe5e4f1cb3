/// Writes down which assignments were used of late.
package struct WriteUses: Sendable {
  /// How many in one transaction: it holds up no other for long.
  private static let batch = 500

  package init() {}

  /// - Throws: `StoreError`; what was not written waits for the next time.
  package func callAsFunction(env: Environment) async throws {
    while true {
      let uses = env.policy.uses.take(atMost: Self.batch)
      guard !uses.isEmpty else { return }
      do { try await env.store.write { tx in try tx.noteUses(uses) } } catch {
        env.policy.uses.putBack(uses)
        throw error
      }
    }
  }
}
