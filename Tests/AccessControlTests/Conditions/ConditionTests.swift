import Primitives
import Testing

@testable import AccessControl

/// Circumstances of which each test changes what it is about.
private func input(
  subject: ConditionInput.Properties = .init(), resource: ConditionInput.Properties = .init(), resourceID: String? = "inv-1",
  context: JSONObject = [:], time: Timestamp = Timestamp(seconds: 1_767_225_600)
) -> ConditionInput {
  ConditionInput(
    subject: .init(type: "user", id: "u-17", properties: subject),
    resource: .init(type: "invoice", id: resourceID, properties: resource), action: .init(name: "approve"), context: context,
    time: time)
}

@Suite struct ConditionsOnARequest {
  @Test(arguments: [
    "subject.type == 'user' && subject.id == 'u-17'", "resource.type == 'invoice' && resource.id == 'inv-1'",
    "action.name in ['read', 'approve']", "context == {}", "time == timestamp('2026-01-01T00:00:00Z')",
    "subject == {'type': 'user', 'id': 'u-17', 'properties': {}}", "subject['id'] == 'u-17'", "size(action.properties) == 0",
    "has(subject.id) && !has(subject.properties.region)", "resource.exists(field, field == 'type')", "true",
    ".subject.id == 'u-17'",
  ])
  func `are met by what they name`(text: String) throws {
    #expect(try Condition(text).evaluate(input()) == .met)
  }

  @Test func `find a property of the request before the stored one, and a stored one the request does not bring`() throws {
    let resource = ConditionInput.Properties(
      presented: ["amount": 10, "state": nil], stored: ["amount": 99, "state": "open", "region": "eu"])
    for text in [
      "resource.properties.amount == 10", "resource.properties['amount'] == 10.0", "resource.properties.region == 'eu'",
      "resource.properties.state == null", "size(resource.properties) == 3", "'region' in resource.properties",
      "resource.properties == {'amount': 10, 'state': null, 'region': 'eu'}",
      "resource.properties.all(name, name in ['amount', 'state', 'region'])",
    ] {
      #expect(try Condition(text).evaluate(input(resource: resource)) == .met, "\(text)")
    }
  }

  @Test func `take every number of JSON for a double, however it is written`() throws {
    let three = ConditionInput.Properties(presented: ["whole": 3, "point": 3.0])
    for text in [
      "subject.properties.whole == subject.properties.point", "subject.properties.whole == 3", "subject.properties.point in [3]",
    ] {
      #expect(try Condition(text).evaluate(input(subject: three)) == .met, "\(text)")
    }
    #expect(try Condition("subject.properties.whole + 1 == 4").evaluate(input(subject: three)) == .failed(.noSuchOverload))
    #expect(try Condition("int(subject.properties.whole) + 1 == 4").evaluate(input(subject: three)) == .met)
  }

  @Test func `compare texts by their bytes and not as Swift does`() throws {
    let composed = ConditionInput.Properties(presented: ["name": "\u{E9}", "e\u{301}": true])
    #expect(try Condition("subject.properties.name == 'e\\u0301'").evaluate(input(subject: composed)) == .notMet)
    #expect(try Condition("subject.properties['\\u00e9']").evaluate(input(subject: composed)) == .failed(.noSuchKey))
    #expect(try Condition("size('\\r\\n') == 2 && '\\r\\n'.startsWith('\\r')").evaluate(input()) == .met)
  }

  @Test func `are asked at the moment of the decision`() throws {
    let condition = try Condition("time.getHours() >= 8 && time.getHours('+02:00') < 18 && time - duration('1h') > timestamp(0)")
    #expect(condition.evaluate(input(time: Timestamp(seconds: 1_767_225_600 + 9 * 3600))) == .met)
    #expect(condition.evaluate(input(time: Timestamp(seconds: 1_767_225_600 + 17 * 3600))) == .notMet)
    #expect(condition.evaluate(input(time: Timestamp(microseconds: .max))) == .failed(.undeclared))
  }

  @Test(arguments: [
    ("resource.id == ''", EvaluationFault.noSuchKey), ("resource.id != ''", .noSuchKey),
    ("subject.properties.missing == 1", .noSuchKey), ("subject.properties.missing != 1", .noSuchKey),
    ("!subject.properties.missing", .noSuchKey), ("!(dyn(null) in context)", .noSuchOverload), ("context.text", .noSuchOverload),
    ("dyn(1)", .noSuchOverload), ("[1][7] == 1", .indexOutOfRange), ("1 / 0 == 1", .divisionByZero),
    ("context.text.part", .noSuchField),
    ("9223372036854775807 + 1 > 0", .overflow), ("int(context.text) > 0", .invalidArgument), ("uint(-1) > 0u", .outOfRange),
    ("time.getHours('Europe/Vienna') > 0", .invalidArgument), ("'a'.matches(context.open)", .invalidPattern),
    ("{'a': 1, 'a': 2}.a == 1", .repeatedKey), ("{dyn(context): 1} != {}", .unsupportedKey),
  ])
  func `allow nothing when they fail`(text: String, fault: EvaluationFault) throws {
    let circumstances = input(resourceID: nil, context: ["text": "true", "open": "("])
    #expect(try Condition(text).evaluate(circumstances) == .failed(fault))
    #expect(try Condition("(\(text)) || true").evaluate(circumstances) == .met)
    #expect(try Condition("(\(text)) && false").evaluate(circumstances) == .notMet)
  }

  @Test func `tell what they looked at, and no more`() throws {
    let condition = try Condition(
      "resource.properties.amount < 1000.0 && (has(subject.properties.limits) || subject.properties['spending limit'] > 1) "
        + "&& context.roles[0] == 'buyer' && subject.properties.later")
    let circumstances = input(
      subject: .init(stored: ["spending limit": 5]), resource: .init(presented: ["amount": 120.5, "other": 1]),
      context: ["roles": ["seller"]])
    var request = RequestBudget()
    let (outcome, lookups) = condition.explain(circumstances, within: &request)
    #expect(outcome == .notMet)
    #expect(
      lookups == [
        ConditionLookup(path: "resource.properties.amount", value: 120.5),
        ConditionLookup(path: "subject.properties.limits", value: nil),
        ConditionLookup(path: "subject.properties[\"spending limit\"]", value: 5),
        ConditionLookup(path: "context.roles[0]", value: "seller"),
      ])
    #expect(outcome == condition.evaluate(circumstances))
  }

  @Test func `tell the value of what they only ask to be there, and a moment as text`() throws {
    var request = RequestBudget()
    let (_, lookups) = try Condition("has(context.a) && has(context.b.c) && time > timestamp(0)").explain(
      input(context: ["a": [1, 2], "b": ["c": nil]]), within: &request)
    #expect(
      lookups == [
        ConditionLookup(path: "context.a", value: [1, 2]), ConditionLookup(path: "context.b.c", value: .null),
        ConditionLookup(path: "time", value: "2026-01-01T00:00:00Z"),
      ])
  }
}

@Suite struct TextsThatAreNoCondition {
  @Test(arguments: [
    ("subjct.id == 'x'", ConditionFault.Kind.unknown, 1, 1), ("true &&\n  subject.tpye == 'user'", .unknown, 2, 11),
    ("resource['owner'] == 'x'", .unknown, 1, 9), ("subject.id.lower() == 'x'", .unknown, 1, 12),
    ("contains('a', 'b')", .unknown, 1, 1),
    ("1 + 1", .type, 1, 3), ("'a'", .type, 1, 1), ("subject", .type, 1, 1), ("subject.id == 1", .type, 1, 12),
    ("'é' + 1 == 'x'", .type, 1, 5),
    ("subject.id.x == 1", .type, 1, 12), ("subject.id && true", .type, 1, 9), ("1.all(x, true)", .type, 1, 1),
    ("true ? 1 : 'a'", .type, 1, 6),
    ("{1.5: 1} == {}", .type, 1, 2), ("", .syntax, 1, 1), ("true true", .syntax, 1, 6), ("a = b", .syntax, 1, 3),
    ("'open", .syntax, 1, 1),
    ("has(subject)", .syntax, 1, 5), ("[1].all(1, true)", .syntax, 1, 9), ("99999999999999999999 > 0", .syntax, 1, 1),
    ("9223372036854775808 > 0", .syntax, 1, 1), ("if == 1", .syntax, 1, 1), ("Point{x: 1} == 1", .syntax, 1, 6),
    ("context.?a", .syntax, 1, 9),
    ("'\\q' == ''", .syntax, 1, 2), ("subject.id.matches('(')", .argument, 1, 20),
    ("subject.id.matches('(?<=a)b')", .argument, 1, 20),
  ])
  func `are refused with the place and a sentence`(text: String, kind: ConditionFault.Kind, line: Int, column: Int) throws {
    let fault = try #require(throws: ConditionFault.self) { try Condition(text) }
    #expect(fault.kind == kind)
    #expect((fault.line, fault.column) == (line, column), "\(fault)")
    #expect(fault.message.count > 10)
  }

  @Test func `name what could have been meant`() throws {
    let name = try #require(throws: ConditionFault.self) { try Condition("subjekt.id == ''") }
    #expect(
      name.description
        == "line 1, column 1: there is no variable 'subjekt'; there are 'action', 'context', 'resource', 'subject', 'time'")
    let field = try #require(throws: ConditionFault.self) { try Condition("subject.name == ''") }
    #expect(field.message == "there is no field 'name' here; there are 'id', 'properties', 'type'")
    let types = try #require(throws: ConditionFault.self) { try Condition("1 + 1.5 > 0.0") }
    #expect(types.message == "'+' does not take int and double")
  }
}
