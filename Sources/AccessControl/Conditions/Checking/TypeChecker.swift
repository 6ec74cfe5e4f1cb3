internal import Primitives

/// Finds the type of every part of a condition, or what is wrong with it. It never changes what a condition means.
struct TypeChecker {
  private let text: String
  private let expression: SyntaxTree
  private let declarations: [String: CELType]
  private var bindings = TypeBindings()
  /// The variables of the macros around the part that is being checked, the innermost last.
  private var scope: [(name: String, type: CELType)] = []

  /// The type of the whole; a type that stays open is dyn.
  static func type(
    of expression: SyntaxTree, text: String, declarations: [String: CELType]
  ) throws(ConditionFault) -> CELType {
    var checker = TypeChecker(text: text, expression: expression, declarations: declarations)
    let type = try checker.type(of: expression.root)
    return checker.bindings.resolved(type)
  }

  private init(text: String, expression: SyntaxTree, declarations: [String: CELType]) {
    self.text = text
    self.expression = expression
    self.declarations = declarations
  }

  private mutating func type(of index: SyntaxTree.Index) throws(ConditionFault) -> CELType {
    let offset = expression.offsets[index]
    switch expression.nodes[index] {
    case .constant(let value): return CELType(of: value)
    case .identifier(let name, let isRooted): return try identifier(name, isRooted: isRooted, at: offset)
    case .select(let operand, let field):
      if let name = expression.qualifiedTypeName(at: index), isUndeclared("google") { return CELType(of: .type(name)) }
      return try fieldType(field, of: operand, at: offset)
    case .has(let operand, let field):
      _ = try fieldType(field, of: operand, at: offset)
      return .bool
    case .index(let operand, let key): return try indexType(operand, key, at: offset)
    case .call(let name, let isReceiver, let arguments):
      return try call(name, isReceiver: isReceiver, arguments, at: offset)
    case .not(let operand, _):
      try demandBool(operand, "'!'")
      return .bool
    case .negate(let operand, _):
      return try resolve(StandardOverloads.negate, try types(of: [operand]), named: "'-'", at: offset)
    case .binary(let `operator`, let left, let right):
      let types = try types(of: [left, right])
      return try resolve(StandardOverloads.of(`operator`), types, named: "'\(`operator`.rawValue)'", at: offset)
    case .and(let terms):
      for term in terms { try demandBool(term, "'&&'") }
      return .bool
    case .or(let terms):
      for term in terms { try demandBool(term, "'||'") }
      return .bool
    case .conditional(let condition, let then, let `else`):
      try demandBool(condition, "the question before '?'")
      let (first, second) = (try type(of: then), try type(of: `else`))
      guard bindings.assign(first, to: second) else {
        throw fault("the two branches of '? :' are of different types: \(shown(first)) and \(shown(second))", at: offset)
      }
      return bindings.join(first, second)
    case .list(let elements): return .list(joined(try types(of: elements)))
    case .map(let entries): return try mapType(entries)
    case .comprehension(let comprehension): return try type(of: comprehension)
    }
  }

  private mutating func types(of indices: [SyntaxTree.Index]) throws(ConditionFault) -> [CELType] {
    var types: [CELType] = []
    for index in indices { types.append(try type(of: index)) }
    return types
  }

  // MARK: Names and fields

  private func isUndeclared(_ name: String) -> Bool {
    declarations[name] == nil && !scope.contains { $0.name.isExactly(name) }
  }

  private func identifier(_ name: String, isRooted: Bool, at offset: Int) throws(ConditionFault) -> CELType {
    if !isRooted, let local = scope.last(where: { $0.name == name }) { return local.type }
    if let declared = declarations[name] { return declared }
    if CELTypeName.unqualified(name) != nil { return .type }
    let names = declarations.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
    throw fault(.unknown, "there is no variable '\(name)'" + (names.isEmpty ? "" : "; there are \(names)"), at: offset)
  }

  private mutating func fieldType(_ field: String, of operand: SyntaxTree.Index, at offset: Int) throws(ConditionFault) -> CELType
  {
    let type = bindings.resolved(try type(of: operand))
    switch type {
    case .record(let record): return try recordField(field, of: record, at: offset)
    case .map(_, let value): return value
    case .dyn, .variable: return .dyn
    default: throw fault("'.\(field)' asks for a field of a \(type), which has none", at: offset)
    }
  }

  private func recordField(_ field: String, of record: CELRecord, at offset: Int) throws(ConditionFault) -> CELType {
    guard let type = record.fields[field] else {
      let fields = record.fields.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
      throw fault(.unknown, "there is no field '\(field)' here; there are \(fields)", at: offset)
    }
    return type
  }

  private mutating func indexType(
    _ operand: SyntaxTree.Index, _ key: SyntaxTree.Index, at offset: Int
  ) throws(ConditionFault) -> CELType {
    let types = try types(of: [operand, key])
    if case .record(let record) = types[0], case .constant(.string(let field)) = expression.nodes[key] {
      return try recordField(field, of: record, at: offset)
    }
    return try resolve(StandardOverloads.index, types, named: "'[ ]'", at: offset)
  }

  // MARK: Literals

  /// The type of elements of which each may have any of these types.
  private mutating func joined(_ types: some Sequence<CELType>) -> CELType {
    var common: CELType?
    for type in types { common = common.map { bindings.join($0, type) } ?? type }
    return common ?? bindings.fresh()
  }

  private mutating func mapType(_ entries: [SyntaxTree.Index]) throws(ConditionFault) -> CELType {
    let types = try types(of: entries)
    let keys = types.indices.filter { $0 % 2 == 0 }
    for key in keys {
      switch bindings.resolved(types[key]) {
      case .bool, .int, .uint, .string, .dyn, .variable: break
      case let type:
        throw fault("a key of a map is an int, uint, bool or string, not a \(type)", at: expression.offsets[entries[key]])
      }
    }
    return .map(joined(keys.map { types[$0] }), joined(keys.map { types[$0 + 1] }))
  }

  // MARK: Macros

  private mutating func type(of comprehension: SyntaxTree.Comprehension) throws(ConditionFault) -> CELType {
    let range = bindings.resolved(try type(of: comprehension.range))
    let element: CELType
    switch range {
    case .list(let type): element = type
    case .map(let key, _): element = key
    case .record: element = .string
    case .dyn, .variable: element = .dyn
    default:
      let message = "'\(comprehension.kind.rawValue)' goes over a list or a map, not over a \(range)"
      throw fault(message, at: expression.offsets[comprehension.range])
    }
    scope.append((comprehension.variable, element))
    defer { scope.removeLast() }
    if let predicate = comprehension.predicate { try demandBool(predicate, "'\(comprehension.kind.rawValue)'") }
    switch comprehension.kind {
    case .all, .exists, .existsOne: return .bool
    case .filter: return .list(element)
    case .map: return .list(try comprehension.transform.map { index throws(ConditionFault) in try type(of: index) } ?? .dyn)
    }
  }

  // MARK: Calls

  private mutating func call(
    _ name: String, isReceiver: Bool, _ arguments: [SyntaxTree.Index], at offset: Int
  ) throws(ConditionFault) -> CELType {
    guard let overloads = StandardOverloads.of(name, isReceiver: isReceiver) else {
      let other = StandardOverloads.of(name, isReceiver: !isReceiver) != nil
      let hint = other ? (isReceiver ? "; write \(name)(x)" : "; write x.\(name)()") : ""
      throw fault(.unknown, "there is no function '\(name)' that is called like this\(hint)", at: offset)
    }
    let result = try resolve(overloads, try types(of: arguments), named: "'\(name)'", at: offset)
    if name == "matches", arguments.count == 2, case .constant(.string(let pattern)) = expression.nodes[arguments[1]] {
      do {
        _ = try Pattern(pattern)
      } catch {
        throw ConditionFault(.argument, at: expression.offsets[arguments[1]], in: text, error.message)
      }
    }
    return result
  }

  /// The result of the overloads that take these types: the common one, or dyn when several take them and give different things.
  private mutating func resolve(
    _ overloads: [Overload], _ types: [CELType], named name: String, at offset: Int
  ) throws(ConditionFault) -> CELType {
    var result: CELType?
    for overload in overloads where overload.parameters.count == types.count {
      let (a, b) = (bindings.fresh(), bindings.fresh())
      var attempt = bindings
      var fits = true
      for (type, parameter) in zip(types, overload.parameters) where fits {
        fits = attempt.assign(type, to: parameter.replacing(a: a, b: b))
      }
      guard fits else { continue }
      // What the first overload that fits says of open types is kept.
      if result == nil { bindings = attempt }
      let given = attempt.resolved(overload.result.replacing(a: a, b: b))
      result = result.map { $0 == given ? $0 : .dyn } ?? given
    }
    guard let result else {
      throw fault("\(name) does not take \(types.map(shown).joined(separator: " and "))", at: offset)
    }
    return result
  }

  private mutating func demandBool(_ index: SyntaxTree.Index, _ what: String) throws(ConditionFault) {
    let type = try type(of: index)
    guard bindings.assign(type, to: .bool) else {
      throw fault("\(what) wants true or false, not a \(shown(type))", at: expression.offsets[index])
    }
  }

  private func shown(_ type: CELType) -> String { bindings.resolved(type).description }

  private func fault(_ message: String, at offset: Int) -> ConditionFault { fault(.type, message, at: offset) }

  private func fault(_ kind: ConditionFault.Kind, _ message: String, at offset: Int) -> ConditionFault {
    ConditionFault(kind, at: offset, in: text, message)
  }
}

extension CELType {
  /// The type with the variables of an overload replaced by those of one call.
  fileprivate func replacing(a: CELType, b: CELType) -> CELType {
    switch self {
    case .a: a
    case .b: b
    case .list(let element): .list(element.replacing(a: a, b: b))
    case .map(let key, let value): .map(key.replacing(a: a, b: b), value.replacing(a: a, b: b))
    default: self
    }
  }
}

extension CELTypeName {
  /// The type that a plain name stands for where no variable has the name.
  static func unqualified(_ name: String) -> CELTypeName? {
    guard let type = CELTypeName(rawValue: name), type != .timestamp, type != .duration else { return nil }
    return type
  }
}

extension SyntaxTree {
  /// `google.protobuf.Timestamp` or `google.protobuf.Duration`, written as a row of names.
  func qualifiedTypeName(at index: Index) -> CELTypeName? {
    guard case .select(let package, let name) = nodes[index], case .select(let root, "protobuf") = nodes[package],
      case .identifier("google", _) = nodes[root]
    else { return nil }
    return CELTypeName(rawValue: "google.protobuf.\(name)")
  }
}
