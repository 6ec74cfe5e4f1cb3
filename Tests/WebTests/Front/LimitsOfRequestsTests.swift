internal import TestKit
internal import Testing

@Suite(.rule("RFC 6585 §5, RFC 9110 §15.5"), .threat("HTP1")) struct LimitsOfRequests {
  @Test func `header fields of 16 kB in sum are read, and one byte more is refused and the connection closed`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    // "Host: usher.test" is 16 bytes with its separators, and so is every `X-1: …` with its six.
    let room = 16 * 1024 - ("Host".count + "usher.test".count + 4)
    let name = "X-Padding"
    let value = String(repeating: "a", count: room - name.count - 4)
    #expect(try await ask(server, "\(name): \(value)\r\n").status == 200)
    #expect(try await ask(server, "\(name): \(value)a\r\n", closes: true).status == 431)
  }

  @Test func `a hundred header fields are read, and one more is refused`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let fields = (0..<99).map { "X-\($0): a\r\n" }.joined()
    #expect(try await ask(server, fields).status == 200)
    #expect(try await ask(server, fields + "X-One-More: a\r\n", closes: true).status == 431)
  }

  @Test(arguments: [60_000, 2_000_000]) func `a head far beyond every limit is not read to its end`(length: Int) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    #expect(try await ask(server, "X-Padding: \(String(repeating: "a", count: length))\r\n", closes: true).status == 431)
  }

  @Test func `an address of 8 kB is read, and one byte more is refused`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let query = String(repeating: "a", count: 8 * 1024 - "/health/live?".count)
    #expect(try await ask(server, "", target: "/health/live?\(query)").status == 200)
    #expect(try await ask(server, "", target: "/health/live?\(query)a", closes: true).status == 414)
  }

  @Test func `a body of 128 kB is read, and one byte more is refused before it was sent`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let limit = 128 * 1024
    let form = [("Content-Type", "application/x-www-form-urlencoded")]
    let whole = try await server.client.send(
      "POST", "/sign-in", headers: form, body: Array(repeating: UInt8(ascii: "a"), count: limit))
    #expect(whole.status == 403)
    let connection = try await HTTPConnection.open(port: server.port)
    try await connection.send(
      "POST /sign-in HTTP/1.1\r\nHost: usher.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(limit + 1)\r\n\r\n"
    )
    let refused = try await connection.receive()
    #expect(refused.status == 413)
    #expect(refused.header("Connection") == "close")
    await connection.waitForClose()
  }

  @Test func `a body without an announced length is refused when it passes the limit`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let connection = try await HTTPConnection.open(port: server.port)
    try await connection.send(
      "POST /sign-in HTTP/1.1\r\nHost: usher.test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    let chunk = "10000\r\n\(String(repeating: "a", count: 65_536))\r\n"
    for _ in 0..<2 { try await connection.send(chunk) }
    try await connection.send("1\r\na\r\n")
    #expect(try await connection.receive().status == 413)
    await connection.waitForClose()
  }

  @Test func `a request needs exactly one host`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for hosts in ["", "Host: usher.test\r\nHost: usher.test\r\n", "Host: usher.test\r\nHost: evil.test\r\n", "Host:\r\n"] {
      let connection = try await HTTPConnection.open(port: server.port)
      try await connection.send("GET /health/live HTTP/1.1\r\n\(hosts)\r\n")
      #expect(try await connection.receive().status == 400)
    }
  }

  private func ask(
    _ server: RunningServer, _ fields: String, target: String = "/health/live", closes: Bool = false
  ) async throws -> HTTPReply {
    let connection = try await HTTPConnection.open(port: server.port)
    // The server may answer and close before everything is sent.
    try? await connection.send("GET \(target) HTTP/1.1\r\nHost: usher.test\r\n\(fields)\r\n")
    let reply = try await connection.receive()
    if closes {
      #expect(reply.header("Connection") == "close")
      await connection.waitForClose()
    }
    return reply
  }
}
