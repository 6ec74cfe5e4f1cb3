internal import Foundation
internal import Primitives
internal import TestKit

/// One request of the certification scenario, and what its answer must be. The scenario is that of the AuthZEN working group
/// (openid/authzen, `certification/`), with what the conformance suite and the standard ask besides, in `scenario.json`.
struct CertificationCase: Codable, Sendable {
  enum Credentials: String, Codable { case none, wrong }

  enum Walk: String, Codable {
    /// By the token alone.
    case token
    /// By the token and the limit of the first page.
    case limit
  }

  /// The level that the case belongs to: `basic-core`, …
  var level: String
  var id: String
  var says: String
  var method: String?
  /// The member of the metadata that says where to ask.
  var endpoint: String
  /// Instead of the one that says `application/json`.
  var headers: [String: String]?
  /// What is sent: as JSON, or to the letter, or as bytes that are no text.
  var body: JSON?
  var text: String?
  var base64: String?
  /// Those of an application that may ask, unless the case says otherwise.
  var credentials: Credentials?
  /// How often it is asked; the answers must be the same.
  var times: Int?

  var status: Int
  /// For one question.
  var decision: Bool?
  /// For many, in order; null where either will do.
  var decisions: [Bool?]?
  /// For searches: what must be among the results, …
  var results: [JSON]?
  /// … and whether nothing else may be.
  var only: Bool?
  /// For searches: the case that finds the same, in whatever order.
  var sameAs: String?
  /// For searches: the action and the resource that every subject found may do it to, by a question of its own.
  var permits: JSONObject?
  /// For searches: how the pages after the first are asked for, until nothing follows; `results` are then those of all of them.
  var walk: Walk?
  /// For searches: the request that comes with the token of this answer, and what becomes of it.
  var then: JSONObject?
  var thenStatus: Int?
  /// The first member of the answer.
  var first: String?
  /// Header fields of the answer, to the letter.
  var answers: [String: String]?
  /// Header fields that the answer must have, whatever they say.
  var carries: [String]?
  /// Members that the answer must not have.
  var lacks: [String]?

  static let all: Result<[CertificationCase], any Error> = Result {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "scenario.json")
    return try JSONDecoder().decode([CertificationCase].self, from: Data(contentsOf: file))
  }

  /// A case by its id.
  static func named(_ id: String) throws -> CertificationCase {
    guard let found = try all.get().first(where: { $0.id == id }) else { throw TestWorld.Missing(what: "the case \(id)") }
    return found
  }

  /// The levels whose cases are there, in their order.
  static let levels: [String] = {
    var levels: [String] = []
    for row in (try? all.get()) ?? [] where !levels.contains(row.level) { levels.append(row.level) }
    return levels
  }()
}
