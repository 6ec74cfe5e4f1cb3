import Dispatch
import Identity
import Localization
import Primitives
import Synchronization
import TestKit
import Testing

/// What rests in the store sealed under the root key.
private enum Sealed: CaseIterable {
  case pepper, signingKey, letter

  /// Stores one more, as the holder of these keys.
  func add(to tx: any Transaction, _ fresh: [SigningKey], _ occasion: Occasion, _ keys: KeyRing) throws {
    switch self {
    case .pepper: try PepperVault.add(to: tx, occasion, keys: keys)
    case .signingKey: try SigningKeyVault.install(fresh, tx, occasion, keys: keys)
    case .letter:
      try tx.send(
        .alreadySignedUp(signInURL: "https://usher.test/sign-in"), to: EmailAddress(stored: "ada@contoso.test"),
        name: PersonName(storedFirst: "Ada", last: "King"), in: .english, occasion, sealedBy: keys)
    }
  }
}

/// A portal whose root key is replaced or given up by another process while this one goes on with the old.
private struct ReplacedKeyWorld {
  enum End: CaseIterable {
    case replaced, givenUp
  }

  let world: TestWorld
  /// The same database, as the command opens it.
  let command: TemporaryStore
  let new: KeyRing
  /// To be stored as a further signing key.
  let fresh: [SigningKey]

  init(on engine: TestEngine) async throws {
    world = try await TestWorld.make(on: engine)
    command = try world.store.another()
    new = KeyRing(root: .make(from: SystemRandomness()), logger: world.log.logger)
    fresh = try SigningKeyVault.generate([.es256], world.command)
  }

  func end(_ end: End = .replaced, _ occasion: Occasion? = nil) async throws {
    let occasion = occasion ?? world.command
    switch end {
    case .replaced: #expect(try await ReplaceRootKey()(world.env.keys, by: new, occasion, store: command) != nil)
    case .givenUp: #expect(try await GiveUpRootKey()(for: new, auditKey: nil, occasion, store: command) != nil)
    }
  }

  /// As the process with the old key does.
  func add(_ kind: Sealed) async throws {
    try await world.store.write { [world, fresh] tx in try kind.add(to: tx, fresh, world.command, world.env.keys) }
  }

  /// The names of everything that is stored sealed.
  ///
  /// - Throws: when something of it does not open by the new key.
  func opened() async throws -> Set<String> {
    let now = world.clock.now()
    let (peppers, signing) = try await command.read { tx in (try tx.peppers(), try tx.signingKeys()) }
    let letters = try await command.write { tx in
      try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "test"), until: now, limit: 100)
    }
    _ = try PepperVault.open(peppers, keys: new)
    for key in signing { _ = try new.signingKeys.open(key.sealed, context: key.id) }
    for letter in letters { _ = try LetterContent(opening: letter, with: new.outbox) }
    return Set(peppers.map(\.id) + signing.map(\.id) + letters.map(\.id.text))
  }
}

@Suite(.threat("KEY7"), .timeLimit(.minutes(1))) struct SealingWhileTheRootKeyIsReplaced {
  @Test(arguments: [TestEngine.sqlite, .postgresql], ReplacedKeyWorld.End.allCases)
  fileprivate func `whoever still holds the old key stores nothing that it sealed`(
    _ engine: TestEngine, _ end: ReplacedKeyWorld.End
  ) async throws {
    let world = try await ReplacedKeyWorld(on: engine)
    try await world.end(end)
    let stored = try await world.opened()
    for kind in Sealed.allCases {
      await #expect(throws: RootKeyNotInForce.self, "\(kind)") { try await world.add(kind) }
    }
    await #expect(throws: RootKeyNotInForce.self) {
      try await RotateSigningKeys()(world.world.command, env: world.world.env)
    }
    #expect(try await world.opened() == stored)
  }

  /// On SQLite one of the two waits for the other before it looks.
  @Test(arguments: Sealed.allCases)
  fileprivate func `a write that began before the replacement and ends after it is refused`(_ kind: Sealed) async throws {
    let world = try await ReplacedKeyWorld(on: .postgresql)
    let pause = Pause()
    let late = Task { [world] in
      try await world.world.store.write { tx in
        // What it sees from here on is what was before the replacement.
        _ = try tx.rootKeyProof()
        pause.once()
        try kind.add(to: tx, world.fresh, world.world.command, world.world.env.keys)
      }
    }
    await pause.begun()
    try await world.end()
    let stored = try await world.opened()
    pause.end()
    await #expect(throws: RootKeyNotInForce.self) { try await late.value }
    #expect(try await world.opened() == stored)
  }

  @Test(arguments: Sealed.allCases)
  fileprivate func `what is stored while the replacement is under way is sealed anew with the rest`(_ kind: Sealed) async throws {
    let world = try await ReplacedKeyWorld(on: .postgresql)
    let pause = Pause()
    // It asks for random bytes when it has sealed anew what it saw.
    let occasion = Occasion(now: world.world.clock.now(), actor: world.world.command.actor, randomness: PausingRandomness(pause))
    let replacement = Task { [world] in try await world.end(.replaced, occasion) }
    await pause.begun()
    try await world.add(kind)
    pause.end()
    try await replacement.value
    #expect(
      try await world.opened().count == 5,
      "two signing keys, the pepper of before and the one of now, and one more of what was stored")
  }

  @Test(arguments: [TestEngine.sqlite, .postgresql], [false, true])
  func `a sealer of the audit trail that looked before the replacement signs nothing after it`(
    _ engine: TestEngine, isSealedBefore: Bool
  ) async throws {
    let world = try await ReplacedKeyWorld(on: engine)
    if isSealedBefore { try await SealAudit()(env: world.world.env) }
    try await world.world.store.write { tx in try tx.record(.accountChanged, on: nil, in: nil, world.world.command) }
    let store = InterruptedStore(world.world.store) { try await world.end() }
    await #expect(throws: RootKeyNotInForce.self) {
      try await SealAudit()(store: store, keys: world.world.env.keys, now: world.world.clock.now())
    }
    try await SealAudit()(store: world.command, keys: world.new, now: world.world.clock.now())
    let report = try await VerifyAudit()(store: world.command, verifier: world.new.audit.verifier())
    #expect(report.isIntact, "\(report.faults)")
  }

  @Test func `reading the audit trail goes on without sealing it`() async throws {
    let world = try await ReplacedKeyWorld(on: .ofThisRun)
    try await world.end()
    let env = world.world.env
    let page = try await ReadAudit()(of: nil, since: nil, PageRequest(), world.world.command, env: env)
    #expect(page.items.isEmpty)
  }
}

/// Where a transaction waits in its first turn for what the test does meanwhile, on a thread of its store's own.
private final class Pause: Sendable {
  private let isFirst = Atomic(true)
  private let arrival = AsyncStream.makeStream(of: Void.self)
  private let gate = DispatchSemaphore(value: 0)

  func once() {
    guard isFirst.exchange(false, ordering: .relaxed) else { return }
    arrival.continuation.yield()
    gate.wait()
  }

  func begun() async { for await _ in arrival.stream { return } }

  func end() { gate.signal() }
}

private struct PausingRandomness: RandomSource {
  private let pause: Pause

  init(_ pause: Pause) { self.pause = pause }

  func bytes(_ count: Int) -> [UInt8] {
    pause.once()
    return SystemRandomness().bytes(count)
  }
}

/// A store in which something happens before each write.
private struct InterruptedStore: Store {
  private let store: any Store
  private let interruption: @Sendable () async throws -> Void

  init(_ store: any Store, _ interruption: @escaping @Sendable () async throws -> Void) {
    self.store = store
    self.interruption = interruption
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await store.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await interruption()
    return try await store.write(body)
  }

  func catchUp() async throws { try await store.catchUp() }
}
