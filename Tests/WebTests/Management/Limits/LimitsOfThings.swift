internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// Resources and registered subjects: what they are called, and what is kept of them.
@Suite(.threat("HTP4")) struct LimitsOfThings {
  /// A way to say what is kept of something.
  struct Way: Sendable {
    let what: String
    /// Where the attributes stand in the body.
    let pointer: String
    let keep: @Sendable (_ test: ManagementWorld, _ attributes: JSON) async throws -> ManagementWorld.Reply
  }

  static let ways = [
    Way(what: "a resource", pointer: "/attributes") { test, attributes in
      try await test.call(
        "PUT", "/resources/folder/a", as: test.operatorOfPortal,
        body: ["organization": .string(test.contoso.id.text), "attributes": attributes])
    },
    Way(what: "one of many resources", pointer: "/resources/0/attributes") { test, attributes in
      try await bulk(test, [["type": "folder", "id": "a", "attributes": attributes]])
    },
    Way(what: "one of many registered subjects", pointer: "/subjects/0/attributes") { test, attributes in
      try await bulk(test, subjects: [["type": "vehicle", "id": "k", "attributes": attributes]])
    },
    Way(what: "a registered subject", pointer: "/attributes") { test, attributes in
      try await test.call("PUT", "\(test.path)/subjects/vehicle/k", as: test.admin, body: ["attributes": attributes])
    },
  ]

  static let attributes = ways.flatMap { way in
    let refusal = SizeLimit.Refusal.malformed("\(way.pointer) too_large", AttributeLimits.sentence)
    // Of one of many, what is deeper is deeper than any body.
    let tooDeep =
      way.pointer == "/attributes"
      ? refusal : .malformed(nil, "The body is nested more than \(ManagementAPI.maximumDepth) deep.")
    return [
      SizeLimit("the bytes kept of \(way.what)", AttributeLimits.maximumBytes, refusal) { test, _, bytes in
        let frame = JSON.object(["a": ""]).encoded().count
        return try await way.keep(test, ["a": .string(String(repeating: "x", count: bytes - frame))])
      },
      SizeLimit("the depth of what is kept of \(way.what)", AttributeLimits.maximumDepth, tooDeep) { test, _, depth in
        try await way.keep(test, (1..<depth).reduce([:]) { inner, _ in ["a": inner] })
      },
      SizeLimit("the members of what is kept of \(way.what)", AttributeLimits.maximumMembers, refusal) { test, _, count in
        let inner = JSONObject((1..<count).map { ("m\($0)", .integer(1)) })
        return try await way.keep(test, ["all": .object(inner)])
      },
    ]
  }

  @Test(arguments: attributes) func `as much is kept of a thing as may be, and not a step more`(_ limit: SizeLimit) async throws {
    try await limit.check()
  }

  static let names: [SizeLimit] =
    [
      SizeLimit("the type of a resource", 64, .notAccepted(nil, "1 to 64 of a-z")) { test, _, length in
        try await put(test, "/resources/\(String(repeating: "f", count: length))/a")
      },
      SizeLimit("the id of a resource", longestID, .notAccepted(nil, "1 to \(longestID) visible characters")) { test, _, length in
        try await put(test, "/resources/folder/\(String(repeating: "f", count: length))")
      },
      SizeLimit("the type of a registered subject", 64, .notAccepted(nil, "1 to 64 of a-z")) { test, _, length in
        try await test.call(
          "PUT", "\(test.path)/subjects/\(String(repeating: "v", count: length))/k", as: test.admin, body: [:])
      },
      SizeLimit(
        "the id of a registered subject", longestID, .notAccepted(nil, "1 to \(longestID) visible characters")
      ) { test, _, length in
        try await test.call(
          "PUT", "\(test.path)/subjects/vehicle/\(String(repeating: "v", count: length))", as: test.admin, body: [:])
      },
      SizeLimit("the type of one of many resources", 64, .tooLong("/resources/0/type", 64)) { test, _, length in
        try await bulk(test, [["type": .string(String(repeating: "f", count: length)), "id": "a"]])
      },
      .text("the id of one of many resources", longestID, at: "/resources/0/id") { test, id in
        try await bulk(test, [["type": "folder", "id": id]])
      },
      SizeLimit(
        "the steps that a resource lies below another", RegisteredResource.deepest,
        .notAccepted(
          "/resources/\(RegisteredResource.deepest + 1)/parent too_deep", "at most \(RegisteredResource.deepest) steps")
      ) { test, _, steps in
        try await bulk(
          test,
          (0...steps).map { step in
            var folder: JSONObject = ["type": "folder", "id": .string("f\(step)")]
            if step > 0 { folder["parent"] = ["type": "folder", "id": .string("f\(step - 1)")] }
            return .object(folder)
          })
      },
      SizeLimit(
        "the resources registered at once", RegisterMany.maximum, .tooMany("/resources", 1...RegisterMany.maximum)
      ) { test, _, count in
        try await bulk(test, (0..<count).map { ["type": "folder", "id": .string("f\($0)")] })
      },
      SizeLimit("the type of one of many registered subjects", 64, .tooLong("/subjects/0/type", 64)) { test, _, length in
        try await bulk(test, subjects: [["type": .string(String(repeating: "v", count: length)), "id": "k"]])
      },
      .text("the id of one of many registered subjects", longestID, at: "/subjects/0/id") { test, id in
        try await bulk(test, subjects: [["type": "vehicle", "id": id]])
      },
      SizeLimit(
        "the subjects registered at once", RegisterMany.maximum, .tooMany("/subjects", 1...RegisterMany.maximum)
      ) { test, _, count in
        try await bulk(test, subjects: (0..<count).map { ["type": "vehicle", "id": .string("k\($0)")] })
      },
    ]

  @Test(arguments: names) func `a thing is called and placed as it may be, and not a step further`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  /// The operations that take many things at once, each with a body that it takes.
  private static func bulkBodies(_ test: ManagementWorld) -> [(path: String, body: JSON)] {
    [
      (
        "/resources",
        ["organization": .string(test.contoso.id.text), "resources": [["type": "folder", "id": "a"]]]
      ),
      ("\(test.path)/subjects", ["subjects": [["type": "vehicle", "id": "k"]]]),
    ]
  }

  /// A longer body than other operations take, so that a thousand with attributes go into it.
  @Test(.threat("HTP1")) func `the body that registers many is read up to its limit`() async throws {
    let test = try await ManagementWorld()
    let limit = ManagementAPI.maximumBulkBytes
    for (path, body) in Self.bulkBodies(test) {
      for (bytes, status) in [(limit, 200), (limit + 1, 413)] {
        let padded = body.encoded() + Array(repeating: UInt8(ascii: " "), count: bytes - body.encoded().count)
        let reply = try await test.call("POST", path, token: try test.token(test.operatorOfPortal), body: padded)
        #expect(reply.status == status)
      }
    }
  }

  @Test(.threat("HTP1"))
  func `nobody is heard out who may not register many, and a body whose length is not told is read no further`()
    async throws
  {
    let test = try await ManagementWorld()
    let viewer = try await test.member("vic@contoso.test", .accountViewer)
    for (path, _) in Self.bulkBodies(test) {
      for (token, status) in [(nil, 401), (try test.token(viewer), 403)] {
        let connection = try await HTTPConnection.open(port: test.server.port)
        // Of the body nothing is sent, and the answer comes all the same.
        try await connection.send(Self.head(path, token, "Content-Length: \(ManagementAPI.maximumBulkBytes)"))
        #expect(try await connection.receive().status == status)
      }
      let connection = try await HTTPConnection.open(port: test.server.port)
      try await connection.send(Self.head(path, try test.token(test.operatorOfPortal), "Transfer-Encoding: chunked"))
      let chunk = "10000\r\n\(String(repeating: " ", count: 65_536))\r\n"
      for _ in 0..<16 { try await connection.send(chunk) }
      try await connection.send("1\r\n \r\n")
      #expect(try await connection.receive().status == 413)
      await connection.waitForClose()
    }
  }

  private static func head(_ path: String, _ token: String?, _ length: String) -> String {
    let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    return """
      POST /api/v1\(path) HTTP/1.1\r\nHost: usher.test\r\nContent-Type: application/json\r\n\(authorization)\(length)\r\n\r\n
      """
  }

  @Test(.threat("HTP1")) func `only so many long bodies are held at once, and what is over makes room`() async throws {
    let bodies = BodiesAtOnce(3, ofOne: 2)
    let unavailable = Failure.unavailable(retryAfter: .seconds(1))
    try await bodies.holding(for: "a") {
      await #expect(throws: Failure.badRequest) { try await bodies.holding(for: "a") { throw Failure.badRequest } }
      try await bodies.holding(for: "a") {
        _ = await #expect(throws: unavailable) { try await bodies.holding(for: "a") {} }
        try await bodies.holding(for: "b") {
          _ = await #expect(throws: unavailable) { try await bodies.holding(for: "c") {} }
        }
      }
      try await bodies.holding(for: "a") {}
    }
  }

  private static let longestID = RegisteredResource.maximumID

  private static func put(_ test: ManagementWorld, _ path: String) async throws -> ManagementWorld.Reply {
    try await test.call("PUT", path, as: test.operatorOfPortal, body: ["organization": .string(test.contoso.id.text)])
  }

  private static func bulk(_ test: ManagementWorld, _ resources: [JSON]) async throws -> ManagementWorld.Reply {
    try await test.call(
      "POST", "/resources", as: test.operatorOfPortal,
      body: ["organization": .string(test.contoso.id.text), "resources": .array(resources)])
  }

  private static func bulk(_ test: ManagementWorld, subjects: [JSON]) async throws -> ManagementWorld.Reply {
    try await test.call("POST", "\(test.path)/subjects", as: test.admin, body: ["subjects": .array(subjects)])
  }
}
