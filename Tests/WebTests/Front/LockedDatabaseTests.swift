internal import AccessControl
internal import Dispatch
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@Suite(.threat("STO3"), .timeLimit(.minutes(1))) struct LockedDatabase {
  @Test func `while another program holds the database a write waits for its time and is refused for now; all else goes on`()
    async throws
  {
    let world = try await TestWorld.make(on: .sqlite)
    let clock = world.clock
    var options = StorageOptions(now: { clock.now() })
    options.busyTimeout = .milliseconds(50)
    // The same database once more: what the world's own store does is another program's doing to this one.
    let ours = try Storage.open(path: world.store.folder.databasePath, options: options)
    let server = try await RunningServer.start(world, over: world.env.over(ours))
    let contoso = try await world.organization()
    try await world.member(of: contoso, roles: [.accountViewer])
    let orders = try await server.application("Orders")
    let browser = server.browser()
    #expect(try await browser.signIn("ada@contoso.test").address == "/dashboard")
    let gate = DispatchSemaphore(value: 0)
    let (entering, entered) = AsyncStream<Void>.makeStream()
    let rude = Task {
      try await world.store.write { tx in
        try tx.countFailure("held", hour: Timestamp(seconds: 0))
        entered.finish()
        gate.wait()
      }
    }
    for await _ in entering {}
    let refused = try await browser.open(orders.authorizationPath(), following: false)
    #expect(refused.status == 503 && refused.reply.header("Retry-After") != nil)
    #expect(try await server.browser().signIn("ada@contoso.test", following: false).status == 503)
    #expect(try await browser.open("/dashboard").status == 200)
    #expect(try await server.client.get("/oauth/jwks").status == 200)
    #expect(try await server.client.get("/health/ready").status == 200)
    gate.signal()
    try await rude.value
    #expect(try await browser.open(orders.authorizationPath(), following: false).nextAddress?.contains("code=") == true)
    try ours.close()
  }
}
