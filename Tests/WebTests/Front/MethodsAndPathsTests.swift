internal import TestKit
internal import Testing

@Suite(.rule("RFC 9110 §9, §15.5"), .threat("HTP2")) struct MethodsAndPaths {
  @Test func `a known path with another method is 405 and says which methods there are`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
      let reply = try await server.client.send(method, "/health/live")
      #expect(reply.status == 405)
      #expect(reply.header("Allow") == "GET, HEAD, OPTIONS")
    }
  }

  @Test func `TRACE and CONNECT reach nothing`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for request in ["TRACE /health/live", "CONNECT usher.test:443"] {
      let connection = try await HTTPConnection.open(port: server.port)
      try await connection.send("\(request) HTTP/1.1\r\nHost: usher.test\r\nX-Echo: me\r\n\r\n")
      let reply = try await connection.receive()
      #expect(reply.status == 405 || reply.status == 400)
      #expect(!reply.text.contains("X-Echo"))
    }
  }

  @Test(arguments: ["/nothing", "/health/live/", "/Health/live", "/health//live", "/health/%6Cive", "/%00", "/invitation"])
  func `an unknown path is 404`(path: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    #expect(try await server.client.get(path).status == 404)
  }

  @Test func `a page that does not exist is a page, and an unknown address of the API is a problem`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let page = try await server.browser().open("/nothing")
    #expect(page.reply.header("Content-Type") == "text/html; charset=utf-8")
    #expect(page.text.contains(page.reply.header("X-Request-Id") ?? "-"))
    #expect(try await server.client.get("/api/v1/nothing").header("Content-Type") == "application/problem+json")
    #expect(try await server.client.get("/oauth/nothing").header("Content-Type") == "application/json")
  }

  @Test(.threat("HTP1")) func `a request that cannot even be read is refused by the part of the house it is for`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for (path, type) in [
      ("/sign-in", "text/html; charset=utf-8"), ("/api/v1/organizations", "application/problem+json"),
      ("/oauth/userinfo", "application/json"), ("/access/v1/evaluation", "application/json"),
    ] {
      for (query, status) in [("a=%00", 400), ("a=%", 400), (String(repeating: "a", count: 8 * 1024), 414)] {
        let reply = try await server.client.get("\(path)?\(query)")
        #expect(reply.status == status, "\(path)")
        #expect(reply.header("Content-Type") == type, "\(path)")
      }
      let crowded = try await server.client.get(path, headers: [("X-Padding", String(repeating: "a", count: 16 * 1024))])
      #expect(crowded.status == 431)
      #expect(crowded.header("Content-Type") == type)
    }
  }

  @Test func `HEAD answers like GET without the body`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let full = try await server.client.get("/styles.css")
    let head = try await server.client.send("HEAD", "/styles.css")
    #expect(head.status == 200)
    #expect(head.header("Content-Length") == String(full.body.count))
    #expect(head.header("Content-Type") == full.header("Content-Type"))
    #expect(head.body.isEmpty)
  }

  @Test func `OPTIONS tells the methods`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let reply = try await server.client.send("OPTIONS", "/health/live")
    #expect(reply.status == 204)
    #expect(reply.header("Allow") == "GET, HEAD, OPTIONS")
    #expect(try await server.client.send("OPTIONS", "/nothing").status == 404)
  }
}
