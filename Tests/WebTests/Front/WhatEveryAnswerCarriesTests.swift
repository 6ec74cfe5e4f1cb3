internal import TestKit
internal import Testing
internal import Web

@Suite(.rule("OWASP ASVS 5.0 3.4"), .threat("WEB1", "WEB2")) struct WhatEveryAnswerCarries {
  @Test(arguments: ["/sign-in", "/nothing", "/health/live", "/styles.css", "/api/v1/nothing", "/oauth/token"])
  func `the policy allows our own style, our own forms and nothing else`(path: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let reply = try await server.client.get(path)
    let policy = Set((reply.header("Content-Security-Policy") ?? "").split(separator: ";").map { $0.drop { $0 == " " } })
    #expect(
      policy == [
        "default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'",
        "frame-ancestors 'none'",
      ])
    #expect(reply.header("X-Content-Type-Options") == "nosniff")
    #expect(reply.header("X-Frame-Options") == "DENY")
    #expect(reply.header("Referrer-Policy") == "no-referrer")
    #expect(reply.header("Cross-Origin-Opener-Policy") == "same-origin")
    #expect(reply.header("Permissions-Policy")?.contains("camera=()") == true)
    #expect(reply.header("X-Request-Id")?.isEmpty == false)
    #expect(reply.header("Server") == nil)
  }

  @Test func `pages are kept by nobody, and the stylesheet under its fingerprint for long`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    #expect(try await server.client.get("/sign-in").header("Cache-Control") == "no-store")
    let address = try #require(server.web.renderer.files.first { $0.path == "/styles.css" }?.address)
    #expect(try await server.client.get(address).header("Cache-Control") == "public, max-age=31536000, immutable")
    #expect(try await server.client.get("/styles.css?v=other").header("Cache-Control") == "public, max-age=300")
  }

  @Test func `browsers are told to come back by TLS only where the public address is https`() async throws {
    let secure = try await RunningServer.start(try await TestWorld.make())
    #expect(try await secure.client.get("/sign-in").header("Strict-Transport-Security") == "max-age=63072000; includeSubDomains")
    let plain = try await RunningServer.start(try await TestWorld.make(publicAddress: "http://127.0.0.1:8080"))
    #expect(try await plain.client.get("/sign-in").header("Strict-Transport-Security") == nil)
  }
}
