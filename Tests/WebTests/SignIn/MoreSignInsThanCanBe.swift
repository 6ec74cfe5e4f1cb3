internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.threat("OVR1"), .timeLimit(.minutes(1))) struct MoreSignInsThanCanBe {
  @Test
  func `those past the queue are told to come again before anybody is served, those in it all get in, and no hashing is wasted`()
    async throws
  {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    for number in 0..<40 { try await world.member(of: contoso, "person\(number)@contoso.test") }
    let busy = try await BusyPasswords.make(world, queue: 8)
    let server = try await RunningServer.start(world, over: busy.env)
    let (answers, answer) = AsyncStream<BrowserPage>.makeStream()
    for number in 0..<40 {
      let browser = server.browser()
      Task { answer.yield(try await browser.signIn("person\(number)@contoso.test", following: false)) }
    }
    var coming = answers.makeAsyncIterator()
    // The one thread is not free yet, so that none of these can have cost a derivation.
    for _ in 0..<32 {
      let refused = try #require(await coming.next())
      #expect(refused.status == 503 && refused.reply.header("Retry-After") == "2")
    }
    // Meanwhile nobody else waits.
    #expect(try await server.client.get("/health/ready").status == 200)
    #expect(try await server.client.get("/sign-in").status == 200)
    await busy.rest()
    for _ in 0..<8 { #expect(try #require(await coming.next()).status == 303) }
    #expect(try await world.audit(.signedIn).count == 8)
    // The places are free again, all of them.
    for number in 0..<40 {
      #expect(try await server.browser().signIn("person\(number)@contoso.test", following: false).status == 303)
    }
  }
}
