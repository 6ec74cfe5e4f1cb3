internal import Primitives
internal import TestKit
internal import Testing

@Suite(.threat("KEY5")) struct AMillionNames {
  private enum SessionTag {}

  @Test func `of a million secrets, as codes, links and tokens are made of, no two are alike`() {
    let random = SystemRandomness()
    // Not even their first eight bytes are, of which the machine compares a million in no time.
    var seen: Set<UInt64> = []
    seen.reserveCapacity(1_000_000)
    for _ in 0..<1_000_000 { seen.insert(random.bytes(32).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }) }
    #expect(seen.count == 1_000_000)
  }

  @Test func `of a million names made in one and the same moment, as sessions and tokens have them, no two are alike`() {
    let random = SystemRandomness()
    let now = Timestamp(seconds: 1_767_323_045)
    var seen: Set<Identifier<SessionTag>> = []
    seen.reserveCapacity(1_000_000)
    for _ in 0..<1_000_000 { seen.insert(.make(at: now, from: random)) }
    #expect(seen.count == 1_000_000)
  }
}
