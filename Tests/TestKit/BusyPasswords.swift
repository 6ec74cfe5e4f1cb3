internal import Dispatch
package import Identity

/// A world's environment in which the thread that hashes passwords is taken, until the test lets it rest.
package final class BusyPasswords: Sendable {
  package let env: Environment
  private let gate: DispatchSemaphore
  private let work: Task<Void, any Error>

  private init(env: Environment, gate: DispatchSemaphore, work: Task<Void, any Error>) {
    self.env = env
    self.gate = gate
    self.work = work
  }

  /// Also at the end of a test that failed before `rest`, nothing waits for ever.
  deinit { gate.signal() }

  /// - Parameter queue: how many passwords may wait behind the one that is never through.
  package static func make(_ world: TestWorld, queue: Int = 0) async throws -> BusyPasswords {
    let own = world.env
    let pool = HashingPool(threads: 1, bound: 1 + queue)
    let passwords = PasswordKeeper(pool: pool, cost: TestWorld.cheapCost, randomness: own.randomness)
    let stored = try await world.store.read { tx in try tx.peppers() }
    passwords.replace(peppers: try PepperVault.open(stored, keys: own.keys))
    let gate = DispatchSemaphore(value: 0)
    let (entering, entered) = AsyncStream<Void>.makeStream()
    let work = Task {
      try await pool.run {
        entered.finish()
        gate.wait()
      }
    }
    for await _ in entering {}
    let env = Environment(
      clock: own.clock, randomness: own.randomness, store: own.store, policy: own.policy, keys: own.keys, passwords: passwords,
      settings: own.settings, audit: own.audit)
    return BusyPasswords(env: env, gate: gate, work: work)
  }

  /// Gives the place back; the next password is hashed.
  package func rest() async {
    gate.signal()
    _ = await work.result
  }
}
