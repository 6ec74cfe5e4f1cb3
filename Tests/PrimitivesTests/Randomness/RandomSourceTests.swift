import Primitives
import TestKit
import Testing

@Suite struct RandomSources {
  @Test(arguments: [0, 1, 7, 8, 9, 32, 1_000]) func `exactly as many bytes come as were asked for`(count: Int) {
    #expect(SystemRandomness().bytes(count).count == count)
    #expect(CountedRandomness().bytes(count).count == count)
  }

  @Test func `counted randomness is the same for one seed, another for another, and never repeats`() {
    #expect(CountedRandomness(seed: 1).bytes(32) == CountedRandomness(seed: 1).bytes(32))
    #expect(CountedRandomness(seed: 1).bytes(32) != CountedRandomness(seed: 2).bytes(32))
    let random = CountedRandomness()
    var seen: Set<[UInt8]> = []
    for _ in 0..<10_000 { seen.insert(random.bytes(8)) }
    #expect(seen.count == 10_000)
  }
}
