import Primitives
import TestKit
import Testing

@testable import AccessControl

private let nobody = ConditionInput(
  subject: .init(type: "user", id: nil),
  resource: .init(
    type: "thing", id: nil,
    properties: .init(presented: JSONObject((0..<2000).map { ("p\($0)", .null) }), stored: ["q": 1])),
  action: .init(name: "read"),
  context: ["text": .string(String(repeating: "a", count: 20_000)), "many": .array(Array(repeating: 1, count: 1000))],
  time: Timestamp(seconds: 0))

@Suite(.threat("CEL1")) struct LimitsOfConditions {
  /// A text of the size, and one a step larger.
  struct Limit: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let limit: Int
    let text: @Sendable (Int) -> String
  }

  static let limits = [
    Limit(testDescription: "bytes of text", limit: 4096) { "true" + String(repeating: " ", count: $0 - 4) },
    Limit(testDescription: "levels of parentheses", limit: 48) {
      String(repeating: "(", count: $0) + "true" + String(repeating: ")", count: $0)
    },
    Limit(testDescription: "steps of height", limit: 64) { "0" + String(repeating: " + 0", count: $0 - 2) + " == 0" },
    Limit(testDescription: "parts", limit: 1000) { "size([0" + String(repeating: ",0", count: $0 - 5) + "]) > 0" },
    Limit(testDescription: "macros inside each other", limit: 12) {
      String(repeating: "[0].all(x, ", count: $0) + "true" + String(repeating: ")", count: $0)
    },
    Limit(testDescription: "instructions of a pattern", limit: 1000) { "!'b'.matches('a{\($0 - 1)}')" },
    Limit(testDescription: "a count of a pattern", limit: 1000) { "'b'.matches('(?:){\($0)}')" },
    Limit(testDescription: "the product of counts of a pattern", limit: 1000) { "'b'.matches('(?:(?:){10}){100}(?:){\($0)}')" },
    Limit(testDescription: "groups of a pattern", limit: 32) {
      "'a'.matches('\(String(repeating: "(", count: $0))a\(String(repeating: ")", count: $0))')"
    },
  ]

  @Test(arguments: limits) func `are what a condition may just reach`(limit: Limit) throws {
    #expect(try Condition(limit.text(limit.limit)).evaluate(nobody) == .met)
    #expect(throws: ConditionFault.self) { try Condition(limit.text(limit.limit + 1)) }
  }

  @Test func `hold for the product of counts inside each other`() throws {
    _ = try Pattern("(?:(?:){10}){100}")
    #expect(throws: PatternFault.self) { try Pattern("(?:(?:){10}){101}") }
    // Nothing is emitted, and still nothing takes long.
    #expect(throws: PatternFault.self) { try Pattern("(?:" + String(repeating: "()", count: 500) + "){1000}") }
  }

  @Test func `let through what the language demands of an implementation`() throws {
    for text in [
      Array(repeating: "false", count: 32).joined(separator: " || ") + " || true",
      Array(repeating: "true", count: 33).joined(separator: " && "), String(repeating: "true ? true : ", count: 24) + "true",
      "25 == 1" + String(repeating: " + 1", count: 24), String(repeating: "!", count: 32) + "true",
      String(repeating: "[", count: 12) + "1" + String(repeating: "]", count: 12) + " != []",
    ] {
      #expect(try Condition(text).evaluate(nobody) == .met, "\(text)")
    }
  }
}

@Suite(.threat("CEL1")) struct CostOfConditions {
  @Test(arguments: [
    "context.many.all(a, context.many.all(b, a == b))", "context.many.map(a, context.many.filter(b, a == b)) == []",
    "[0].all(x, context.text.matches('(a{0,100})*b'))", "!context.text.matches('(a|a{100})*b' + '')",
    "context.many.all(a, context.text.contains('aab') || true)", "context.many.all(a, context.text + context.text != '')",
    "context.many.exists(a, context.many + context.many == [])", "context.many.all(a, has(resource.properties.p0))",
    "context.many.all(a, 'p0' in resource.properties)", "context.many.all(a, size(resource.properties) > 0)",
  ])
  func `ends an evaluation whatever stands around it`(text: String) throws {
    for surroundings in [
      text, "(\(text)) || true", "(\(text)) && false", "[1, 2].exists(n, n == 2 || (\(text)))",
      "[2, 1].all(n, n == 2 && (\(text)))",
    ] {
      #expect(try Condition(surroundings).evaluate(nobody) == .failed(.tooCostly), "\(surroundings)")
    }
  }

  @Test func `lets patterns run that have no end elsewhere`() throws {
    for pattern in ["(a*)*b", "(a|a)*b", "(a|aa)+b", "^(a+)+b"] {
      #expect(try Condition("context.text.matches('\(pattern)')").evaluate(nobody) == .notMet)
    }
  }

  @Test func `counts every element that is compared, also when one is many times in a value`() throws {
    let doubled = (0..<18).reduce("[1]") { text, level in "[\(text)].map(x\(level), [x\(level), x\(level)])" }
    #expect(try Condition("[\(doubled)].all(v, v == v)").evaluate(nobody) == .failed(.tooCostly))
  }

  @Test func `may be all the steps that an evaluation has, and not one more`() throws {
    func zeros(_ count: Int) -> String { "[" + Array(repeating: "0", count: count).joined(separator: ",") + "]" }
    let (outer, inner) = (346, 143)
    // A list and a macro are a step each, and so is every element, what is said of it, and each of what follows, with the row they stand in.
    #expect(2 + outer * (1 + 2 + inner * 2) + 1 + 3 == ConditionLimits.cost)
    let whole = "\(zeros(outer)).all(x, \(zeros(inner)).all(y, true)) && true && true && true"
    #expect(try Condition(whole).evaluate(nobody) == .met)
    #expect(try Condition("\(whole) && true").evaluate(nobody) == .failed(.tooCostly))
  }

  @Test(arguments: [
    ("true", 1), ("1 + 1 == 2", 6), ("[1, 2].all(n, n > 0)", 10),
    ("'\(String(repeating: "a", count: 160))'.contains('b') || true", 23), ("{'a': 1 + 1}.a == 2", 17),
    ("'a'.matches('a')", 10), ("'a'.matches(string('ab')) || true", 190),
  ])
  func `is what is stated`(text: String, cost: Int) throws {
    let program = Program(try Parser.parse(text), variables: [])
    _ = try Evaluator.evaluate(program, BoundValues(values: []), cost: cost)
    #expect(throws: EvaluationFault.tooCostly) { try Evaluator.evaluate(program, BoundValues(values: []), cost: cost - 1) }
  }
}

@Suite(.threat("CEL1")) struct CostOfAllConditionsOfADecision {
  @Test(arguments: [("true", 1), ("1 + 1 == 2", 6), ("[1, 2].all(n, n > 0)", 10)])
  func `is what they cost and eight for each that is begun`(text: String, cost: Int) throws {
    let condition = try Condition(text)
    var enough = ConditionBudget(steps: cost + 8)
    #expect(condition.evaluate(nobody, within: &enough) == .met)
    var less = ConditionBudget(steps: cost + 7)
    #expect(condition.evaluate(nobody, within: &less) == .failed(.decisionTooCostly))
  }

  @Test func `ends at two hundred thousand steps, and then nothing is met any more`() throws {
    let always = try Condition("true")
    var budget = ConditionBudget()
    var met = 0
    while always.evaluate(nobody, within: &budget) == .met { met += 1 }
    #expect(met == 200_000 / 9)
    #expect(always.evaluate(nobody, within: &budget) == .failed(.decisionTooCostly))
  }

  @Test func `is spent by one that it does not suffice for, however cheap the next`() throws {
    var budget = ConditionBudget(steps: 100)
    #expect(try Condition("context.many.all(n, n == 1)").evaluate(nobody, within: &budget) == .failed(.decisionTooCostly))
    #expect(try Condition("true").evaluate(nobody, within: &budget) == .failed(.decisionTooCostly))
  }

  @Test func `leaves each condition the limit of its own`() throws {
    let endless = try Condition("context.many.all(a, context.many.all(b, a == b))")
    var budget = ConditionBudget()
    #expect(endless.evaluate(nobody, within: &budget) == .failed(.tooCostly))
    #expect(try Condition("1 + 1 == 2").evaluate(nobody, within: &budget) == .met)
    #expect(endless.evaluate(nobody, within: &budget) == .failed(.decisionTooCostly))
  }
}

@Suite(.threat("CEL1")) struct CostOfAllConditionsOfARequest {
  private let endless = "context.many.all(a, context.many.all(b, a == b))"

  @Test func `ends at two million steps, over all of its decisions`() throws {
    let (endless, always) = (try Condition(endless), try Condition("true"))
    var request = RequestBudget()
    for _ in 0..<10 {
      #expect(request.hasDecision)
      var decision = ConditionBudget(within: request)
      #expect(endless.evaluate(nobody, within: &decision) == .failed(.tooCostly))
      #expect(endless.evaluate(nobody, within: &decision) == .failed(.decisionTooCostly))
      #expect(always.evaluate(nobody, within: &decision) == .failed(.decisionTooCostly))
      request.end(decision.taken)
    }
    #expect(request.left == 0)
    var decision = ConditionBudget(within: request)
    #expect(always.evaluate(nobody, within: &decision) == .failed(.requestTooCostly))
    #expect(always.explain(nobody, within: &request).outcome == .failed(.tooCostly))
  }

  @Test func `leaves the last decision what is left`() throws {
    let (endless, always) = (try Condition(endless), try Condition("true"))
    var request = RequestBudget()
    request.end(1_800_001)
    #expect(!request.hasDecision)
    var decision = ConditionBudget(within: request)
    #expect(always.evaluate(nobody, within: &decision) == .met)
    #expect(endless.evaluate(nobody, within: &decision) == .failed(.tooCostly))
    #expect(endless.evaluate(nobody, within: &decision) == .failed(.requestTooCostly))
    #expect(always.evaluate(nobody, within: &decision) == .failed(.requestTooCostly))
    request.end(decision.taken)
    #expect(request.left == 0)
  }

  @Test func `counts what is asked once more to be told`() throws {
    var request = RequestBudget()
    _ = try Condition(endless).explain(nobody, within: &request)
    #expect(request.left == 2_000_000 - 100_000 - 8)
  }
}

@Suite(.threat("CEL1")) struct NonsenseAsACondition {
  private static let pieces = [
    "subject", "resource", "context", "time", ".properties", ".id", ".text", ".many", "[", "]", "(", ")", "{", "}", ",", ":", "?",
    "!", "-", "+",
    "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", " in ", "1", "-9223372036854775808", "9223372036854775807",
    "18446744073709551615u", "0.0",
    "1e308", "'a'", "b'\\xff'", "true", "null", "x", ".all(x,", ".map(x,", ".filter(x,", ".exists_one(x,", "has(", "size(",
    "int(", "uint(",
    "double(", "string(", "timestamp(", "duration(", "'2024-02-29T12:30:45Z'", "'-1h'", ".getHours(", "'+01:00'", ".matches(",
    "'(a|b)*[^c]{2,}'",
    ".contains(", "type(", "dyn(", "google.protobuf.Timestamp", "\n", "//", "'''", "\\", "\u{301}", "\0", "`a b`",
  ]

  @Test(arguments: UInt64(1)...4)
  func `is refused or evaluated, and never ends the program`(seed: UInt64) {
    let randomness = CountedRandomness(seed: seed)
    var conditions = 0
    for _ in 0..<5000 {
      let text = randomness.bytes(Int(randomness.bytes(1)[0] % 12) + 1).map { Self.pieces[Int($0) % Self.pieces.count] }.joined()
      for text in [text, "(\(text)) == null || true"] {
        guard let condition = try? Condition(text) else { continue }
        conditions += 1
        var request = RequestBudget()
        #expect(condition.evaluate(nobody) == condition.explain(nobody, within: &request).outcome)
      }
    }
    #expect(conditions > 10)
  }

  @Test func `may be any bytes, as a condition, a pattern, a time or a number`() {
    let randomness = CountedRandomness(seed: 5)
    for _ in 0..<5000 {
      let text = String(decoding: randomness.bytes(Int(randomness.bytes(1)[0] % 40)), as: UTF8.self)
      let ascii = String(decoding: randomness.bytes(12).map { $0 & 0x7F }, as: UTF8.self)
      for text in [text, ascii] {
        _ = try? Condition(text)
        if let pattern = try? Pattern(text) { _ = pattern.matches(text) }
        _ = (CELInstant(text), CELDuration.parse(text), CELZone.offset(text))
        _ = (try? Conversion.double(.string(text)), try? Conversion.int(.string(text)), try? Conversion.uint(.string(text)))
      }
    }
  }

  @Test func `may be any number, and its text leads back to it`() throws {
    let randomness = CountedRandomness(seed: 6)
    for _ in 0..<5000 {
      let number = Double(bitPattern: randomness.bytes(8).reduce(0) { $0 << 8 | UInt64($1) })
      _ = (try? Conversion.int(.double(number)), try? Conversion.uint(.double(number)), CELKey.sought(.double(number)))
      guard number.isFinite else { continue }
      var cost = Cost(left: 10)
      #expect(try Conversion.double(.string(Conversion.string(.double(number), &cost))) == number)
    }
  }
}
