internal import AccessControl
internal import AuthZEN
internal import Primitives
internal import TestKit
internal import Testing

/// Every limit of the decision endpoints, over HTTP: answered at the limit, and a step past it refused with the reason.
@Suite(.rule("Authorization API 1.0 §11.7"), .threat("AZN1", "HTP4")) struct LimitsOfDecisions {
  struct Limit: Sendable, CustomTestStringConvertible {
    let what: String
    let endpoint: Endpoint
    let most: Int
    let reason: String
    /// A request of a size.
    let body: @Sendable (Int) -> JSONObject

    var testDescription: String { "\(what) of \(endpoint.rawValue)" }

    init(_ what: String, of endpoint: Endpoint, _ most: Int, _ reason: String, _ body: @escaping @Sendable (Int) -> JSONObject) {
      self.what = what
      self.endpoint = endpoint
      self.most = most
      self.reason = reason
      self.body = body
    }
  }

  enum Endpoint: String, Sendable, CaseIterable {
    case evaluation, evaluations
    case subjects = "search/subject"
    case resources = "search/resource"
    case actions = "search/action"

    var isSearch: Bool { rawValue.hasPrefix("search/") }
    /// What a question has, beside `context`.
    var parts: [String] { ["subject", "action", "resource"].filter { self != .actions || $0 != "action" } }

    /// The smallest request, with one more member or another instead of its own.
    func body(_ name: String = "context", _ value: JSON = [:]) -> JSONObject {
      var body: JSONObject = [
        "subject": ["type": "user", "id": "x"], "action": ["name": "view"], "resource": ["type": "order", "id": "1"],
      ]
      body[name] = value
      return body
    }

    func body(_ part: String, properties: JSON) -> JSONObject {
      var entity = body()[part]?.objectValue ?? [:]
      entity["properties"] = properties
      return body(part, .object(entity))
    }
  }

  static let limits = Endpoint.allCases.flatMap { endpoint in
    ofProperties(endpoint) + ofContext(endpoint) + (endpoint.isSearch ? ofPages(endpoint) : ofOptions(endpoint))
      + (endpoint == .evaluations ? ofBatches : [])
  }

  private static let bytes = EvaluationLimits.propertyBytes

  private static func ofProperties(_ endpoint: Endpoint) -> [Limit] {
    endpoint.parts.map { part in
      Limit("the properties of the \(part)", of: endpoint, bytes, "\(part).properties is longer than \(bytes) bytes.") {
        endpoint.body(part, properties: object($0))
      }
    }
  }

  private static func ofContext(_ endpoint: Endpoint) -> [Limit] {
    [
      Limit("the context", of: endpoint, bytes, "context is longer than \(bytes) bytes.") {
        endpoint.body("context", object($0))
      },
      Limit(
        "the members of an object", of: endpoint, EvaluationLimits.members,
        "An object of the body has more than \(EvaluationLimits.members) members."
      ) { count in endpoint.body("context", .object(JSONObject((0..<count).map { ("m\($0)", .null) }))) },
      // The body and the context are two levels themselves.
      Limit("the depth", of: endpoint, EvaluationLimits.depth, "The body is nested more than \(EvaluationLimits.depth) deep.") {
        depth in
        endpoint.body("context", ["x": (3..<depth).reduce([]) { inner, _ in [inner] }])
      },
      Limit(
        "the active roles", of: endpoint, RoleActivation.maximumActive,
        "context.active_roles is no array of at most \(RoleActivation.maximumActive) ids of roles."
      ) { count in
        endpoint.body(
          "context", ["organization": "nowhere", "active_roles": .array((0..<count).map { .string("role-\($0)") })])
      },
    ]
  }

  private static func ofOptions(_ endpoint: Endpoint) -> [Limit] {
    [
      Limit("the options", of: endpoint, bytes, "options is longer than \(bytes) bytes.") { endpoint.body("options", object($0)) }
    ]
  }

  private static func ofPages(_ endpoint: Endpoint) -> [Limit] {
    [
      Limit("the page", of: endpoint, bytes, "page is longer than \(bytes) bytes.") { endpoint.body("page", object($0)) },
      Limit(
        "the results of a page", of: endpoint, EvaluationLimits.pageResults,
        "page.limit is more than \(EvaluationLimits.pageResults)."
      ) { endpoint.body("page", ["limit": .integer(Int64($0))]) },
    ]
  }

  private static let ofBatches = [
    Limit(
      "the questions", of: .evaluations, EvaluationLimits.evaluations,
      "evaluations has more than \(EvaluationLimits.evaluations) elements."
    ) { count in Endpoint.evaluations.body("evaluations", .array(Array(repeating: [:], count: count))) }
  ]

  /// An object of so many bytes.
  private static func object(_ bytes: Int) -> JSON {
    ["x": .string(String(repeating: "x", count: bytes - JSON.object(["x": ""]).encoded().count))]
  }

  @Test(arguments: limits) func `a request is answered at the limit, and a step past it refused with the reason`(_ limit: Limit)
    async throws
  {
    let service = try await Service()
    let refused = try await service.ask(limit.endpoint, limit.body(limit.most + 1).text)
    #expect(refused.status == 400)
    #expect(try refused.json()["error"] == "invalid_request")
    #expect(try refused.json()["error_description"]?.stringValue == limit.reason)
    #expect(try await service.ask(limit.endpoint, limit.body(limit.most).text).status == 200)
  }

  @Test(arguments: ["subject", "action", "resource", "context"])
  func `a question of a batch that is past a limit is refused in its place, and the others are answered`(_ part: String)
    async throws
  {
    let service = try await Service()
    func item(_ bytes: Int) -> JSON {
      let body = Endpoint.evaluations.body()
      guard part != "context" else { return ["context": Self.object(bytes)] }
      var entity = body[part]?.objectValue ?? [:]
      entity["properties"] = Self.object(bytes)
      return .object([part: .object(entity)])
    }
    let items: JSON = [item(Self.bytes), item(Self.bytes + 1), [:]]
    let reply = try await service.ask(.evaluations, Endpoint.evaluations.body("evaluations", items).text)
    let told = try reply.json()["evaluations"]?.arrayValue?.map { $0.objectValue?["context"]?.objectValue?["error"]?.text }
    let place = part == "context" ? part : "\(part).properties"
    #expect(reply.status == 200 && told?.count == 3)
    #expect(told?[0] == nil && told?[2] == nil)
    #expect(told?[1]?.contains("\(place) is longer than \(Self.bytes) bytes.") == true)
  }

  @Test(.threat("HTP1"), arguments: Endpoint.allCases)
  func `a body is read up to its limit`(_ endpoint: Endpoint) async throws {
    let service = try await Service()
    let most = endpoint == .evaluations ? EvaluationLimits.batchBytes : EvaluationLimits.questionBytes
    let body = endpoint.body().text
    for (bytes, status) in [(most, 200), (most + 1, 413)] {
      let padding = String(repeating: " ", count: bytes - body.utf8.count)
      let reply = try await service.ask(endpoint, body + padding)
      #expect(reply.status == status)
      if status == 413 { #expect(try reply.json()["error_description"]?.stringValue?.isEmpty == false) }
    }
  }

  /// A service that may ask.
  private struct Service {
    let server: RunningServer
    let token: String

    init() async throws {
      server = try await RunningServer.start(try await TestWorld.make())
      token = try await server.application("Shop").ownToken(scope: "usher:decide")
    }

    func ask(_ endpoint: Endpoint, _ body: String) async throws -> HTTPReply {
      try await server.client.post(
        "/access/v1/\(endpoint.rawValue)", json: body, headers: [("Authorization", "Bearer \(token)")])
    }
  }
}
