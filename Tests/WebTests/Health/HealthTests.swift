internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct Health {
  @Test func `a server that runs is live, and ready when its store answers`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let live = try await server.client.get("/health/live")
    #expect(live.status == 200)
    #expect(live.text == #"{"status":"live"}"#)
    let ready = try await server.client.get("/health/ready")
    #expect(ready.status == 200)
    let parts = #""store":"ready","policy":"current","signing_keys":"ready","waiting_letters":0,"failing_jobs":0,"audit":"ready""#
    #expect(ready.text == #"{"status":"ready",\#(parts)}"#)
  }

  @Test(.threat("KEY1")) func `a signing key that does not open is told, and without any that signs it is not ready`()
    async throws
  {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    try await world.store.write { tx in try tx.insert(world.keyOfAnotherRoot()) }
    let incomplete = try await server.client.get("/health/ready")
    #expect(incomplete.status == 200)
    #expect(incomplete.text.contains(#""signing_keys":"incomplete""#))
    let now = world.clock.now()
    try await world.store.write { tx in
      for key in try tx.signingKeys() { try tx.retireSigningKey(key.id, at: now, publishedUntil: now + .minutes(16)) }
    }
    let unavailable = try await server.client.get("/health/ready")
    #expect(unavailable.status == 503)
    #expect(unavailable.text.contains(#""signing_keys":"unavailable""#))
  }

  @Test func `failing jobs are counted, and turn nobody away`() async throws {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let now = world.clock.now()
    let failed = Job(
      id: JobID(trusted: "clean-up"), kind: .cleanUp, createdAt: now, dueAt: now, attempts: 2,
      lastError: "the store cannot be used")
    try await world.store.write { tx in try tx.insert(failed) }
    let ready = try await server.client.get("/health/ready")
    #expect(ready.status == 200)
    #expect(ready.text.contains(#""failing_jobs":1"#))
  }

  @Test func `a server that cannot confirm what decisions rest on is not ready`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    server.world.env.policy.confirm(isCurrent: false, until: nil)
    let ready = try await server.client.get("/health/ready")
    #expect(ready.status == 503)
    #expect(ready.text.contains(#""policy":"stale""#))
  }
}
