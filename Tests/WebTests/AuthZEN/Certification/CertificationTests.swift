internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.rule("Authorization API 1.0, certification scenario")) struct CertificationScenario {
  @Test func `its cases are there`() throws {
    #expect(try CertificationCase.all.get().count > 80)
  }

  @Test(arguments: CertificationCase.levels) func `a level is passed, case by case`(level: String) async throws {
    let world = try await CertificationWorld.make()
    for row in try CertificationCase.all.get() where row.level == level {
      var bodies: Set<[UInt8]> = []
      for _ in 0..<(row.times ?? 1) {
        let reply = try await world.ask(row)
        try check(row, reply, world)
        bodies.insert(reply.body)
      }
      #expect(bodies.count == 1, "\(row.id): \(row.says)")
    }
  }

  private func check(_ row: CertificationCase, _ reply: HTTPReply, _ world: CertificationWorld) throws {
    let told: Comment = "\(row.id): \(row.says) – \(String(decoding: reply.body, as: UTF8.self))"
    #expect(reply.status == row.status, told)
    for (name, value) in row.answers ?? [:] { #expect(reply.header(name) == value, told) }
    for name in row.carries ?? [] { #expect(reply.header(name) != nil, told) }
    guard reply.status == 200 else { return }
    #expect(reply.header("Content-Type") == "application/json", told)
    let body = try reply.json()
    for name in row.lacks ?? [] { #expect(body[name] == nil, told) }
    if let decision = row.decision { #expect(isDecision(.object(body), decision), told) }
    if let decisions = row.decisions {
      // An overall decision beside those of the questions would be read by somebody.
      #expect(body["decision"] == nil, told)
      let answered = body["evaluations"]?.arrayValue ?? []
      #expect(answered.count == decisions.count, told)
      for (answer, decision) in zip(answered, decisions) { #expect(isDecision(answer, decision), told) }
    }
    if let wanted = row.results {
      let results = body["results"]?.arrayValue ?? []
      for result in wanted { #expect(results.contains(world.translate(result)), told) }
      if row.only == true { #expect(results.count == wanted.count, told) }
      if let page = body["page"] { #expect(page.objectValue?["next_token"]?.stringValue != nil, told) }
    }
  }

  /// - Parameter decision: nil where either will do.
  private func isDecision(_ answer: JSON, _ decision: Bool?) -> Bool {
    guard let answer = answer.objectValue, let made = answer["decision"]?.boolValue else { return false }
    let context = answer["context"]
    return (decision.map { made == $0 } ?? true) && (context == nil || context?.objectValue != nil)
  }
}

@Suite(.rule("Authorization API 1.0, certification scenario c-6")) struct CertificationOfDiscovery {
  @Test func `metadata are public JSON that may be kept, and name nothing that is empty`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let reply = try await server.client.get("/.well-known/authzen-configuration")
    #expect(reply.status == 200)
    #expect(reply.header("Content-Type") == "application/json")
    #expect(reply.header("Cache-Control") == "public, max-age=300")
    for (name, value) in try reply.json().members { #expect(value.stringValue?.isEmpty == false, "\(name)") }
  }

  @Test func `the decision point is named as it was asked for, and every endpoint it lists answers`() async throws {
    let world = try await CertificationWorld.make()
    #expect(world.metadata["policy_decision_point"]?.stringValue == TestWorld.publicAddress)
    let endpoints = world.metadata.members.filter { $0.name.hasSuffix("_endpoint") }
    #expect(endpoints.contains { $0.name == "access_evaluation_endpoint" })
    for (name, address) in endpoints {
      let address = try #require(address.stringValue)
      #expect(address.hasPrefix("https://") && !address.contains("?") && !address.contains("#"), "\(name)")
      let reply = try await world.server.client.post(
        String(address.dropFirst(TestWorld.publicAddress.count)), json: "{}",
        headers: [("Authorization", "Bearer \(world.token)")])
      #expect(reply.status == 400, "\(name)")
    }
  }

  @Test func `what is signed says the same, by a key that the issuer publishes`() async throws {
    let world = try await CertificationWorld.make()
    let token = try #require(world.metadata["signed_metadata"]?.stringValue)
    let keys = world.server.world.env.keys
    let claims = try JWS.verify(token, type: "authzen-configuration+jwt") { id in
      keys.published(at: world.server.world.clock.now()).keys.first { $0.id == id }
    }
    #expect(claims["iss"] == world.metadata["policy_decision_point"])
    #expect(claims["signed_metadata"] == nil)
    for (name, value) in world.metadata.members where name != "signed_metadata" { #expect(claims[name] == value, "\(name)") }
  }
}
