internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct PlacingResources {
  private func put(
    _ id: String, below parent: String? = nil, of organization: Organization? = nil, _ test: ManagementWorld
  ) async throws -> ManagementWorld.Reply {
    var body: JSONObject = ["organization": .string((organization ?? test.contoso).id.text)]
    if let parent { body["parent"] = ["type": "folder", "id": .string(parent)] }
    return try await test.call("PUT", "/resources/folder/\(id)", as: test.operatorOfPortal, body: .object(body))
  }

  private func bulk(_ resources: [JSON], of organization: Organization? = nil, _ test: ManagementWorld) async throws
    -> ManagementWorld.Reply
  {
    try await test.call(
      "POST", "/resources", as: test.operatorOfPortal,
      body: ["organization": .string((organization ?? test.contoso).id.text), "resources": .array(resources)])
  }

  private func folder(_ id: String, below parent: String? = nil) -> JSON {
    var folder: JSONObject = ["type": "folder", "id": .string(id)]
    if let parent { folder["parent"] = ["type": "folder", "id": .string(parent)] }
    return .object(folder)
  }

  @Test func `a resource lies in another and has attributes, and is said whole each time`() async throws {
    let test = try await ManagementWorld()
    #expect(try await put("a", test)["attributes"] == [:])
    let made = try await test.call(
      "PUT", "/resources/folder/b", as: test.operatorOfPortal,
      body: [
        "organization": .string(test.contoso.id.text), "parent": ["type": "folder", "id": "a"], "attributes": ["level": 3],
      ])
    #expect(made.status == 201 && made["parent"] == ["type": "folder", "id": "a"] && made["attributes"] == ["level": 3])
    #expect(try await test.call("GET", "/resources/folder/b", as: test.operatorOfPortal).json == made.json)
    let seen = [("If-Match", "\"v1\"")]
    let bare = try await test.call(
      "PUT", "/resources/folder/b", as: test.operatorOfPortal, body: ["organization": .string(test.contoso.id.text)],
      headers: seen)
    #expect(bare.status == 200 && bare["parent"] == nil && bare["attributes"] == [:] && bare["version"] == 2)
    let large: JSON = [
      "organization": .string(test.contoso.id.text), "attributes": ["a": .string(String(repeating: "x", count: 8_192))],
    ]
    let refused = try await test.call("PUT", "/resources/folder/b", as: test.operatorOfPortal, body: large)
    #expect(refused.status == 400 && refused.flaws == ["/attributes too_large"])
  }

  @Test func `a parent is named as it is registered, in the same bytes`() async throws {
    let test = try await ManagementWorld()
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let together = try await bulk([folder(composed), folder("a", below: decomposed)], test)
    #expect(together.status == 422 && together.flaws == ["/resources/1/parent unknown"])
    #expect(try await bulk([folder(composed), folder("a", below: composed)], test).status == 200)
    #expect(try await put("b", below: decomposed, test).status == 422)
  }

  @Test func `attributes are kept as they were sent, of one resource and of many`() async throws {
    let test = try await ManagementWorld()
    let attributes: JSON = [
      "text": "ü", "whole": 9_007_199_254_740_993, "part": 0.5, "yes": true, "nothing": .null,
      "list": [1, [2.5, "x"], ["in": [false]]],
    ]
    let organization = JSON.string(test.contoso.id.text)
    let many = try await test.call(
      "POST", "/resources", as: test.operatorOfPortal,
      body: [
        "organization": organization,
        "resources": [["type": "folder", "id": "a"], ["type": "folder", "id": "b", "attributes": attributes]],
      ])
    #expect(many.status == 200)
    #expect(try await test.call("GET", "/resources/folder/a", as: test.operatorOfPortal)["attributes"] == [:])
    #expect(try await test.call("GET", "/resources/folder/b", as: test.operatorOfPortal)["attributes"] == attributes)
    let one = try await test.call(
      "PUT", "/resources/folder/c", as: test.operatorOfPortal, body: ["organization": organization, "attributes": attributes])
    #expect(one["attributes"] == attributes)
  }

  @Test func `agreements and purchasing accounts have things in them without being registered`() async throws {
    let test = try await ManagementWorld()
    let agreement = try await test.agreement()
    let account = try await test.call("GET", "/organizations/\(test.contoso.id)/purchasing-accounts", as: test.operatorOfPortal)
    for (type, id) in [
      ("agreement", agreement["agreement", "id"]), ("purchasing-account", account["items", "0", "id"]),
    ] {
      let parent: JSON = ["type": .string(type), "id": id ?? .null]
      let made = try await test.call(
        "PUT", "/resources/folder/\(type)", as: test.operatorOfPortal,
        body: ["organization": .string(test.contoso.id.text), "parent": parent])
      #expect(made.status == 201 && made["parent"] == parent)
      let elsewhere = try await test.call(
        "PUT", "/resources/folder/other-\(type)", as: test.operatorOfPortal,
        body: ["organization": .string(test.fabrikam.id.text), "parent": parent])
      #expect(elsewhere.status == 422 && elsewhere.flaws == ["/parent unknown"])
    }
  }

  @Test func `nothing lies in itself, in what nobody registered, or in what belongs to others`() async throws {
    let test = try await ManagementWorld()
    #expect(try await put("a", test).status == 201)
    #expect(try await put("b", below: "a", test).status == 201)
    #expect(try await put("theirs", of: test.fabrikam, test).status == 201)
    for (id, parent, flaw) in [
      ("a", "a", "/parent circle"), ("a", "b", "/parent circle"), ("c", "nothing", "/parent unknown"),
      ("c", "theirs", "/parent unknown"),
    ] {
      let reply = try await put(id, below: parent, test)
      #expect(reply.status == 422 && reply.flaws == [flaw], "\(id) in \(parent)")
    }
    #expect(try await test.call("GET", "/resources/folder/a", as: test.operatorOfPortal)["parent"] == nil)
    #expect(try await test.call("GET", "/resources/folder/c", as: test.operatorOfPortal).status == 404)
  }

  @Test func `what others lie in neither moves to another organization nor is forgotten`() async throws {
    let test = try await ManagementWorld()
    #expect(try await put("a", test).status == 201)
    #expect(try await put("b", below: "a", test).status == 201)
    let moved = try await put("a", of: test.fabrikam, test)
    #expect(moved.status == 409 && moved.problem == "wrong-state")
    let path = "/resources/folder/a"
    #expect(try await test.call("DELETE", path, as: test.operatorOfPortal).status == 409)
    #expect(try await put("b", test).status == 200)
    #expect(try await put("a", of: test.fabrikam, test).status == 200)
    #expect(try await test.call("DELETE", path, as: test.operatorOfPortal).status == 204)
    // Together they move.
    _ = try await bulk([folder("p"), folder("q", below: "p")], test)
    let together = try await bulk([folder("p"), folder("q", below: "p")], of: test.fabrikam, test)
    #expect(together.status == 200 && together["changed"] == 2)
  }

  @Test func `a resource lies sixteen steps below another and no deeper, also when what it lies in moves`() async throws {
    let test = try await ManagementWorld()
    let chain = (0...16).map { folder("f\($0)", below: $0 == 0 ? nil : "f\($0 - 1)") }
    let made = try await bulk(chain.reversed(), test)
    #expect(made.status == 200 && made["new"] == 17)
    let deeper = try await put("f17", below: "f16", test)
    #expect(deeper.status == 422 && deeper.flaws == ["/parent too_deep"])
    #expect(try await put("top", test).status == 201)
    let pushed = try await put("f0", below: "top", test)
    #expect(pushed.status == 422 && pushed.flaws == ["/parent too_deep"])
    #expect(try await put("f1", below: "top", test).status == 200)
  }

  @Test(.threat("HTP4")) func `so many may lie below what one request moves, and not one more`() async throws {
    let test = try await ManagementWorld()
    let most = RegisterResources.maximumMoved
    _ = try await bulk(
      [folder("top"), folder("b"), folder("a", below: "b"), folder("c"), folder("d", below: "c")], test)
    let (contoso, now) = (test.contoso.id, test.world.clock.now())
    try await test.world.store.write { tx in
      try tx.insert(
        (0..<most).map { number in
          RegisteredResource(
            type: "page", id: "\(number)", organization: contoso, parent: ResourceName(type: "folder", id: "a"), createdAt: now)
        })
    }
    let tooMuch = try await put("b", below: "top", test)
    #expect(tooMuch.status == 422 && tooMuch.flaws == ["/parent holds_too_many"])
    #expect(tooMuch.http.text.contains("At most \(most) resources"))
    let together = try await bulk([folder("c", below: "top"), folder("a", below: "top")], test)
    #expect(together.status == 422 && together.flaws == ["/resources/1/parent holds_too_many"])
    #expect(try await put("a", below: "top", test).status == 200)
    // What stays where it is may hold as much as it likes.
    #expect(try await put("b", below: "top", test).status == 200)
    let described = try await bulk([folder("top"), folder("c", below: "top")], test)
    #expect(described["unchanged"] == 1 && described["changed"] == 1)
  }

  @Test func `a thousand are registered at once, and no more`() async throws {
    let test = try await ManagementWorld()
    // Of a kilobyte each, which is as much as the body takes.
    let attributes: JSON = [
      "title": .string(SizeLimit.text(300)), "tags": ["a", "b", "c"], "note": .string(String(repeating: "x", count: 200)),
    ]
    let many = (0..<1_000).map { index in
      guard case .object(var folder) = folder("n\(index)") else { return JSON.null }
      folder["attributes"] = attributes
      return .object(folder)
    }
    let made = try await bulk(many, test)
    #expect(made.status == 200 && made["new"] == 1_000 && made["changed"] == 0)
    let again = try await bulk(Array(many.prefix(10)) + [folder("n10", below: "n11"), folder("new")], test)
    #expect(try await test.call("GET", "/resources/folder/n999", as: test.operatorOfPortal)["attributes"] == attributes)
    #expect(again["new"] == 1 && again["changed"] == 1 && again["unchanged"] == 10)
    let listed = try await test.call("GET", "/organizations/\(test.contoso.id)/resources?limit=100", as: test.operatorOfPortal)
    #expect(listed["items"]?.arrayValue?.count == 100)
    let beyond = try await bulk(many + [folder("one")], test)
    #expect(beyond.status == 400 && beyond.flaws == ["/resources too_many"])
    #expect(try await bulk([], test).flaws == ["/resources too_few"])
  }

  @Test func `when anything is wrong with one of many nothing is registered, and each flaw is told with its place`() async throws
  {
    let test = try await ManagementWorld()
    #expect(try await put("old", test).status == 201)
    let before = try await test.world.audit().count
    let names = try await bulk(
      [folder("a"), folder("a"), ["type": "Folder", "id": "x"], folder(" b"), ["type": "agreement", "id": "x"]], test)
    #expect(
      names.status == 422
        && names.flaws == [
          "/resources/1 repeated", "/resources/2/type malformed", "/resources/3/id malformed", "/resources/4/type malformed",
        ])
    let places = try await bulk(
      [folder("a", below: "b"), folder("b", below: "a"), folder("c", below: "nothing"), folder("old", below: "c"), folder("d")],
      test)
    #expect(places.status == 422)
    #expect(
      places.flaws.prefix(3) == ["/resources/0/parent circle", "/resources/1/parent circle", "/resources/2/parent unknown"])
    let members = JSONObject((0...100).map { ("m\($0)", .integer(1)) })
    let attributes: JSON = ["type": "folder", "id": "e", "attributes": .object(members)]
    let large = try await bulk([folder("d"), attributes], test)
    #expect(large.status == 400 && large.flaws == ["/resources/1/attributes too_large"])
    let closed = try await test.call(
      "POST", "/resources", as: test.operatorOfPortal, body: ["organization": "nothing", "resources": [folder("d")]])
    #expect(closed.status == 422 && closed.flaws == ["/organization unknown"])
    let listed = try await test.call("GET", "/resources", as: test.operatorOfPortal)
    #expect(listed["items"]?.arrayValue?.count == 1)
    #expect(try await test.world.audit().count == before)
    #expect(try await bulk([folder("d")], test).status == 200)
    let denied = try await test.call(
      "POST", "/resources", as: test.admin, body: ["organization": .string(test.contoso.id.text), "resources": [folder("z")]])
    #expect(denied.status == 403)
  }
}
