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

@Suite(.threat("LOG4")) struct WithoutRoomForTheAuditTrail {
  @Test func `changes stop, denials stay denials, the alarm is raised, and all of it is told once there is room`() async throws {
    var broken: (disk: FullDisk, env: Environment)?
    let test = try await ManagementWorld { world in
      let disk = FullDisk(world.store)
      broken = (disk, world.env.over(disk))
      return broken?.env
    }
    let world = test.world
    let (disk, env) = try #require(broken)
    #expect(try await health(test)["audit"] == "ready")

    disk.isFull = true
    let since = world.clock.now()
    let changed = try await test.call("POST", "/organizations", as: test.operatorOfPortal, body: ["name": "Elsewhere"])
    #expect(changed.status == 503 && changed.http.header("Retry-After") != nil)
    for _ in 1...3 { #expect(try await test.call("GET", "/audit", as: test.admin).status == 403) }
    let denied = try await test.call("POST", "/organizations", as: test.admin, body: ["name": "Elsewhere"])
    #expect(denied.status == 403)
    #expect(try await test.call("GET", "/audit", as: test.operatorOfPortal).status == 200)
    let alarm = try await health(test)
    #expect(alarm["audit"] == "failing" && alarm["unrecorded_denials"] == 4 && alarm["status"] == "ready")
    let lines = test.server.world.log.lines
    #expect(lines.filter { $0.contains("a denial could not be recorded") }.count == 4)
    await #expect(throws: StoreError.self) { try await RecordInterruption()(world.command, env: env) }

    disk.isFull = false
    world.clock.advance(by: .seconds(9))
    try await RecordInterruption()(world.command, env: env)
    try await RecordInterruption()(world.command, env: env)
    let told = try await world.audit(.auditInterrupted)
    #expect(told.map(\.details) == [["unrecorded_denials": 4, "since": .string(since.rfc3339)]])
    #expect(try await health(test)["audit"] == "ready")
    #expect(try await world.audit(.accessDenied).isEmpty)
    #expect(try await test.call("GET", "/audit", as: test.admin).status == 403)
    #expect(try await world.audit(.accessDenied).count == 1)
  }

  @Test func `entries that nobody seals are told when they are late`() async throws {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    world.clock.advance(by: .seconds(11))
    let late = try await server.client.get("/health/ready")
    #expect(late.status == 200 && late.text.contains(#""audit":"late","oldest_unsealed_seconds":11"#))
    try await SealAudit()(env: world.env)
    #expect(try await server.client.get("/health/ready").text.contains(#""audit":"ready""#))
  }

  private func health(_ test: ManagementWorld) async throws -> JSONObject {
    try await test.server.client.get("/health/ready").json()
  }
}
