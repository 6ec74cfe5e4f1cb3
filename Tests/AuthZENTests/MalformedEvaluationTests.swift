import AuthZEN
import Localization
import TestKit
import Testing

@Suite(.rule("Authorization API 1.0 §10.1.1"), .threat("AZN1", "HTP4")) struct MalformedEvaluations {
  static let subject = #""subject":{"type":"user","id":"him"}"#
  static let action = #""action":{"name":"view"}"#
  static let resource = #""resource":{"type":"order","id":"1"}"#

  /// A body that is no evaluation request, and what the caller is told.
  static let table: [(body: String, told: String)] = [
    ("", "The body is not JSON."),
    ("subject=him", "The body is not JSON."),
    ("{", "The body is not JSON."),
    ("{\(subject),\(action),\(resource)} {}", "The body is not JSON."),
    ("[]", "The body is not a JSON object."),
    ("null", "The body is not a JSON object."),
    ("{}", "subject is missing."),
    ("{\(action),\(resource)}", "subject is missing."),
    ("{\(subject),\(resource)}", "action is missing."),
    ("{\(subject),\(action)}", "resource is missing."),
    (#"{"subject":"him",\#(action),\#(resource)}"#, "subject is not an object."),
    (#"{"subject":null,\#(action),\#(resource)}"#, "subject is not an object."),
    (#"{"subject":[],\#(action),\#(resource)}"#, "subject is not an object."),
    (#"{"subject":{"id":"him"},\#(action),\#(resource)}"#, "subject.type is missing."),
    (#"{"subject":{"type":"user"},\#(action),\#(resource)}"#, "subject.id is missing."),
    (#"{"subject":{"type":1,"id":"him"},\#(action),\#(resource)}"#, "subject.type is not a string."),
    (#"{"subject":{"type":"user","id":7},\#(action),\#(resource)}"#, "subject.id is not a string."),
    (#"{"subject":{"type":"user","id":null},\#(action),\#(resource)}"#, "subject.id is not a string."),
    (#"{"subject":{"type":"user","id":"him","properties":[]},\#(action),\#(resource)}"#, "subject.properties is not an object."),
    (#"{\#(subject),"action":"view",\#(resource)}"#, "action is not an object."),
    (#"{\#(subject),"action":{},\#(resource)}"#, "action.name is missing."),
    (#"{\#(subject),"action":{"name":true},\#(resource)}"#, "action.name is not a string."),
    (#"{\#(subject),"action":{"name":"view","properties":1},\#(resource)}"#, "action.properties is not an object."),
    (#"{\#(subject),\#(action),"resource":[]}"#, "resource is not an object."),
    (#"{\#(subject),\#(action),"resource":{"id":"1"}}"#, "resource.type is missing."),
    (#"{\#(subject),\#(action),"resource":{"type":"order"}}"#, "resource.id is missing."),
    (#"{\#(subject),\#(action),"resource":{"type":"order","id":{}}}"#, "resource.id is not a string."),
    (
      #"{\#(subject),\#(action),"resource":{"type":"order","id":"1","properties":null}}"#, "resource.properties is not an object."
    ),
    (
      #"{\#(subject),\#(action),"resource":{"type":"order","id":"1","properties":{"organization":5}}}"#,
      "resource.properties.organization is not a string."
    ),
    (#"{\#(subject),\#(action),\#(resource),"context":"contoso"}"#, "context is not an object."),
    (#"{\#(subject),\#(action),\#(resource),"context":null}"#, "context is not an object."),
    (#"{\#(subject),\#(action),\#(resource),"context":{"organization":["contoso"]}}"#, "context.organization is not a string."),
    (#"{\#(subject),\#(action),\#(resource),"context":{"organization":null}}"#, "context.organization is not a string."),
    ("{\(subject),\(subject),\(action),\(resource)}", "A member of the body comes twice."),
    (#"{"subject":{"type":"user","id":"him","id":"her"},\#(action),\#(resource)}"#, "A member of the body comes twice."),
    (
      #"{\#(subject),\#(action),\#(resource),"context":{"organization":"contoso","organiz\u0061tion":"fabrikam"}}"#,
      "A member of the body comes twice."
    ),
    (#"{"subject":{"type":"user","id":"\ud800"},\#(action),\#(resource)}"#, "The body is not JSON."),
    (
      "{\(subject),\(action),\(resource),\"context\":{\"x\":" + String(repeating: "[", count: 40)
        + String(repeating: "]", count: 40) + "}}",
      "The body is nested more than 32 deep."
    ),
  ]

  @Test func `each is refused with the name of what is wrong, and never answered`() {
    let world = World()
    for row in Self.table {
      #expect(throws: EvaluationRefusal.malformed(row.told), "\(row.body)") {
        try EvaluateAccess(saying: .compiledIn)(
          PresentedEvaluations(one: Array(row.body.utf8)), askedBy: World.ownedByContoso, knowing: world.policy, at: World.now)
      }
    }
  }

  @Test func `bytes that are no text are refused`() {
    let bytes = Array(#"{"subject":{"type":"user","id":""#.utf8) + [0xFF, 0xFE] + Array(#""}}"#.utf8)
    #expect(throws: EvaluationRefusal.malformed("The body is not JSON.")) {
      try EvaluateAccess(saying: .compiledIn)(
        PresentedEvaluations(one: bytes), askedBy: World.ownedByContoso, knowing: World().policy, at: World.now)
    }
  }
}
