internal import Identity
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
    #expect(ready.text == #"{"status":"ready","store":"ready","policy":"current","waiting_letters":0}"#)
  }

  @Test func `a server that cannot confirm what decisions rest on is not ready`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    server.world.env.policy.confirm(isCurrent: false)
    let ready = try await server.client.get("/health/ready")
    #expect(ready.status == 503)
    #expect(ready.text.contains(#""policy":"stale""#))
  }
}
