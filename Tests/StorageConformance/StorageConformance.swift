// StorageConformance owns the promises of Identity/Store, each as a sentence and a check that any engine can be held to.
//
// It does not own: anything only one engine has (files, locks, modes). To hold an engine to the contract, conform to `StoreEngine` and run
// `Promise.all` as the arguments of one test.

package import Identity
package import TestKit

/// How an engine makes stores for the checks.
package protocol StoreEngine: Sendable {
  /// A migrated, empty store on a database of its own. `observer` has been told that nothing is there.
  func makeStore(_ clock: FixedClock, observer: (any PolicyObserver)?, bell: OutboxBell) async throws -> any ConformingStore
}

/// A store with the two things a check needs beside the contract.
package protocol ConformingStore: Store {
  /// Opens the same database once more, as another process would.
  func openAnother(observer: (any PolicyObserver)?) async throws -> any ConformingStore
  /// Looks for other processes' commits until its task is cancelled.
  func watchOtherProcesses() async
}

/// Each of the engines the tests have databases of.
extension TestEngine: StoreEngine {
  package func makeStore(_ clock: FixedClock, observer: (any PolicyObserver)?, bell: OutboxBell) async throws
    -> any ConformingStore
  {
    try await TemporaryStore(on: self, clock: clock, policy: observer, bell: bell)
  }
}

extension TemporaryStore: ConformingStore {
  package func openAnother(observer: (any PolicyObserver)?) async throws -> any ConformingStore { try another(policy: observer) }
}

/// One promise of the contract.
package struct Promise: Sendable, CustomStringConvertible {
  /// What holds, as a sentence.
  package let description: String
  private let check: @Sendable (any StoreEngine) async throws -> Void

  init(_ sentence: String, _ check: @escaping @Sendable (Bench) async throws -> Void) {
    description = sentence
    self.check = { try await check(try await Bench(engine: $0)) }
  }

  /// Records an issue for everything that does not hold.
  package func check(_ engine: any StoreEngine) async throws { try await check(engine) }

  package static var all: [Promise] {
    transactions + observing + organizations + invitations + accounts + credentials + sessions + roles + narrowedRoles + groups
      + subjects + definitions + limits
      + history
      + applications + grants
      + reviews + signingKeys + audit + outbox + jobs
  }
}

/// What every check starts from: a fresh store, a clock that stands still, and samples to put in.
struct Bench: Sendable {
  let engine: any StoreEngine
  let samples = Samples()
  let policy = RecordedPolicy()
  let bell = OutboxBell()
  let store: any ConformingStore

  var now: FixedClock { samples.clock }

  init(engine: any StoreEngine) async throws {
    self.engine = engine
    store = try await engine.makeStore(samples.clock, observer: policy, bell: bell)
  }
}

/// Runs `count` of one thing at the same time, and gives all the results.
func atOnce<Value: Sendable>(_ count: Int = 50, _ body: @escaping @Sendable (Int) async throws -> Value) async throws -> [Value] {
  try await withThrowingTaskGroup(of: Value.self) { group in
    for index in 0..<count { group.addTask { try await body(index) } }
    var values: [Value] = []
    for try await value in group { values.append(value) }
    return values
  }
}
