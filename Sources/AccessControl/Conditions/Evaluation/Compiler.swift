internal import Primitives

/// Makes a program of a parsed condition.
struct Compiler {
  typealias Index = Program.Index

  let expression: SyntaxTree
  let variables: [Program.Variable]
  var instructions: [Program.Instruction] = []
  var operands: [Index] = []
  var constants: [CELValue] = []
  var names: [String] = []
  var patterns: [Pattern] = []
  var comprehensions: [Program.Comprehension] = []
  var paths: [Index: String] = [:]
  var localCount = 0
  private var scope: [String] = []

  init(expression: SyntaxTree, variables: [Program.Variable]) {
    self.expression = expression
    self.variables = variables
  }

  mutating func compile(_ index: SyntaxTree.Index) -> Index {
    switch expression.nodes[index] {
    case .constant(let value): return constant(value)
    case .identifier(let name, let isRooted): return identifier(name, isRooted: isRooted, at: index)
    case .select(let operand, let field): return select(operand, field, at: index)
    case .has(let operand, let field): return has(operand, field)
    case .index(let operand, let key): return self.index(operand, key, at: index)
    case .not(let operand, let count): return emit(.not(compile(operand), isOdd: count % 2 == 1))
    case .negate(let operand, let count): return emit(.negate(compile(operand), isOdd: count % 2 == 1))
    case .binary(let `operator`, let left, let right): return emit(.binary(`operator`, compile(left), compile(right)))
    case .and(let terms):
      let (first, count) = compile(terms)
      return emit(.and(first: first, count: count))
    case .or(let terms):
      let (first, count) = compile(terms)
      return emit(.or(first: first, count: count))
    case .conditional(let condition, let then, let `else`):
      return emit(.conditional(compile(condition), then: compile(then), else: compile(`else`)))
    case .list(let elements):
      if let values = constants(of: elements) { return constant(.list(.values(values))) }
      let (first, count) = compile(elements)
      return emit(.list(first: first, count: count))
    case .map(let entries):
      if let values = constants(of: entries), let map = try? CELEntries(values) { return constant(.map(.entries(map))) }
      let (first, count) = compile(entries)
      return emit(.map(first: first, count: count))
    case .call(let name, let isReceiver, let arguments): return call(name, isReceiver: isReceiver, arguments)
    case .comprehension(let comprehension): return compile(comprehension)
    }
  }

  // MARK: Names and paths

  private func isLocal(_ name: String, isRooted: Bool) -> Int? {
    isRooted ? nil : scope.lastIndex { $0.isExactly(name) }
  }

  private func variable(_ name: String, isRooted: Bool) -> Int? {
    guard isLocal(name, isRooted: isRooted) == nil else { return nil }
    return variables.firstIndex { $0.name.isExactly(name) }
  }

  private mutating func identifier(_ name: String, isRooted: Bool, at index: SyntaxTree.Index) -> Index {
    if let local = isLocal(name, isRooted: isRooted) { return emit(.local(Index(local))) }
    if let number = variable(name, isRooted: isRooted) { return emit(.variable(Index(number)), path: path(of: index)) }
    if let type = CELTypeName.unqualified(name) { return constant(.type(type)) }
    return emit(.fails(.undeclared))
  }

  private mutating func select(_ operand: SyntaxTree.Index, _ field: String, at index: SyntaxTree.Index) -> Index {
    if let name = expression.qualifiedTypeName(at: index), variable("google", isRooted: false) == nil,
      isLocal("google", isRooted: false) == nil
    {
      return constant(.type(name))
    }
    let path = path(of: index)
    if let number = record(operand) { return emit(.field(variable: number, name: name(field)), path: path) }
    if let number = properties(operand) { return emit(.property(variable: number, name: name(field)), path: path) }
    return emit(.select(inner(operand), name: name(field)), path: path)
  }

  private mutating func has(_ operand: SyntaxTree.Index, _ field: String) -> Index {
    let path = path(of: operand).map { $0 + Self.step(field) }
    if let number = record(operand) { return emit(.hasField(variable: number, name: name(field)), path: path) }
    if let number = properties(operand) { return emit(.hasProperty(variable: number, name: name(field)), path: path) }
    return emit(.has(inner(operand), name: name(field)), path: path)
  }

  private mutating func index(_ operand: SyntaxTree.Index, _ key: SyntaxTree.Index, at index: SyntaxTree.Index) -> Index {
    let path = path(of: index)
    let inner = path == nil ? compile(operand) : inner(operand)
    return emit(.index(inner, by: compile(key)), path: path)
  }

  /// The variable's number where the expression is a variable that is a record.
  private func record(_ index: SyntaxTree.Index) -> Index? {
    guard case .identifier(let name, let isRooted) = expression.nodes[index],
      let number = variable(name, isRooted: isRooted), case .record = variables[number].type
    else { return nil }
    return Index(number)
  }

  /// The variable's number where the expression is a record's field `properties`.
  private func properties(_ index: SyntaxTree.Index) -> Index? {
    guard case .select(let operand, "properties") = expression.nodes[index] else { return nil }
    return record(operand)
  }

  /// The operand of a longer path, which is reported instead of it.
  private mutating func inner(_ operand: SyntaxTree.Index) -> Index {
    let index = compile(operand)
    if path(of: operand) != nil { paths[index] = nil }
    return index
  }

  /// What of the variables an expression names, if it is a variable, a field of one, or an element with a constant index.
  private func path(of index: SyntaxTree.Index) -> String? {
    switch expression.nodes[index] {
    case .identifier(let name, let isRooted): variable(name, isRooted: isRooted) == nil ? nil : name
    case .select(let operand, let field): path(of: operand).map { $0 + Self.step(field) }
    case .index(let operand, let key):
      switch expression.nodes[key] {
      case .constant(.string(let field)): path(of: operand).map { $0 + Self.step(field) }
      case .constant(.int(let place)): path(of: operand).map { $0 + "[\(place)]" }
      default: nil
      }
    default: nil
    }
  }

  /// `.name`, or `["a name"]` where that would not read.
  private static func step(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_")
    }
    return isPlain && !field.isEmpty ? "." + field : "[\(JSON.string(field).text)]"
  }

  // MARK: Calls and macros

  private mutating func call(_ name: String, isReceiver: Bool, _ arguments: [SyntaxTree.Index]) -> Index {
    guard let function = Function(rawValue: name), let overloads = StandardOverloads.of(name, isReceiver: isReceiver) else {
      return emit(.fails(.undeclared))
    }
    guard overloads.contains(where: { $0.parameters.count == arguments.count }) else { return emit(.fails(.noSuchOverload)) }
    if function == .matches, case .constant(.string(let text)) = expression.nodes[arguments[1]], let pattern = try? Pattern(text)
    {
      patterns.append(pattern)
      let pattern = Index(patterns.count - 1)
      return emit(.matches(compile(arguments[0]), pattern: pattern))
    }
    let (first, count) = compile(arguments)
    return emit(.call(function, first: first, count: count))
  }

  private mutating func compile(_ comprehension: SyntaxTree.Comprehension) -> Index {
    let range = compile(comprehension.range)
    scope.append(comprehension.variable)
    localCount = max(localCount, scope.count)
    let predicate = comprehension.predicate.map { compile($0) }
    let transform = comprehension.transform.map { compile($0) }
    comprehensions.append(
      Program.Comprehension(
        kind: comprehension.kind, range: range, local: scope.count - 1, predicate: predicate, transform: transform))
    scope.removeLast()
    return emit(.comprehension(Index(comprehensions.count - 1)))
  }

  // MARK: Tables

  /// The values of expressions that are all constants.
  private func constants(of indices: [SyntaxTree.Index]) -> [CELValue]? {
    var values: [CELValue] = []
    for index in indices {
      guard case .constant(let value) = expression.nodes[index] else { return nil }
      values.append(value)
    }
    return values
  }

  private mutating func compile(_ indices: [SyntaxTree.Index]) -> (first: Index, count: Index) {
    var compiled: [Index] = []
    for index in indices { compiled.append(compile(index)) }
    operands += compiled
    return (Index(operands.count - compiled.count), Index(compiled.count))
  }

  private mutating func constant(_ value: CELValue) -> Index {
    constants.append(value)
    return emit(.constant(Index(constants.count - 1)))
  }

  private mutating func name(_ name: String) -> Index {
    names.append(name)
    return Index(names.count - 1)
  }

  private mutating func emit(_ instruction: Program.Instruction, path: String? = nil) -> Index {
    instructions.append(instruction)
    let index = Index(instructions.count - 1)
    paths[index] = path
    return index
  }
}
