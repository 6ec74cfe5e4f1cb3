internal import TestKit
internal import Testing

/// What the proxy does with requests when no instance is ready, here because its operator took all of them out.
@Suite(.timeLimit(.minutes(1)), .threat("STO4")) struct WhileNobodyIsReady {
  private static let published = [
    "/oauth/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
    "/.well-known/authzen-configuration",
  ]

  @Test(arguments: ["drain", "maint"])
  func `the published documents can be read, all else is refused, and who was taken out of both backends is asked nothing`(
    _ state: String
  ) async throws {
    try await inTemporaryFolder { folder in
      let front = try FreePorts.three()
      let usher = try await RunningUsher.start(["--public-address", "http://127.0.0.1:\(front)"], in: folder)
      let proxy = try Balancer(front: front, instances: [usher.port, usher.port, usher.port], in: folder)
      defer { proxy.stop() }
      await proxy.untilReady()

      try await proxy.order(state, "usher")
      for path in Self.published {
        for method in ["GET", "HEAD"] {
          let status = try await proxy.client.send(method, path).status
          #expect(status == 200, "\(method) \(path)")
        }
        try await expectRefused("POST", path, by: proxy)
      }
      for (method, path) in [
        ("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/oauth/token"), ("POST", "/access/v1/evaluation"),
        ("GET", "/api/v1/organizations"), ("GET", "/oauth/jwks/"),
      ] {
        try await expectRefused(method, path, by: proxy)
      }

      try await proxy.order(state, "usher-living")
      for path in Self.published { try await expectRefused("GET", path, by: proxy) }

      for backend in ["usher", "usher-living"] { try await proxy.order("ready", backend) }
      await proxy.untilReady()
      usher.tellToStop()
      #expect(await usher.ended() == 0)
    }
  }

  private func expectRefused(_ method: String, _ path: String, by proxy: Balancer) async throws {
    let reply = try await proxy.client.send(method, path, body: method == "POST" ? [] : nil)
    #expect(reply.status == 503, "\(method) \(path)")
    #expect(reply.header("Retry-After") == "5", "\(method) \(path)")
    #expect(reply.header("Cache-Control") == "no-store", "\(method) \(path)")
  }
}
