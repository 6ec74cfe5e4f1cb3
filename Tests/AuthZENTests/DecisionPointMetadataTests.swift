import AuthZEN
import Foundation
import Identity
import Primitives
import TestKit
import Testing

@Suite(.rule("Authorization API 1.0 §9")) struct DescribingTheDecisionPoint {
  /// The document as it goes out.
  func document(_ describe: DescribeDecisionPoint) throws -> JSONObject {
    try #require(try JSON.parse(Array(JSONEncoder().encode(describe()))).objectValue)
  }

  func claims(_ document: JSONObject, in world: TestWorld) throws -> JSONObject {
    let token = try #require(document["signed_metadata"]?.stringValue)
    return try JWS.verify(token, type: "authzen-configuration+jwt") { id in
      world.env.keys.verificationKey(id, at: world.clock.now())
    }
  }

  @Test func `metadata name the decision point and what it answers, nothing else`() async throws {
    let world = try await TestWorld.make()
    var document = try document(DescribeDecisionPoint(world.env))
    document["signed_metadata"] = nil
    #expect(
      document == [
        "policy_decision_point": "https://usher.test",
        "access_evaluation_endpoint": "https://usher.test/access/v1/evaluation",
        "access_evaluations_endpoint": "https://usher.test/access/v1/evaluations",
        "search_subject_endpoint": "https://usher.test/access/v1/search/subject",
        "search_resource_endpoint": "https://usher.test/access/v1/search/resource",
        "search_action_endpoint": "https://usher.test/access/v1/search/action",
      ])
  }

  @Test(.rule("Authorization API 1.0 §9.1.3")) func `they are signed by the issuer with a published key, member for member`()
    async throws
  {
    let world = try await TestWorld.make()
    var plain = try document(DescribeDecisionPoint(world.env))
    var claims = try claims(plain, in: world)
    #expect(claims["iss"] == plain["policy_decision_point"])
    #expect(claims["iat"]?.intValue == world.clock.now().seconds)
    #expect(claims["exp"]?.intValue == world.clock.now().seconds + 3600)
    for name in ["iss", "iat", "exp"] { claims[name] = nil }
    plain["signed_metadata"] = nil
    #expect(claims == plain)
  }

  @Test func `they are signed anew long before they end, and not for everybody who asks`() async throws {
    let world = try await TestWorld.make()
    let describe = DescribeDecisionPoint(world.env)
    let first = try document(describe)
    world.clock.advance(by: .minutes(30) - .seconds(1))
    #expect(try document(describe) == first)
    world.clock.advance(by: .seconds(1))
    let second = try document(describe)
    #expect(second != first)
    #expect(try claims(second, in: world)["iat"]?.intValue == world.clock.now().seconds)
  }

  @Test func `while no key can sign they are plain`() async throws {
    let world = try await TestWorld.make()
    world.env.keys.replace(with: [])
    #expect(try document(DescribeDecisionPoint(world.env))["signed_metadata"] == nil)
  }

  @Test(
    .rule("Authorization API 1.0 §9.2"),
    arguments: [
      ("https://portal.example", "/.well-known/authzen-configuration"),
      ("https://portal.example:8443", "/.well-known/authzen-configuration"),
      ("https://portal.example/tenant1", "/.well-known/authzen-configuration/tenant1"),
      ("https://portal.example/a/b", "/.well-known/authzen-configuration/a/b"),
    ])
  func `they stand between the host and the path of the decision point`(identifier: String, path: String) {
    #expect(DescribeDecisionPoint.path(of: identifier) == path)
  }
}
