internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.rule("Authorization API 1.0, certification scenario")) struct CertificationScenario {
  @Test func `its cases are there`() throws {
    #expect(try CertificationCase.all.get().count > 180)
  }

  @Test(arguments: CertificationCase.levels) func `a level is passed, case by case`(level: String) async throws {
    let world = try await CertificationWorld.make()
    for row in try CertificationCase.all.get() where row.level == level {
      var bodies: Set<[UInt8]> = []
      for _ in 0..<(row.times ?? 1) {
        let reply = try await world.ask(row)
        try await check(row, reply, world)
        bodies.insert(reply.body)
      }
      #expect(bodies.count == 1, "\(row.id): \(row.says)")
    }
  }

  private func check(_ row: CertificationCase, _ reply: HTTPReply, _ world: CertificationWorld) async throws {
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
    if let first = row.first { #expect(body.members.first?.name == first, told) }
    if row.endpoint.hasPrefix("search_") { try await check(row, found: body, world, told) }
  }

  private func check(_ row: CertificationCase, found body: JSONObject, _ world: CertificationWorld, _ told: Comment) async throws
  {
    var results = try #require(body["results"]?.arrayValue, told)
    let sought = row.endpoint == "search_subject_endpoint" ? "subject" : "resource"
    let type = row.body?.objectValue?[sought]?.objectValue?["type"]
    for result in results.compactMap(\.objectValue) {
      // The conformance suite compares whole elements, so one member more would hide a match.
      let isAction = row.endpoint == "search_action_endpoint"
      #expect(result.members.map(\.name) == (isAction ? ["name"] : ["type", "id"]), told)
      #expect(isAction || result["type"] == type, told)
    }
    if let page = body["page"] { #expect(page.objectValue?["next_token"]?.stringValue != nil, told) }
    if let walk = row.walk { results += try await pages(after: body, of: row, by: walk, world) }
    for wanted in row.results ?? [] { #expect(results.contains(wanted), told) }
    if row.only == true { #expect(results.count == row.results?.count, told) }
    if let other = row.sameAs {
      let same = try await world.ask(try CertificationCase.named(other)).json()["results"]?.arrayValue
      #expect(Set(results) == Set(same ?? []) && results.count == same?.count, told)
    }
    if let question = row.permits {
      for result in results {
        var question = question
        question["subject"] = result
        #expect(try await world.ask(question, at: "access_evaluation_endpoint").json()["decision"] == true, told)
      }
    }
    if var next = row.then {
      next["page"] = .object(page(next["page"]?.objectValue ?? [:], after: body))
      #expect(try await world.ask(next, at: row.endpoint).status == row.thenStatus, told)
    }
  }

  /// What the pages after the first hold.
  private func pages(
    after first: JSONObject, of row: CertificationCase, by walk: CertificationCase.Walk, _ world: CertificationWorld
  ) async throws -> [JSON] {
    var request = try #require(row.body?.objectValue)
    let asked = walk == .limit ? request["page"]?.objectValue ?? [:] : [:]
    var (last, results): (JSONObject, [JSON]) = (first, [])
    while last["page"]?.objectValue?["next_token"]?.stringValue?.isEmpty == false {
      request["page"] = .object(page(asked, after: last))
      let reply = try await world.ask(request, at: row.endpoint)
      #expect(reply.status == 200, "\(row.id)")
      last = try reply.json()
      results += last["results"]?.arrayValue ?? []
    }
    return results
  }

  private func page(_ page: JSONObject, after last: JSONObject) -> JSONObject {
    var page = page
    page["token"] = last["page"]?.objectValue?["next_token"]
    return page
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
