import Identity
import Primitives
import TestKit
import Testing

@Suite struct StandingLeases {
  private static let work = Job.Kind(rawValue: "test-work")

  @Test func `one of two instances works, and the other takes over when the first is silent for a lease`() async throws {
    let store = try await TemporaryStore()
    let start = Timestamp(seconds: 1_772_442_000)
    let first = StandingLease(Self.work, for: InstanceName(trusted: "first"), lasting: .seconds(30))
    let second = StandingLease(Self.work, for: InstanceName(trusted: "second"), lasting: .seconds(30))
    #expect(try await first.take(at: start, from: store))
    #expect(try await !second.take(at: start, from: store))
    #expect(try await first.take(at: start + .seconds(20), from: store))
    #expect(try await !second.take(at: start + .seconds(45), from: store), "it was lengthened")
    #expect(try await second.take(at: start + .seconds(50), from: store))
    #expect(try await !first.take(at: start + .seconds(50), from: store))
    try await second.giveBack(to: store)
    #expect(try await first.take(at: start + .seconds(51), from: store))
  }

  @Test func `a lease with more than half of it left is not written again`() async throws {
    let store = try await TemporaryStore()
    let start = Timestamp(seconds: 1_772_442_000)
    let lease = StandingLease(Self.work, for: InstanceName(trusted: "one"), lasting: .seconds(30))
    #expect(try await lease.take(at: start, from: store))
    for seconds in [1, 14] { #expect(try await lease.take(at: start + .seconds(seconds), from: store)) }
    let until = try await store.read { tx in try tx.job(Self.work.onlyJob)?.lease?.until }
    #expect(until == start + .seconds(30))
  }

  @Test func `an instance is called after its machine, and differently each time it starts`() {
    let random = CountedRandomness(seed: 1)
    let names = (0..<2).map { _ in InstanceName.make(host: "Node-7.example\n‹x›", from: random).text }
    #expect(names.allSatisfy { $0.hasPrefix("Node-7.examplex-") && $0.utf8.count == 26 })
    #expect(Set(names).count == 2)
    #expect(InstanceName.make(host: "", from: random).text.utf8.count == 10)
  }
}
