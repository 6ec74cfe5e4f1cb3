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
    ]

  @Test(arguments: names) func `a thing is called and placed as it may be, and not a step further`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  /// A longer body than other operations take, so that many resources go into it.
  @Test(.threat("HTP1")) func `the body that registers many is read up to its limit`() async throws {
    let test = try await ManagementWorld()
    let body = JSON.object(["organization": .string(test.contoso.id.text), "resources": [["type": "folder", "id": "a"]]])
    for (bytes, status) in [(128 * 1_024, 200), (128 * 1_024 + 1, 413)] {
      let padded = body.encoded() + Array(repeating: UInt8(ascii: " "), count: bytes - body.encoded().count)
      let reply = try await test.call("POST", "/resources", token: try test.token(test.operatorOfPortal), body: padded)
      #expect(reply.status == status)
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
}
