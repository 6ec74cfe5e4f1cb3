import Primitives
import TestKit
import Testing

@testable import AccessControl

/// The same expressions, evaluated by us and by cel-cpp.
@Suite struct AnotherImplementation {
  private static let bindings: [String: JSON] = [
    "i": ["int": "5"], "s": ["string": "ab"], "b": ["bool": true],
    "j": [
      "map": [
        [["string": "n"], ["double": "3.0"]], [["string": "k"], ["string": "ab"]], [["string": "x"], ["int": "-1"]],
        [["string": "yes"], ["bool": true]], [["string": "l"], ["list": [["double": "1.0"], ["double": "2.5"]]]],
        [["string": "names"], ["list": [["string": "a"], ["string": "é"]]]],
        [["string": "inner"], ["map": [[["string": "k"], ["bool": false]]]]],
      ]
    ],
  ]
  private static let types = ["i": "int", "s": "string", "b": "bool", "j": "map<string, dyn>"]

  @Test(arguments: UInt64(1)...4)
  func `thinks of a thousand expressions made at random as we do`(seed: UInt64) async throws {
    var writer = ExpressionWriter(seed: seed)
    let expressions = (0..<1000).map { _ in writer.expression(depth: 4) }
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("cel_oracle.py")]) { oracle in
      var (compared, evaluated) = (0, 0)
      for expression in expressions {
        try oracle.say(Self.question(expression))
        let answer = try #require(try JSON.parse(Array(try await oracle.nextLine().utf8), maximumDepth: 64).objectValue)
        if answer["unable"] != nil { continue }
        compared += 1
        let difference = try Self.difference(expression, answer)
        #expect(difference == nil, "\(expression)")
        evaluated += answer["value"]?.objectValue == nil ? 0 : 1
      }
      // A generator that only makes nonsense, or an oracle that is never able, would find no difference either.
      #expect(compared > 950)
      #expect(evaluated > 500)
    }
  }

  private static func question(_ expression: String) -> String {
    JSON.object([
      "expr": .string(expression), "bindings": .object(JSONObject(bindings.map { ($0.key, $0.value) })),
      "vars": .object(JSONObject(types.map { ($0.key, .string($0.value)) })),
    ]).text
  }

  /// What we say otherwise; nil when there is nothing.
  static func difference(_ expression: String, _ answer: JSONObject) throws -> String? {
    let wasParsed = answer["parsed"]?.boolValue ?? false
    guard let parsed = try? Parser.parse(expression) else { return wasParsed ? "we do not parse it" : nil }
    guard wasParsed else { return "only we parse it" }
    let declarations = try types.mapValues { try CELType(notation: $0) }
    let type = try? TypeChecker.type(of: parsed, text: expression, declarations: declarations)
    let otherType = answer["type"]?.stringValue
    if type?.description != otherType { return "we find the type \(type?.description ?? "none"), they \(otherType ?? "none")" }
    let names = bindings.keys.sorted()
    let program = Program(parsed, variables: names.map { Program.Variable(name: $0, type: declarations[$0] ?? .dyn) })
    let values = try names.map { name in try bindings[name].map { try CELValue(notation: $0) } }
    let value = try? Evaluator.evaluate(program, BoundValues(values: values))
    guard let notation = answer["value"], notation != .null else {
      return value.map { "we come to \($0.notation.text), they to an error" }
    }
    guard let value else { return "we come to an error, they to \(notation.text)" }
    return value.isIdentical(to: try CELValue(notation: notation))
      ? nil : "we come to \(value.notation.text), they to \(notation.text)"
  }
}
