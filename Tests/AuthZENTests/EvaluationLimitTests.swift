import AuthZEN
import Localization
import TestKit
import Testing

@Suite(.rule("Authorization API 1.0 §11.7")) struct LimitsOfAnEvaluation {
  let world = World()

  func answer(_ context: String, subject properties: String = "{}") throws(EvaluationRefusal) -> Bool {
    let body =
      #"{"subject":{"type":"user","id":"him","properties":\#(properties)},"action":{"name":"view"},"#
      + #""resource":{"type":"order","id":"1"},"context":\#(context)}"#
    let bytes = try EvaluateAccess(saying: .compiledIn)(
      PresentedEvaluations(one: Array(body.utf8)), askedBy: World.ownedByContoso, knowing: world.policy, at: World.now
    ).bytes
    return String(decoding: bytes, as: UTF8.self).hasPrefix(#"{"decision":true"#)
  }

  @Test func `properties are as long as they may be, and not one byte longer`() throws {
    func properties(_ length: Int) -> String { #"{"x":""# + String(repeating: "x", count: length - 8) + #""}"# }
    #expect(try answer(properties(EvaluationLimits.propertyBytes)))
    #expect(throws: EvaluationRefusal.malformed("context is longer than 8192 bytes.")) {
      try answer(properties(EvaluationLimits.propertyBytes + 1))
    }
    #expect(throws: EvaluationRefusal.malformed("subject.properties is longer than 8192 bytes.")) {
      try answer("{}", subject: properties(EvaluationLimits.propertyBytes + 1))
    }
  }

  @Test func `an object has as many members as it may, and not one more`() throws {
    func object(_ count: Int) -> String { "{" + (0..<count).map { #""m\#($0)":0"# }.joined(separator: ",") + "}" }
    #expect(try answer(object(EvaluationLimits.members)))
    #expect(try answer(#"{"deep":[\#(object(EvaluationLimits.members))]}"#))
    for context in [object(EvaluationLimits.members + 1), #"{"deep":[\#(object(EvaluationLimits.members + 1))]}"#] {
      #expect(throws: EvaluationRefusal.malformed("An object of the body has more than 128 members.")) { try answer(context) }
    }
  }

  @Test func `the body is as deep as it may be, and not one level deeper`() throws {
    // The body and the context are two levels themselves.
    func context(_ depth: Int) -> String {
      #"{"x":"# + String(repeating: "[", count: depth - 2) + String(repeating: "]", count: depth - 2) + "}"
    }
    #expect(try answer(context(EvaluationLimits.depth)))
    #expect(throws: EvaluationRefusal.malformed("The body is nested more than 32 deep.")) {
      try answer(context(EvaluationLimits.depth + 1))
    }
  }

  @Test func `members that nobody reads count, and are read as strictly`() throws {
    func answer(_ member: String) throws(EvaluationRefusal) {
      let body =
        #"{"subject":{"type":"user","id":"him"},"action":{"name":"view"},"resource":{"type":"order","id":"1"},"x":\#(member)}"#
      _ = try EvaluateAccess(saying: .compiledIn)(
        PresentedEvaluations(one: Array(body.utf8)), askedBy: World.ownedByContoso, knowing: world.policy, at: World.now)
    }
    #expect(throws: Never.self) { try answer(#"[{"a":null,"b":[1.5e3,true,"\u00e9"]},{}]"#) }
    #expect(throws: EvaluationRefusal.malformed("A member of the body comes twice.")) { try answer(#"[{"a":1,"b":2,"a":3}]"#) }
    for broken in ["01", "tru", #""\ud800""#, "1e999", #"{"a"}"#, "[1,]"] {
      #expect(throws: EvaluationRefusal.malformed("The body is not JSON.")) { try answer(broken) }
    }
  }
}
