import Foundation
import Primitives
import Testing

@testable import AccessControl

/// One case of `Data`: an expression, what its variables are bound to, and what it comes to.
///
/// Values are written with their type, `{"uint": "3"}`; integers and doubles as text, because JSON numbers lose bits. `vars` declares types;
/// without it every binding is dyn. `error` wants a failure of the unchecked evaluation, `parseError` one of the parser, `checkError` one of
/// the checker, which otherwise must accept the expression; `deduced` is the type that the checker finds.
struct ConditionCase: Sendable, CustomTestStringConvertible {
  let name: String
  let expression: String
  let bindings: [String: CELValue]
  let types: [String: CELType]
  let value: CELValue?
  let deduced: String?
  let failsToEvaluate: Bool
  let failsToParse: Bool
  let failsToCheck: Bool

  var testDescription: String { name }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data")

  /// The names of the sections.
  static func sections() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted().map { String($0.dropLast(5)) }
  }

  /// The cases of a section, which is a file.
  static func all(in section: String) throws -> [ConditionCase] {
    let file = folder.appending(path: "\(section).json")
    let cases = try JSON.parse(try Data(contentsOf: file), maximumDepth: 64).arrayValue
    return try #require(cases).map { try ConditionCase(try #require($0.objectValue)) }
  }

  private init(_ json: JSONObject) throws {
    let group = json["group"]?.stringValue.map { "\($0): " } ?? ""
    name = try group + #require(json["name"]?.stringValue)
    expression = try #require(json["expr"]?.stringValue)
    let bound = json["bindings"]?.objectValue?.members ?? []
    bindings = try Dictionary(uniqueKeysWithValues: bound.map { ($0.name, try CELValue(notation: $0.value)) })
    if let vars = json["vars"]?.objectValue {
      types = try Dictionary(
        uniqueKeysWithValues: vars.members.map { ($0.name, try CELType(notation: try #require($0.value.stringValue))) })
    } else {
      types = bindings.mapValues { _ in .dyn }
    }
    value = try json["value"].map { try CELValue(notation: $0) }
    deduced = json["deduced"]?.stringValue
    failsToEvaluate = json["error"]?.boolValue ?? false
    failsToParse = json["parseError"]?.boolValue ?? false
    failsToCheck = json["checkError"]?.boolValue ?? false
  }

  /// Everything that is otherwise than the case says.
  func differences() -> [String] {
    let parsed: SyntaxTree
    do {
      parsed = try Parser.parse(expression)
      if failsToParse { return ["is parsed"] }
    } catch {
      return failsToParse ? [] : ["is not parsed: \(error)"]
    }
    return differenceOfChecking(parsed) + differenceOfEvaluating(parsed)
  }

  private func differenceOfChecking(_ parsed: SyntaxTree) -> [String] {
    do {
      let type = try TypeChecker.type(of: parsed, text: expression, declarations: types)
      if failsToCheck { return ["is accepted as \(type)"] }
      if let deduced, type.description != deduced { return ["has the type \(type), not \(deduced)"] }
      return []
    } catch {
      return failsToCheck ? [] : ["is refused: \(error)"]
    }
  }

  private func differenceOfEvaluating(_ parsed: SyntaxTree) -> [String] {
    guard value != nil || failsToEvaluate else { return [] }
    let names = bindings.keys.sorted()
    let program = Program(parsed, variables: names.map { Program.Variable(name: $0, type: types[$0] ?? .dyn) })
    do {
      let result = try Evaluator.evaluate(program, BoundValues(values: names.map { bindings[$0] }))
      guard let value else { return ["comes to \(result.notation.text)"] }
      return result.isIdentical(to: value) ? [] : ["comes to \(result.notation.text), not \(value.notation.text)"]
    } catch {
      return failsToEvaluate ? [] : ["fails: \(error)"]
    }
  }
}

/// Values by their number.
struct BoundValues: ConditionVariables {
  let values: [CELValue?]

  func value(of variable: Int) -> CELValue? { values[variable] }

  func field(_ name: String, of variable: Int) -> CELValue? {
    guard case .map(let map)? = values[variable] else { return nil }
    return map[name]
  }

  func property(_ name: String, of variable: Int) -> CELValue? {
    guard case .map(let map)? = field("properties", of: variable) else { return nil }
    return map[name]
  }

  func propertyCount(of variable: Int) -> Int { 0 }
}

extension CELType {
  /// `map<string, dyn>`
  init(notation: String) throws {
    let text = notation.replacing(" ", with: "")
    let simple: [String: CELType] = [
      "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes, "null": .null,
      "timestamp": .timestamp, "duration": .duration, "dyn": .dyn,
    ]
    if let type = simple[text] {
      self = type
    } else if text.hasPrefix("list<") {
      self = .list(try CELType(notation: String(text.dropFirst(5).dropLast())))
    } else {
      let parts = text.dropFirst(4).dropLast().split(separator: ",", maxSplits: 1)
      self = .map(try CELType(notation: String(parts[0])), try CELType(notation: String(parts[1])))
    }
  }
}

extension CELValue {
  struct UnknownNotation: Error {}

  init(notation: JSON) throws {
    guard let (kind, value) = notation.objectValue?.members.first else { throw UnknownNotation() }
    let text = value.stringValue ?? ""
    switch kind {
    case "null": self = .null
    case "bool": self = .bool(try #require(value.boolValue as Bool?))
    case "int": self = .int(try #require(Int64(text)))
    case "uint": self = .uint(try #require(UInt64(text)))
    case "double": self = .double(try #require(Double(text)))
    case "string": self = .string(text)
    case "bytes": self = .bytes(Array(try #require(Data(base64Encoded: text))))
    case "list": self = .list(.values(try #require(value.arrayValue).map { try CELValue(notation: $0) }))
    case "map":
      let entries = try #require(value.arrayValue).flatMap { try #require($0.arrayValue).map { try CELValue(notation: $0) } }
      self = .map(.entries(try CELEntries(entries)))
    case "timestamp": self = .timestamp(try #require(CELInstant(text)))
    case "duration": self = .duration(try #require(CELDuration.parse(text)))
    case "type": self = .type(try #require(CELTypeName(rawValue: text)))
    default: throw UnknownNotation()
    }
  }

  var notation: JSON {
    switch self {
    case .null: ["null": nil]
    case .bool(let value): ["bool": .bool(value)]
    case .int(let number): ["int": .string("\(number)")]
    case .uint(let number): ["uint": .string("\(number)")]
    case .double(let number):
      ["double": .string(number.isNaN ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : "\(number)")]
    case .string(let text): ["string": .string(text)]
    case .bytes(let bytes): ["bytes": .string(Data(bytes).base64EncodedString())]
    case .list(let list): ["list": .array(list.values.map(\.notation))]
    case .map(let map):
      [
        "map": .array(
          map.keys.map { key in .array([key.notation, CELKey(literal: key).flatMap { map[$0] }?.notation ?? .null]) })
      ]
    case .timestamp(let instant): ["timestamp": .string(instant.text)]
    case .duration(let nanoseconds): ["duration": .string(CELDuration.text(nanoseconds))]
    case .type(let name): ["type": .string(name.rawValue)]
    }
  }

  /// The same value of the same type; not a number is itself, zero has a sign, and a map no order.
  func isIdentical(to other: CELValue) -> Bool {
    switch (self, other) {
    case (.double(let own), .double(let other)): return own.isNaN ? other.isNaN : own == other && own.sign == other.sign
    case (.list(let own), .list(let other)):
      return own.count == other.count && zip(own.values, other.values).allSatisfy { $0.isIdentical(to: $1) }
    case (.map(let own), .map(let other)):
      return own.count == other.count
        && own.keys.allSatisfy { key in
          guard let key = CELKey(literal: key), let value = own[key], let otherValue = other[key] else { return false }
          return value.isIdentical(to: otherValue)
        }
    default: return notation.encoded() == other.notation.encoded()
    }
  }
}

extension Evaluator {
  /// What the program comes to by itself.
  static func evaluate(
    _ program: Program, _ variables: Variables, cost: Int = ConditionLimits.cost
  ) throws(EvaluationFault) -> CELValue {
    var cost = Cost(left: cost)
    return try evaluate(program, variables, within: &cost)
  }
}
