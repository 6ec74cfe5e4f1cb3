import Dispatch
import Identity
import Primitives
import TestKit
import Testing

@Suite struct HashingOnItsOwnThreads {
  @Test func `past its bound the pool says come back later, at once, and takes work again afterwards`() async throws {
    let pool = HashingPool(threads: 1, bound: 1)
    let gate = DispatchSemaphore(value: 0)
    let (entering, entered) = AsyncStream<Void>.makeStream()
    async let inside: Int = pool.run {
      entered.finish()
      gate.wait()
      return 7
    }
    for await _ in entering {}
    await #expect(throws: HashingPool.Full.self) { try await pool.run { 8 } }
    gate.signal()
    #expect(try await inside == 7)
    #expect(try await pool.run { 9 } == 9)
  }

  @Test func `without a pepper nothing is hashed`() async throws {
    let pool = HashingPool(threads: 1, bound: 8)
    let keeper = PasswordKeeper(pool: pool, cost: TestWorld.cheapCost, randomness: CountedRandomness())
    await #expect(throws: PasswordKeeper.Failure.noPepper) { try await keeper.hash(Password(TestWorld.password)) }
    await #expect(throws: PasswordKeeper.Failure.noPepper) { try await keeper.verify(Password(TestWorld.password), against: nil) }
  }
}
