internal import HTTPTypes
internal import TestKit
internal import Testing

@testable internal import Web

/// What no route may forget, tried on all there are, so that a new one is tried without a new test.
@Suite struct EveryRoute {
  private static let published = [
    "/oauth/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
    "/.well-known/authzen-configuration",
  ]

  @Test(.rule("Fetch §3.2"), .threat("WEB3"), arguments: ["https://evil.test", "null"])
  func `gives scripts of other sites nothing that needs credentials`(origin: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let routes = Routes.table(server.web).all
    #expect(routes.count > 80)
    for route in routes {
      for method in [route.method.rawValue, "OPTIONS"] {
        let reply = try await server.client.send(
          method, route.example,
          headers: [("Origin", origin), ("Access-Control-Request-Method", route.method.rawValue), ("Cookie", "a=b")])
        let allowed = method == "GET" && Self.published.contains(route.pattern) ? "*" : nil
        #expect(reply.header("Access-Control-Allow-Origin") == allowed, "\(method) \(route.pattern)")
        #expect(reply.header("Access-Control-Allow-Credentials") == nil, "\(method) \(route.pattern)")
      }
    }
  }

  @Test(
    .rule("RFC 9110 §15.5.16"), .threat("HTP3"),
    arguments: [
      nil, "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-16",
      "application/json; charset=latin1", "application/json, text/plain", "application/xml",
    ])
  func `that takes a body takes its own media type in UTF-8 and no other`(type: String?) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let routes = Routes.table(server.web).all.filter { $0.body != .none }
    #expect(routes.count > 20)
    for route in routes {
      let reply = try await server.client.send(
        route.method.rawValue, route.example, headers: type.map { [("Content-Type", $0)] } ?? [], body: Array("{}".utf8))
      // The Authorization API 1.0 knows one status for every request that is none (§10.1.2).
      #expect(reply.status == (route.pattern.hasPrefix("/access/") ? 400 : 415), "\(route.method) \(route.pattern)")
    }
  }

  @Test(.threat("WEB1")) func `answers with every header that protects a page, whatever it answers`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for route in Routes.table(server.web).all {
      let reply = try await server.client.send(route.method.rawValue, route.example)
      let place = "\(route.method) \(route.pattern)"
      let policy = reply.header("Content-Security-Policy") ?? ""
      for part in [
        "default-src 'none'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'",
      ] {
        #expect(policy.contains(part), "\(place)")
      }
      #expect(!policy.contains("unsafe") && !policy.contains("script-src"), "\(place)")
      #expect(reply.header("X-Content-Type-Options") == "nosniff", "\(place)")
      #expect(reply.header("Referrer-Policy") == "no-referrer", "\(place)")
      #expect(reply.header("Cross-Origin-Opener-Policy") == "same-origin", "\(place)")
      #expect(reply.header("Strict-Transport-Security")?.hasPrefix("max-age=63072000") == true, "\(place)")
      if reply.header("Content-Type")?.hasPrefix("text/html") == true {
        #expect(reply.header("Cache-Control") == "no-store", "\(place)")
      }
      #expect(reply.status < 500, "\(place)")
    }
  }
}

extension Route {
  /// A path of the pattern's shape, at which there is nothing.
  fileprivate var example: String {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix("{") ? "nothing" : String($0) }
      .joined(separator: "/")
  }
}
