internal import TestKit
internal import Testing
internal import Web

@Suite(.rule("RFC 9112 §9.3"), .threat("HTP6")) struct Connections {
  @Test func `a hundred requests sent at once are answered in their order`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let connection = try await HTTPConnection.open(port: server.port)
    let paths = (0..<100).map { $0.isMultiple(of: 2) ? "/health/live" : "/nothing" }
    try await connection.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: usher.test\r\n\r\n" }.joined())
    for path in paths {
      #expect(try await connection.receive().status == (path == "/health/live" ? 200 : 404))
    }
  }

  @Test func `one connection serves a thousand requests`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let connection = try await HTTPConnection.open(port: server.port)
    for _ in 0..<1_000 {
      try await connection.send("GET /health/live HTTP/1.1\r\nHost: usher.test\r\n\r\n")
      let reply = try await connection.receive()
      try #require(reply.status == 200)
    }
  }

  @Test func `a connection on which nothing happens is closed`() async throws {
    // Long enough for a busy machine to send its request in time.
    let server = try await RunningServer.start(try await TestWorld.make()) { $0.idleTimeout = .seconds(2) }
    let fresh = try await HTTPConnection.open(port: server.port)
    await fresh.waitForClose()
    let used = try await HTTPConnection.open(port: server.port)
    try await used.send("GET /health/live HTTP/1.1\r\nHost: usher.test\r\n\r\n")
    #expect(try await used.receive().status == 200)
    await used.waitForClose()
  }

  @Test func `a head that does not end is not waited for`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make()) { $0.idleTimeout = .seconds(2) }
    let connection = try await HTTPConnection.open(port: server.port)
    try await connection.send("GET /health/live HTTP/1.1\r\nHost: usher")
    await connection.waitForClose()
  }

  @Test func `a body that does not come in time is not waited for`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make()) { $0.bodyTimeout = .milliseconds(30) }
    let connection = try await HTTPConnection.open(port: server.port)
    try await connection.send(
      "POST /sign-in HTTP/1.1\r\nHost: usher.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\na"
    )
    await connection.waitForClose()
  }
}
