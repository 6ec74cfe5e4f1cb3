internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct WithoutRoomToWrite {
  @Test func `pages and token checks go on, writes wait for room, and nothing need be started again`() async throws {
    let world = try await TestWorld.make()
    let disk = FullDisk(world.store)
    let server = try await RunningServer.start(world, over: world.env.over(disk))
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountViewer])
    let orders = try await server.application("Orders")
    let browser = server.browser()
    #expect(try await browser.signIn("ada@contoso.test").address == "/dashboard")
    let arrived = try await browser.open(orders.authorizationPath(), following: false)
    let code = try #require(orders.returned(arrived.nextAddress)?.first("code"))
    let token = try #require(try await orders.redeem(code).json()["access_token"]?.stringValue)

    disk.isFull = true
    world.clock.advance(by: .minutes(2))
    for path in ["/dashboard", "/profile"] { #expect(try await browser.open(path).status == 200) }
    #expect(try await orders.introspect(token)["active"] == true)
    #expect(try await server.client.get("/oauth/userinfo", headers: [("Authorization", "Bearer \(token)")]).status == 200)
    #expect(try await server.client.get("/oauth/jwks").status == 200)
    let refused = try await browser.open(orders.authorizationPath(), following: false)
    #expect(refused.status == 503 && refused.reply.header("Retry-After") != nil)
    let strange = try await server.browser().signIn("ada@contoso.test", password: TestWorld.password)
    #expect(strange.status == 503)

    disk.isFull = false
    #expect(try await browser.open(orders.authorizationPath(), following: false).nextAddress?.contains("code=") == true)
    #expect(try await world.store.read { tx in try tx.openSessions(of: ada.id).count } == 1)
  }
}
