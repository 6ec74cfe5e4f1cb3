internal import Foundation
internal import Identity
internal import Primitives
internal import Testing

@testable import Web

/// Members whose shape a message leaves open.
@Suite struct OpenMembers {
  private struct Kept: Codable, Equatable {
    struct Item: Codable, Equatable {
      let open: JSON?
      let object: JSONObject?
    }

    let items: [Item]
    let rest: JSON
  }

  private let document: JSON = [
    "items": [
      ["open": [1, 2.5, "x", .null, true, ["deep": [[], [:]]]]], [:], ["open": "text", "object": ["a": ["b": -1]]],
    ],
    "rest": 9_007_199_254_740_993,
  ]

  @Test func `are read from a body as they stand there`() throws {
    let read = try WireJSON.decode(Kept.self, from: document.encoded())
    #expect(read.items.map(\.open) == [[1, 2.5, "x", .null, true, ["deep": [[], [:]]]], nil, "text"])
    #expect(read.items.map(\.object) == [nil, nil, ["a": ["b": -1]]] && read.rest == 9_007_199_254_740_993)
    #expect(try JSONDecoder().decode(Kept.self, from: Data(document.encoded())) == read)
  }

  @Test func `that are objects take nothing else`() {
    let wrong: JSON = ["items": [["object": [1]]], "rest": 1]
    #expect(throws: Failure.badRequest) { try WireJSON.decode(Kept.self, from: wrong.encoded()) }
  }
}
