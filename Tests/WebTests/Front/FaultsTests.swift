internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Web

@Suite(.threat("LOG5")) struct Faults {
  /// A store in which something of ours is broken, or that cannot be reached.
  private struct BrokenStore: Store {
    func catchUp() async throws {}

    struct Broken: Error, CustomStringConvertible {
      var description: String { "SELECT secret_column FROM accounts -- /srv/usher/usher.sqlite" }
    }

    let error: any Error

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
      throw error
    }
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
      throw error
    }
  }

  private let paths = ["/invitation/hidden-secret", "/confirm/hidden-secret"]

  @Test func `a fault is a page with nothing but the request's name, which finds it in the log`() async throws {
    let server = try await broken(BrokenStore.Broken())
    for path in paths {
      let reply = try await server.client.get(path)
      #expect(reply.status == 500)
      let id = try #require(reply.header("X-Request-Id"))
      #expect(reply.text.contains(id))
      for secret in ["SELECT", "secret_column", "/srv/usher", "Broken", "hidden-secret"] { #expect(!reply.text.contains(secret)) }
      #expect(server.log.lines.contains { $0.contains(id) && $0.contains("fault") && $0.contains("SELECT") })
    }
  }

  @Test func `a fault of a protocol's endpoint is its error document`() async throws {
    let server = try await broken(BrokenStore.Broken())
    let reply = try await server.client.post(
      "/oauth/token", form: [("grant_type", "client_credentials"), ("client_id", "a"), ("client_secret", "b")])
    #expect(reply.status == 500)
    #expect(try reply.json()["error"] == "server_error")
    #expect(!reply.text.contains("SELECT"))
  }

  @Test func `a fault of the management API is a problem document that names the request`() async throws {
    let world = try await TestWorld.make()
    let whole = try await RunningServer.start(world)
    let console = try await whole.application("Console") { $0.owner = world.portal.id }
    let token = try await console.ownToken(scope: Scope.manage)
    let server = try await RunningServer.start(world, over: world.env.over(BrokenStore(error: BrokenStore.Broken())))
    let headers = [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")]
    for (method, body) in [("GET", nil), ("POST", Array(#"{"name":"Contoso"}"#.utf8))] as [(String, [UInt8]?)] {
      let reply = try await server.client.send(method, "/api/v1/organizations", headers: headers, body: body)
      #expect(reply.status == 500)
      #expect(reply.header("Content-Type") == "application/problem+json")
      let id = try #require(reply.header("X-Request-Id"))
      #expect(reply.text.contains(id))
      for secret in ["SELECT", "secret_column", "/srv/usher", "Broken"] { #expect(!reply.text.contains(secret)) }
      #expect(server.log.lines.contains { $0.contains(id) && $0.contains("fault") && $0.contains("SELECT") })
    }
  }

  @Test(.threat("AZN2")) func `a store that cannot be used is 503 with the time to wait`() async throws {
    let server = try await broken(StoreError.unavailable("disk full at /srv/usher"))
    for path in paths {
      let reply = try await server.client.get(path)
      #expect(reply.status == 503)
      #expect(reply.header("Retry-After") == "5")
      #expect(!reply.text.contains("disk"))
    }
    #expect(try await server.client.get("/health/ready").status == 503)
    #expect(try await server.client.get("/health/live").status == 200)
  }

  @Test func `the log names the route and never the path, which may hold a secret`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await server.client.get("/invitation/very-secret-link?language=ru")
    _ = try await server.client.get("/no-route/very-secret-link")
    #expect(server.log.lines.contains { $0.contains("route=/invitation/{secret}") && $0.contains("status=410") })
    #expect(server.log.lines.allSatisfy { !$0.contains("very-secret-link") })
  }

  private func broken(_ error: any Error) async throws -> RunningServer {
    let world = try await TestWorld.make()
    return try await RunningServer.start(world, over: world.env.over(BrokenStore(error: error)))
  }
}
