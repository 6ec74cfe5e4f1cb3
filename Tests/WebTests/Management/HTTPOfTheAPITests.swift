internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

@Suite struct HTTPOfTheManagementAPI {
  @Test(
    .threat("HTP4"),
    arguments: [
      (#"{"name":"A","name":"B"}"#, 400), (#"{"name":"A","admin":true}"#, 400), (#"{"name":null}"#, 400), (#"{"name":7}"#, 400),
      ("", 400), ("name=A", 400),
    ])
  func `a malformed body is refused through HTTP, and nothing is made`(_ body: String, _ status: Int) async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call(
      "POST", "/organizations", token: try test.token(test.operatorOfPortal), body: Array(body.utf8))
    #expect(reply.status == status)
    #expect(reply.problem == "malformed-request")
    #expect(try await test.world.audit(.organizationCreated).isEmpty)
  }

  @Test(.threat("HTP3")) func `a body must be JSON by its type too`() async throws {
    let test = try await ManagementWorld()
    for type in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"] {
      let reply = try await test.call(
        "POST", "/organizations", token: try test.token(test.operatorOfPortal), body: Array(#"{"name":"A"}"#.utf8),
        headers: [("Content-Type", type)])
      #expect(reply.status == 415)
    }
  }

  @Test(.threat("HTP1"), arguments: [(ManagementAPI.maximumBytes, 400), (ManagementAPI.maximumBytes + 1, 413)])
  func `a body is read up to its limit`(_ size: Int, _ status: Int) async throws {
    let test = try await ManagementWorld()
    let padding = String(repeating: " ", count: size - 2)
    let reply = try await test.call(
      "POST", "/organizations", token: try test.token(test.operatorOfPortal), body: Array("{\(padding)}".utf8))
    #expect(reply.status == status)
  }

  @Test(.threat("HTP2")) func `an unknown method is told the known ones, an unknown path that it is none`() async throws {
    let test = try await ManagementWorld()
    let reply = try await test.server.client.send("PUT", "/api/v1/organizations")
    #expect(reply.status == 405)
    #expect(reply.header("Allow") == "GET, HEAD, OPTIONS, POST")
    let unknown = try await test.server.client.get("/api/v1/moons")
    #expect(unknown.status == 404)
    #expect(unknown.header("Content-Type") == Problem.mediaType)
  }

  @Test func `answers are kept by nobody and name their request`() async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call("GET", "/organizations", as: test.admin)
    #expect(reply.http.header("Cache-Control") == "no-store")
    #expect(reply.http.header("X-Request-Id")?.isEmpty == false)
    let denied = try await test.call("GET", "/audit", as: test.admin)
    #expect(denied["instance"]?.stringValue == denied.http.header("X-Request-Id"))
    #expect(denied["type"]?.stringValue == "\(TestWorld.publicAddress)/problems/access-denied")
  }
}

@Suite struct TheOpenAPIDocument {
  @Test func `it is served to everybody and describes every operation of the table`() async throws {
    let test = try await ManagementWorld()
    let reply = try await test.server.client.get("/openapi.json")
    #expect(reply.status == 200)
    #expect(reply.header("Content-Type") == "application/json")
    let document = try #require(try JSON.parse(reply.body).objectValue)
    #expect(document["openapi"] == "3.1.0")
    let paths = try #require(document["paths"]?.objectValue)
    for operation in OperationTable.operations {
      let described = paths[operation.path]?.objectValue?[operation.method.rawValue.lowercased()]?.objectValue
      #expect(described?["operationId"]?.stringValue == operation.name)
    }
    #expect(paths.members.flatMap { $0.value.objectValue?.members ?? [] }.count == OperationTable.operations.count)
  }

  @Test(.rule("OpenAPI 3.1")) func `an independent reader finds it valid`() async throws {
    let document = OpenAPIDocument(OperationTable.operations, issuer: "https://usher.test").json
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("openapi_reader.py")]) { reader in
      try reader.say(document.text)
      #expect(try await reader.nextLine() == "valid")
    }
  }

  @Test func `every shape it refers to is in it`() throws {
    let document = OpenAPIDocument(OperationTable.operations, issuer: "https://usher.test").json
    let known = Set(
      document.objectValue?["components"]?.objectValue?["schemas"]?.objectValue?.members.map { "#/components/schemas/\($0.name)" }
        ?? [])
    func references(_ value: JSON) -> [String] {
      switch value {
      case .object(let object): object.members.flatMap { $0.name == "$ref" ? [$0.value.stringValue ?? ""] : references($0.value) }
      case .array(let elements): elements.flatMap(references)
      default: []
      }
    }
    let used = Set(references(document)).filter { $0.hasPrefix("#/components/schemas/") }
    #expect(used.isSubset(of: known))
    #expect(known.isSubset(of: used))
  }
}
