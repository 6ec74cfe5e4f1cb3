import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: the portal itself is an organisation"), .threat("KEY1", "KEY3", "PWD13")) struct PreparingThePortal {
  private func prepare(_ store: TemporaryStore, _ keys: KeyRing) async throws {
    let occasion = Occasion(
      now: Timestamp(seconds: 1_772_442_000), actor: Actor(.command("test"), address: nil, requestID: nil),
      randomness: SystemRandomness())
    try await PreparePortal()(occasion, store: store, keys: keys, portalName: "Portal")
  }

  @Test func `an empty database gets keys, a pepper and the portal, and no account`() async throws {
    let keys = KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger)
    let store = try await TemporaryStore(policy: PolicySnapshot(keys: keys, seededBy: SystemRandomness()))
    try await prepare(store, keys)
    let (portal, peppers, signing) = try await store.read { tx in
      (try tx.portalOrganization(), try tx.peppers().count, try tx.signingKeys())
    }
    #expect(portal?.kind == .portal)
    #expect(peppers == 1)
    #expect(Set(signing.map(\.algorithm)) == [.es256, .rs256])
    let members = try await store.read { tx in
      try tx.members(of: portal?.id ?? OrganizationID(trusted: "none"), PageRequest()).items
    }
    #expect(members.isEmpty)
    #expect(keys.signingKey(.es256, at: Timestamp(seconds: 1_772_442_000)) != nil)
  }

  @Test func `a second start changes nothing`() async throws {
    let keys = KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger)
    let store = try await TemporaryStore(policy: PolicySnapshot(keys: keys, seededBy: SystemRandomness()))
    try await prepare(store, keys)
    let before = try await store.read { tx in (try tx.signingKeys().map(\.id), try tx.rootKeyProof()) }
    try await prepare(store, keys)
    let after = try await store.read { tx in (try tx.signingKeys().map(\.id), try tx.rootKeyProof()) }
    #expect(before == after)
  }

  @Test func `another root key is refused before anything is touched`() async throws {
    let store = try await TemporaryStore(
      policy: PolicySnapshot(
        keys: KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness()))
    try await prepare(store, KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger))
    let before = try await store.read { tx in try tx.rootKeyProof() }
    await #expect(throws: PreparePortal.Refusal.wrongRootKey) {
      try await prepare(store, KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger))
    }
    #expect(try await store.read { tx in try tx.rootKeyProof() } == before)
  }

  @Test func `the first operator comes in by a link that is shown once and dead after use`() async throws {
    let world = try await TestWorld.make()
    let created = try await CreateOperator()(
      email: EmailAddress(stored: "olga@portal.test"), name: PersonName(storedFirst: "Olga", last: "Petrova"), language: .english,
      world.occasion(.command("create-operator")), env: world.env)
    let slash = try #require(created.link.lastIndex(of: "/"))
    let secret = SecretToken(presented: String(created.link[created.link.index(after: slash)...]))
    let session = try await AcceptInvitation()(
      secret, password: Password(TestWorld.password), after: nil, browser: Browser(userAgent: "test", device: nil),
      world.occasion(),
      env: world.env)
    #expect(world.activeRoles(of: session.account.id, in: world.portal.id) == [.operator])
    guard case .deadEnd(.used) = try await OpenInvitation()(secret, signedIn: nil, world.occasion(), env: world.env) else {
      Issue.record("the link still works")
      return
    }
    #expect(try await world.letters().isEmpty)
  }
}

@Suite(.threat("KEY1", "KEY2")) struct AKeyThatDoesNotOpen {
  @Test func `stays out, and the rest of its commit counts: what is new is published, what is retired signs no more`()
    async throws
  {
    let world = try await TestWorld.make()
    let keys = world.env.keys
    let now = world.clock.now()
    let old = try #require(keys.signingKey(.es256, at: now))
    let fresh = try SigningKeyVault.generate([.rs256], world.command)
    try await world.store.write { tx in
      try SigningKeyVault.rotate(to: fresh, tx, world.command, keys: keys, announcement: .minutes(10))
      try tx.retireSigningKey(old.id, at: now + .minutes(10), publishedUntil: now + .minutes(26))
      try tx.insert(world.keyOfAnotherRoot())
    }
    #expect(keys.published(at: now).keys.count == 3)
    #expect(keys.verificationKey("another-root", at: now) == nil && keys.retainedKey("another-root") == nil)
    #expect(keys.signingKey(.es256, at: now)?.id == old.id)
    #expect(keys.condition(at: now) == .incomplete)
    let takeover = now + .minutes(10)
    #expect(keys.signingKey(.rs256, at: takeover)?.id == fresh.first?.id)
    #expect(keys.signingKey(.es256, at: takeover) == nil)
    #expect(keys.verificationKey(old.id, at: takeover) != nil)
    #expect(keys.condition(at: takeover) == .unavailable)
  }

  @Test func `is named in the log once, and nothing of what was sealed is`() async throws {
    let world = try await TestWorld.make()
    let foreign = try world.keyOfAnotherRoot()
    try await world.store.write { tx in try tx.insert(foreign) }
    _ = try await RotateSigningKeys()(world.command, env: world.env)
    try await world.store.loadPolicy()
    #expect(world.log.lines.count == 1)
    #expect(
      world.log.lines.allSatisfy { $0.hasPrefix("error a signing key cannot be opened") && $0.hasSuffix("kid=another-root") })
  }

  @Test func `is replaced by one that signs at once: nobody can be made to wait for a signature that is not there`() async throws
  {
    let world = try await TestWorld.make()
    let now = world.clock.now()
    // The database of another root key: neither of the kept keys opens.
    let foreign = [try world.keyOfAnotherRoot(), try world.keyOfAnotherRoot(.rs256, id: "another-root-too")]
    try await world.store.write { tx in
      for key in try tx.signingKeys() {
        try tx.retireSigningKey(key.id, at: now - .seconds(1), publishedUntil: now - .seconds(1))
      }
      for key in foreign { try tx.insert(key) }
    }
    #expect(world.env.keys.condition(at: now) == .unavailable)
    let fresh = try await RotateSigningKeys()(world.command, env: world.env)
    #expect(fresh.map(\.signsFrom) == [now, now])
    #expect(world.env.keys.condition(at: now) == .incomplete)
    #expect(world.env.keys.signingKey(.es256, at: now)?.id == fresh.first?.id)
    let retired = try await world.store.read { tx in try tx.signingKeys().filter { key in foreign.contains { $0.id == key.id } } }
    #expect(retired.map(\.retiredAt) == [now, now])
  }

  @Test func `of one algorithm hurries the other's successor not at all`() async throws {
    let world = try await TestWorld.make()
    let now = world.clock.now()
    let old = try #require(world.env.keys.signingKey(.es256, at: now))
    try await world.store.write { tx in
      try tx.retireSigningKey(old.id, at: now, publishedUntil: now + .minutes(16))
      try tx.insert(world.keyOfAnotherRoot())
    }
    let fresh = try await RotateSigningKeys()(world.command, env: world.env)
    #expect(fresh.map(\.algorithm) == [.es256, .rs256])
    #expect(fresh.map(\.signsFrom) == [now, now + .minutes(10)])
  }

  @Test func `is forgotten when it is taken away`() async throws {
    let world = try await TestWorld.make()
    try await world.store.write { tx in try tx.insert(world.keyOfAnotherRoot()) }
    let now = world.clock.now()
    try await world.store.write { tx in
      try tx.retireSigningKey("another-root", at: now, publishedUntil: now)
      _ = try tx.deleteSigningKeys(publishedBefore: now + .seconds(1), atMost: 10)
    }
    #expect(world.env.keys.condition(at: now) == .ready)
  }
}

@Suite(.rule("RFC 7517"), .threat("KEY2")) struct RotatingSigningKeys {
  @Test func `a new key is published at once and signs only after it can be known`() async throws {
    let world = try await TestWorld.make()
    let old = try #require(world.env.keys.signingKey(.es256, at: world.clock.now()))
    let takeover = try #require(await RotateSigningKeys()(world.command, env: world.env).first).signsFrom
    #expect(world.env.keys.published(at: world.clock.now()).keys.count == 4)
    #expect(world.env.keys.signingKey(.es256, at: world.clock.now())?.id == old.id)
    world.clock.set(takeover)
    let new = try #require(world.env.keys.signingKey(.es256, at: world.clock.now()))
    #expect(new.id != old.id)
    #expect(world.env.keys.verificationKey(old.id, at: world.clock.now()) != nil)
    world.clock.advance(by: .minutes(17))
    #expect(world.env.keys.verificationKey(old.id, at: world.clock.now()) == nil)
  }

  @Test func `nobody is signed out by it`() async throws {
    let world = try await InvitationWorld.make()
    try await world.invite()
    let session = try await world.accept(world.link())
    _ = try await RotateSigningKeys()(world.world.command, env: world.world.env)
    world.world.clock.advance(by: .hours(1))
    #expect(try await ResumeSession()(session.token, world.world.occasion(), env: world.world.env) != nil)
  }
}

@Suite(.threat("KEY2")) struct RotatingSigningKeysOnSchedule {
  @Test func `keys younger than the interval stay, older ones are replaced, and those after them count anew`() async throws {
    let world = try await TestWorld.make()
    world.clock.advance(by: .days(90) - .microseconds(1))
    #expect(try await RotateSigningKeys()(ifOlderThan: .days(90), world.command, env: world.env).isEmpty)
    world.clock.advance(by: .microseconds(1))
    let fresh = try await RotateSigningKeys()(ifOlderThan: .days(90), world.command, env: world.env)
    #expect(fresh.map(\.algorithm) == SigningKeyVault.algorithms)
    #expect(fresh.allSatisfy { $0.signsFrom == world.clock.now() + .minutes(10) })
    #expect(try await RotateSigningKeys()(ifOlderThan: .days(90), world.command, env: world.env).isEmpty)
    let due = try await world.store.read { tx in try SigningKeyVault.rotationDue(tx, every: .days(90)) }
    #expect(due == world.clock.now() + .days(90))
  }

  @Test func `of many who find the keys old at once, one replaces them`() async throws {
    let world = try await TestWorld.make()
    world.clock.advance(by: .days(91))
    let made = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { try await RotateSigningKeys()(ifOlderThan: .days(90), world.command, env: world.env).count }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(made.sorted() == [0, 0, 0, 2])
    #expect(try await world.audit(.signingKeyRetired).count == 2)
    #expect(try await world.store.read { tx in try tx.signingKeys().count } == 4)
  }

  @Test func `rotating by hand puts the schedule off`() async throws {
    let world = try await TestWorld.make()
    world.clock.advance(by: .days(80))
    try await RotateSigningKeys()(world.command, env: world.env)
    world.clock.advance(by: .days(89))
    #expect(try await RotateSigningKeys()(ifOlderThan: .days(90), world.command, env: world.env).isEmpty)
  }
}
