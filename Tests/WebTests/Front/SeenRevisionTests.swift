internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct NamingARevision {
  @Test func `a decision is answered from no earlier policy than the one the request names, and names its own`() async throws {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    let asked = try await decision(server, token, [])
    let revision = try #require(asked.header("usher-revision").flatMap { Int64($0) })
    #expect(revision == world.env.policy.revision)
    // Another process commits, and nothing has told this one.
    let other = try world.store.another()
    let organization = Organization(id: world.command.newID(), kind: .customer, name: "Contoso", createdAt: world.clock.now())
    try await other.write { try $0.insert(organization) }
    #expect(world.env.policy.organization(organization.id) == nil)
    let newest = try await other.read { try $0.policyRevision() }
    let after = try await decision(server, token, [("Usher-Revision", "\(newest)")])
    #expect(after.header("usher-revision") == "\(newest)")
    #expect(world.env.policy.organization(organization.id) == organization)
  }

  @Test func `a revision that nobody has made is refused, and what is no revision is malformed`() async throws {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let token = try await server.application("Shop").ownToken(scope: "usher:decide")
    let future = try await decision(server, token, [("Usher-Revision", "\(world.env.policy.revision + 1)")])
    #expect(future.status == 412)
    for text in ["-1", "+1", "01", "1.0", "", "x", "99999999999999999999"] {
      #expect(try await decision(server, token, [("Usher-Revision", text)]).status == 400, "\(text)")
    }
    #expect(try await decision(server, token, [("Usher-Revision", "0"), ("Usher-Revision", "0")]).status == 400)
  }

  private func decision(_ server: RunningServer, _ token: String, _ headers: [(String, String)]) async throws -> HTTPReply {
    try await server.client.post(
      "/access/v1/evaluation",
      json: #"{"subject":{"type":"user","id":"x"},"action":{"name":"view"},"resource":{"type":"order","id":"1"}}"#,
      headers: [("Authorization", "Bearer \(token)")] + headers)
  }
}
