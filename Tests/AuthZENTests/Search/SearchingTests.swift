import AccessControl
import AuthZEN
import Foundation
import Identity
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("Authorization API 1.0 §8")) struct Searching {
  let world: SearchWorld

  init() throws { world = try SearchWorld() }

  static let users = #""subject":{"type":"user"}"#
  static let read = #""action":{"name":"read"}"#
  static let write = #""action":{"name":"write"}"#
  static let first = #""resource":{"type":"document","id":"1"}"#
  static let documents = #""resource":{"type":"document"}"#

  static func user(_ id: String) -> String { #""subject":{"type":"user","id":"\#(id)"}"# }

  // MARK: who

  @Test(.rule("Authorization API 1.0 §8.4"))
  func `who may is found by their roles, for everything or for what the thing lies in, and by their groups`()
    throws
  {
    #expect(try world.names(.subject, "{\(Self.users),\(Self.read),\(Self.first)}") == ["ada", "ben", "cyd"])
    let third = #""resource":{"type":"document","id":"3"}"#
    #expect(try world.names(.subject, "{\(Self.users),\(Self.read),\(third)}") == ["ada", "cyd"])
    let unregistered = #""resource":{"type":"document","id":"unregistered"}"#
    #expect(try world.names(.subject, "{\(Self.users),\(Self.read),\(unregistered)}") == ["ada", "cyd", "gil"])
  }

  @Test func `registered subjects and applications are found by their types, groups by none`() throws {
    func who(_ type: String) throws -> [String] {
      try world.names(.subject, #"{"subject":{"type":"\#(type)"},\#(Self.read),\#(Self.first)}"#)
    }
    #expect(try who("terminal") == ["t1"])
    #expect(try who("application") == ["archive"])
    #expect(try who("group") == [])
    #expect(try who("spaceship") == [])
  }

  @Test func `a condition is asked about every candidate, by what is stored of it and what the request says of all`() throws {
    #expect(try world.names(.subject, "{\(Self.users),\(Self.write),\(Self.first)}") == ["ada"])
    let final = #""resource":{"type":"document","id":"1","properties":{"state":"final"}}"#
    #expect(try world.names(.subject, "{\(Self.users),\(Self.write),\(final)}") == [])
    func printing(_ subject: String) throws -> [String] {
      try world.names(.subject, #"{"subject":\#(subject),"action":{"name":"print"},\#(Self.first),"context":{"floor":2}}"#)
    }
    #expect(try printing(#"{"type":"terminal"}"#) == ["t1"])
    #expect(try printing(#"{"type":"terminal","properties":{"floor":3}}"#) == [])
    #expect(try printing(#"{"type":"user"}"#) == [])
    #expect(try printing(#"{"type":"user","properties":{"floor":2}}"#) == ["ada"])
  }

  // MARK: to what, and how

  @Test(.rule("Authorization API 1.0 §8.5"))
  func `what somebody may do it to is what is registered, and what a role of theirs names`() throws {
    #expect(try world.names(.resource, "{\(Self.user("ada")),\(Self.read),\(Self.documents)}") == ["1", "2", "3"])
    #expect(try world.names(.resource, "{\(Self.user("ben")),\(Self.read),\(Self.documents)}") == ["1", "2"])
    #expect(try world.names(.resource, "{\(Self.user("gil")),\(Self.read),\(Self.documents)}") == ["unregistered"])
    #expect(try world.names(.resource, "{\(Self.user("ada")),\(Self.write),\(Self.documents)}") == ["1"])
    let drafts = #""resource":{"type":"document","properties":{"state":"draft"}}"#
    #expect(try world.names(.resource, "{\(Self.user("ada")),\(Self.write),\(drafts)}") == ["1", "2", "3"])
    let terminal = #""subject":{"type":"terminal","id":"t1"}"#
    #expect(try world.names(.resource, "{\(terminal),\(Self.read),\(Self.documents)}") == ["1", "2", "3"])
  }

  @Test(.rule("Authorization API 1.0 §8.6")) func `what somebody may do comes by name`() throws {
    #expect(
      try world.answer(.action, "{\(Self.user("ada")),\(Self.first)}")
        == #"{"page":{"next_token":"","count":2},"context":{"organization":"contoso"},"results":[{"name":"read"},{"name":"write"}]}"#
    )
    #expect(try world.names(.action, #"{\#(Self.user("ada")),"resource":{"type":"document","id":"2"}}"#) == ["read"])
    #expect(try world.names(.action, "{\(Self.user("ben")),\(Self.first)}") == ["read"])
  }

  @Test(
    arguments: ["dan", "eve", "fay", "nobody", "cyd-", ""])
  func `who cannot act now, or not here, is found nowhere and finds nothing`(id: String) throws {
    #expect(try world.names(.resource, "{\(Self.user(id)),\(Self.read),\(Self.documents)}") == [])
    #expect(try world.names(.action, "{\(Self.user(id)),\(Self.first)}") == [])
  }

  @Test func `unknown names find nothing, and that is an answer`() throws {
    let none = #"{"page":{"next_token":"","count":0},"context":{"organization":"contoso"},"results":[]}"#
    #expect(try world.answer(.subject, #"{\#(Self.users),"action":{"name":"levitate"},\#(Self.first)}"#) == none)
    #expect(try world.answer(.subject, #"{\#(Self.users),\#(Self.read),"resource":{"type":"spaceship","id":"1"}}"#) == none)
    #expect(try world.answer(.resource, #"{\#(Self.user("ada")),\#(Self.read),"resource":{"type":"Document"}}"#) == none)
    #expect(try world.answer(.action, #"{\#(Self.user("ada")),"resource":{"type":"","id":""}}"#) == none)
  }

  @Test func `whoever is found is allowed by a question of their own, and nobody else is`() throws {
    let people = ["ada", "ben", "cyd", "dan", "eve", "fay", "gil"]
    let documents = ["1", "2", "3", "unregistered", "of-fabrikam"]
    for action in ["read", "write", "print"] {
      for document in documents {
        let resource = SearchRequest.Entity(type: "document", id: document, properties: ["organization": "contoso"])
        let body: JSONObject = [
          "subject": ["type": "user"], "action": ["name": .string(action)],
          "resource": ["type": "document", "id": .string(document), "properties": ["organization": "contoso"]],
        ]
        let expected = try people.filter { try world.isAllowed(.init(type: "user", id: $0), action, resource) }
        #expect(try world.names(.subject, body.text) == expected, "\(action) \(document)")
      }
      for person in people {
        let subject = SearchRequest.Entity(type: "user", id: person)
        let found = try world.names(.resource, #"{\#(Self.user(person)),"action":{"name":"\#(action)"},\#(Self.documents)}"#)
        #expect(
          try found.allSatisfy { try world.isAllowed(subject, action, .init(type: "document", id: $0)) }, "\(person) \(action)")
      }
    }
  }

  // MARK: where

  @Test(.threat("AZN3")) func `an application searches where it may ask, and learns nothing about elsewhere`() throws {
    func named(_ organization: String) -> String {
      #"{\#(Self.users),\#(Self.read),"resource":{"type":"document","id":"1x","properties":{"organization":"\#(organization)"}}}"#
    }
    #expect(try world.names(.subject, named("fabrikam"), from: World.portalWide) == ["eve"])
    let only = World.application(owner: nil, decidesIn: [World.fabrikam])
    #expect(try world.names(.subject, named("fabrikam"), from: only) == ["eve"])
    let refused =
      #"{"page":{"next_token":"","count":0},"context":{"reason":"application_not_admitted"},"results":[]}"#
    #expect(try world.answer(.subject, named("contoso"), from: only) == refused)
    #expect(try world.answer(.subject, named("nowhere"), from: only) == refused)
    #expect(try world.answer(.subject, named("fabrikam")) == refused)
    #expect(
      try world.answer(
        .subject, "{\(Self.users),\(Self.read),\(Self.documents.dropLast()),\"id\":\"1x\"}}", from: World.portalWide)
        == #"{"page":{"next_token":"","count":0},"context":{"reason":"organization_required"},"results":[]}"#)
  }

  @Test(.threat("AZN3")) func `nobody is found for what is registered where the asker may not ask`() throws {
    let elsewhere = #""resource":{"type":"document","id":"of-fabrikam"}"#
    let nothing = #"{"page":{"next_token":"","count":0},"context":{"organization":"contoso"},"results":[]}"#
    #expect(try world.answer(.subject, "{\(Self.users),\(Self.read),\(elsewhere)}") == nothing)
    #expect(try world.answer(.action, "{\(Self.user("ada")),\(elsewhere)}") == nothing)
    #expect(try world.names(.resource, "{\(Self.user("ada")),\(Self.read),\(Self.documents)}").contains("of-fabrikam") == false)
  }

  @Test(.threat("AZN2")) func `nothing is found from facts that may be old`() {
    world.policy.confirm(isCurrent: false, until: nil)
    #expect(throws: EvaluationRefusal.unavailable) { try world.answer(.subject, "{\(Self.users),\(Self.read),\(Self.first)}") }
  }

  // MARK: what is read

  @Test func `what the standard ignores is ignored, of whatever type it is`() throws {
    let whole = try world.answer(.subject, "{\(Self.users),\(Self.read),\(Self.first)}")
    for id in [#""ada""#, #""stray""#, "7", "null", "{}"] {
      #expect(try world.answer(.subject, #"{"subject":{"type":"user","id":\#(id)},\#(Self.read),\#(Self.first)}"#) == whole)
    }
    let actions = try world.answer(.action, "{\(Self.user("ada")),\(Self.first)}")
    for action in [#"{"name":"read"}"#, "{}", #""read""#, "null"] {
      #expect(try world.answer(.action, #"{\#(Self.user("ada")),"action":\#(action),\#(Self.first)}"#) == actions)
    }
    #expect(
      try world.answer(.subject, #"{\#(Self.users),\#(Self.read),\#(Self.first),"page":{"size":1,"x":{}},"evaluations":1}"#)
        == whole)
  }

  static let malformed: [(kind: SearchKind, body: String, told: String)] = [
    (.subject, "", "The body is not JSON."), (.subject, "[]", "The body is not a JSON object."),
    (.subject, "{}", "subject is missing."), (.subject, "{\(users),\(first)}", "action is missing."),
    (.subject, "{\(users),\(read)}", "resource is missing."),
    (.subject, "{\(users),\(read),\(documents)}", "resource.id is missing."),
    (.subject, #"{"subject":{},\#(read),\#(first)}"#, "subject.type is missing."),
    (.subject, #"{"subject":{"type":1},\#(read),\#(first)}"#, "subject.type is not a string."),
    (.subject, #"{"subject":"user",\#(read),\#(first)}"#, "subject is not an object."),
    (.subject, #"{"subject":{"type":"user","properties":1},\#(read),\#(first)}"#, "subject.properties is not an object."),
    (.subject, #"{\#(users),"action":{},\#(first)}"#, "action.name is missing."),
    (.subject, #"{\#(users),\#(read),\#(first),"context":[]}"#, "context is not an object."),
    (.subject, #"{\#(users),\#(users),\#(read),\#(first)}"#, "A member of the body comes twice."),
    (.resource, "{\(read),\(documents)}", "subject is missing."),
    (.resource, "{\(users),\(read),\(documents)}", "subject.id is missing."),
    (.resource, "{\(user("ada")),\(documents)}", "action is missing."),
    (.resource, "{\(user("ada")),\(read)}", "resource is missing."),
    (.resource, #"{\#(user("ada")),\#(read),"resource":{}}"#, "resource.type is missing."),
    (
      .resource, #"{\#(user("ada")),\#(read),"resource":{"type":"document","properties":{"organization":1}}}"#,
      "resource.properties.organization is not a string."
    ),
    (
      .resource,
      #"{\#(user("ada")),\#(read),"resource":{"type":"document","properties":{"organization":"contoso"}},"context":{"organization":"fabrikam"}}"#,
      "resource.properties.organization and context.organization differ."
    ),
    (.action, "{\(first)}", "subject is missing."), (.action, "{\(user("ada"))}", "resource is missing."),
    (.action, "{\(users),\(first)}", "subject.id is missing."),
    (.action, "{\(user("ada")),\(documents)}", "resource.id is missing."),
  ]

  @Test(.threat("AZN1", "HTP4")) func `a search that is none is refused, and says what is wrong with it`() {
    for row in Self.malformed {
      #expect(throws: EvaluationRefusal.malformed(row.told), "\(row.body)") { try world.answer(row.kind, row.body) }
    }
  }

  @Test func `a body is taken up to its limit and refused one byte past it`() throws {
    let request = "{\(Self.users),\(Self.read),\(Self.first)}"
    let blanks = String(repeating: " ", count: EvaluationLimits.questionBytes - request.utf8.count)
    #expect(try world.names(.subject, request + blanks) == ["ada", "ben", "cyd"])
    #expect(throws: EvaluationRefusal.tooLarge) { try world.answer(.subject, request + blanks + " ") }
  }

  @Test func `a search made with the message type is understood, and its answer is what the message type reads and writes`()
    throws
  {
    let message = SearchRequest(
      subject: .init(type: "user"), action: .init(name: "read"), resource: .init(type: "document", id: "1"),
      context: ["organization": "contoso"], page: .init(limit: 2))
    let written = try world.answer(.subject, String(decoding: JSONEncoder().encode(message), as: UTF8.self))
    let response = try JSONDecoder().decode(SearchResponse.self, from: Data(written.utf8))
    #expect(response.page?.count == 2 && response.page?.nextToken.isEmpty == false)
    #expect(response.context == .init(organization: "contoso"))
    #expect(response.results.allSatisfy { $0.type == "user" && $0.name == nil })
    #expect(try JSON.parse(Array(JSONEncoder().encode(response))) == JSON.parse(Array(written.utf8)))
  }
}
