internal import AccessControl
internal import AuthZEN
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct TheDocumentOfTheDecisionEndpoints {
  private let document = DecisionAPIDocument(issuer: "https://usher.test").json

  @Test func `it is served to everybody and describes every endpoint of the metadata`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let served = try await server.client.get("/access/openapi.json").json()
    #expect(served["openapi"] == "3.1.0")
    let paths = try #require(served["paths"]?.objectValue).members.map { "https://usher.test\($0.name)" }
    let metadata = try await server.client.get("/.well-known/authzen-configuration").json()
    let endpoints = metadata.members.filter { $0.name.hasSuffix("_endpoint") }.compactMap { $0.value.stringValue }
    #expect(Set(paths) == Set(endpoints))
  }

  @Test(.rule("OpenAPI 3.1")) func `an independent reader finds it valid`() async throws {
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("openapi_reader.py")]) { reader in
      try reader.say(document.text)
      #expect(try await reader.nextLine() == "valid")
    }
  }

  @Test func `it names every limit of a request`() throws {
    func at(_ path: String...) -> JSON? { path.reduce(Optional(document)) { $0?.objectValue?[$1] } }
    for (path, operation) in document.objectValue?["paths"]?.objectValue?.members ?? [] {
      let said = operation.objectValue?["post"]?.objectValue?["description"]?.stringValue ?? ""
      let bytes = path.hasSuffix("/evaluations") ? EvaluationLimits.batchBytes : EvaluationLimits.questionBytes
      #expect(said.contains("\(bytes) bytes") && said.contains("\(EvaluationLimits.depth) deep"), "\(path)")
    }
    for shape in ["Question", "Questions", "Item", "SubjectSearch", "ResourceSearch", "ActionSearch"] {
      let context = at("components", "schemas", shape, "properties", "context")?.objectValue
      #expect(context?["maxProperties"]?.intValue == Int64(EvaluationLimits.members), "\(shape)")
      #expect(context?["description"]?.stringValue?.contains("\(EvaluationLimits.propertyBytes) bytes") == true, "\(shape)")
      let active = context?["properties"]?.objectValue?["active_roles"]?.objectValue
      #expect(active?["maxItems"]?.intValue == Int64(RoleActivation.maximumActive), "\(shape)")
    }
    let questions = at("components", "schemas", "Questions", "properties", "evaluations", "maxItems")
    #expect(questions?.intValue == Int64(EvaluationLimits.evaluations))
    let results = at("components", "schemas", "PageRequest", "properties", "limit", "maximum")
    #expect(results?.intValue == Int64(EvaluationLimits.pageResults))
  }

  @Test func `every shape it refers to is in it, and none besides`() throws {
    let schemas = document.objectValue?["components"]?.objectValue?["schemas"]?.objectValue?.members ?? []
    func references(_ value: JSON) -> [String] {
      switch value {
      case .object(let object): object.members.flatMap { $0.name == "$ref" ? [$0.value.stringValue ?? ""] : references($0.value) }
      case .array(let elements): elements.flatMap(references)
      default: []
      }
    }
    let used = Set(references(document)).filter { $0.hasPrefix("#/components/schemas/") }
    #expect(used == Set(schemas.map { "#/components/schemas/\($0.name)" }))
  }
}
