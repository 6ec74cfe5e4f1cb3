/// Where a program finds the values of its variables.
protocol ConditionVariables {
  /// The whole variable; nil when it has no value.
  func value(of variable: Int) -> CELValue?
  /// One field of a variable that is a record, without making the whole.
  func field(_ name: String, of variable: Int) -> CELValue?
  /// One of the properties of a variable that is a record.
  func property(_ name: String, of variable: Int) -> CELValue?
  /// How many properties of the variable a search for one goes through.
  func propertyCount(of variable: Int) -> Int
}

/// Evaluates a program once, counting what it costs.
///
/// Errors are values of the language as far as `&&`, `||`, `all` and `exists` go: one side that decides outweighs an error of another.
/// `tooCostly` is the exception, which nothing outweighs.
struct Evaluator<Variables: ConditionVariables> {
  private let program: Program
  private let variables: Variables
  private var cost: Cost
  private var locals: [CELValue]
  private var lookups: Lookups?

  /// What the program comes to.
  ///
  /// - Parameter lookups: where to note what it looked at.
  static func evaluate(
    _ program: Program, _ variables: Variables, lookups: Lookups? = nil, within cost: inout Cost
  ) throws(EvaluationFault) -> CELValue {
    var evaluator = Evaluator(program: program, variables: variables, cost: cost, lookups: lookups)
    defer { cost = evaluator.cost }
    return try evaluator.evaluate(program.root)
  }

  private init(program: Program, variables: Variables, cost: Cost, lookups: Lookups?) {
    self.program = program
    self.variables = variables
    self.cost = cost
    self.lookups = lookups
    locals = program.localCount == 0 ? [] : Array(repeating: .null, count: program.localCount)
  }

  private mutating func evaluate(_ index: Program.Index) throws(EvaluationFault) -> CELValue {
    guard let lookups, let path = program.paths[index] else { return try perform(index) }
    do {
      guard isPresence(index) else {
        let value = try perform(index)
        lookups.note(path, value)
        return value
      }
      try cost.take(1)
      let value = try found(index)
      lookups.note(path, value)
      return .bool(value != nil)
    } catch {
      if error != .tooCostly { lookups.note(path, nil) }
      throw error
    }
  }

  private mutating func perform(_ index: Program.Index) throws(EvaluationFault) -> CELValue {
    try cost.take(1)
    switch program.instructions[Int(index)] {
    case .constant(let place): return program.constants[Int(place)]
    case .variable(let number):
      guard let value = variables.value(of: Int(number)) else { throw .undeclared }
      return value
    case .local(let place): return locals[Int(place)]
    case .field(let variable, let name):
      guard let value = variables.field(program.names[Int(name)], of: Int(variable)) else { throw .noSuchKey }
      return value
    case .property(let variable, let name):
      guard let value = try property(name, of: variable) else { throw .noSuchKey }
      return value
    case .hasField, .hasProperty, .has: return .bool(try found(index) != nil)
    case .select(let operand, let name):
      guard case .map(let map) = try evaluate(operand) else { throw .noSuchField }
      try cost.take(map.searchSteps)
      guard let value = map[program.names[Int(name)]] else { throw .noSuchKey }
      return value
    case .index(let operand, let key): return try element(of: evaluate(operand), at: evaluate(key))
    case .not(let operand, let isOdd): return .bool(try condition(operand) != isOdd)
    case .negate(let operand, let isOdd): return try Arithmetic.negated(evaluate(operand), isOdd: isOdd)
    case .binary(let `operator`, let left, let right): return try binary(`operator`, evaluate(left), evaluate(right))
    case .and(let first, let count): return .bool(try decide(first, count, by: false))
    case .or(let first, let count): return .bool(try decide(first, count, by: true))
    case .list(let first, let count): return .list(.values(try values(first, count)))
    case .map(let first, let count):
      try cost.take(Int(count) * Cost.call / 2)
      return .map(.entries(try CELEntries(values(first, count))))
    case .call(let function, let first, let count): return try call(function, values(first, count))
    case .conditional(let question, let then, let `else`): return try evaluate(condition(question) ? then : `else`)
    case .matches(let operand, let pattern):
      guard case .string(let text) = try evaluate(operand) else { throw .noSuchOverload }
      return .bool(try matches(text, program.patterns[Int(pattern)]))
    case .comprehension(let place): return try comprehend(program.comprehensions[Int(place)])
    case .fails(let fault): throw fault
    }
  }

  private mutating func values(_ first: Program.Index, _ count: Program.Index) throws(EvaluationFault) -> [CELValue] {
    var values: [CELValue] = []
    values.reserveCapacity(Int(count))
    for place in Int(first)..<Int(first + count) { values.append(try evaluate(program.operands[place])) }
    return values
  }

  /// A value that must be true or false.
  private mutating func condition(_ index: Program.Index) throws(EvaluationFault) -> Bool {
    guard case .bool(let value) = try evaluate(index) else { throw .noSuchOverload }
    return value
  }

  // MARK: Logic

  /// `||` is decided by a true, `&&` by a false, wherever it stands; without one the first error counts.
  private mutating func decide(
    _ first: Program.Index, _ count: Program.Index, by deciding: Bool
  ) throws(EvaluationFault) -> Bool {
    var fault: EvaluationFault?
    for place in Int(first)..<Int(first + count) {
      do {
        if try condition(program.operands[place]) == deciding { return deciding }
      } catch {
        guard error != .tooCostly else { throw error }
        fault = fault ?? error
      }
    }
    if let fault { throw fault }
    return !deciding
  }

  private mutating func comprehend(_ comprehension: Program.Comprehension) throws(EvaluationFault) -> CELValue {
    let range: CELList
    switch try evaluate(comprehension.range) {
    case .list(let list): range = list
    case .map(let map):
      try cost.take(map.visitSteps)
      range = .values(map.keys)
    default: throw .noSuchOverload
    }
    switch comprehension.kind {
    case .all: return .bool(try decide(comprehension, over: range, by: false))
    case .exists: return .bool(try decide(comprehension, over: range, by: true))
    case .existsOne:
      var count = 0
      for place in 0..<range.count where try isKept(range[place], by: comprehension) { count += 1 }
      return .bool(count == 1)
    case .filter:
      var kept: [CELValue] = []
      for place in 0..<range.count where try isKept(range[place], by: comprehension) { kept.append(range[place]) }
      return .list(.values(kept))
    case .map:
      var results: [CELValue] = []
      for place in 0..<range.count where try isKept(range[place], by: comprehension) {
        guard let transform = comprehension.transform else { continue }
        results.append(try evaluate(transform))
      }
      return .list(.values(results))
    }
  }

  private mutating func decide(
    _ comprehension: Program.Comprehension, over range: CELList, by deciding: Bool
  ) throws(EvaluationFault) -> Bool {
    var fault: EvaluationFault?
    for place in 0..<range.count {
      do {
        if try isKept(range[place], by: comprehension) == deciding { return deciding }
      } catch {
        guard error != .tooCostly else { throw error }
        fault = fault ?? error
      }
    }
    if let fault { throw fault }
    return !deciding
  }

  /// Makes the element the macro's variable and asks the predicate; without one every element counts.
  private mutating func isKept(
    _ element: CELValue, by comprehension: Program.Comprehension
  ) throws(EvaluationFault) -> Bool {
    try cost.take(1)
    locals[comprehension.local] = element
    guard let predicate = comprehension.predicate else { return true }
    return try condition(predicate)
  }

  // MARK: Operators

  private mutating func binary(
    _ operator: SyntaxTree.BinaryOperator, _ left: CELValue, _ right: CELValue
  ) throws(EvaluationFault) -> CELValue {
    switch `operator` {
    case .equal: .bool(try Comparison.equal(left, right, &cost))
    case .notEqual: .bool(try !Comparison.equal(left, right, &cost))
    case .less: .bool(try Comparison.order(left, right, &cost) == .less)
    case .lessOrEqual:
      switch try Comparison.order(left, right, &cost) {
      case .less, .equal: .bool(true)
      case .greater, .unordered: .bool(false)
      }
    case .greater: .bool(try Comparison.order(left, right, &cost) == .greater)
    case .greaterOrEqual:
      switch try Comparison.order(left, right, &cost) {
      case .greater, .equal: .bool(true)
      case .less, .unordered: .bool(false)
      }
    case .in: .bool(try contains(left, right))
    case .add: try Arithmetic.sum(left, right, &cost)
    case .subtract: try Arithmetic.difference(left, right)
    case .multiply: try Arithmetic.product(left, right)
    case .divide: try Arithmetic.quotient(left, right)
    case .remainder: try Arithmetic.remainder(left, right)
    }
  }

  private mutating func contains(_ sought: CELValue, _ range: CELValue) throws(EvaluationFault) -> Bool {
    switch range {
    case .list(let list):
      for place in 0..<list.count where try Comparison.equal(sought, list[place], &cost) { return true }
      return false
    case .map(let map):
      try cost.take(map.searchSteps)
      switch CELKey.sought(sought) {
      case .key(let key)?: return map[key] != nil
      case .nowhere?: return false
      // `!(x in m)` must not allow because x is nonsense.
      case nil: throw .noSuchOverload
      }
    default: throw .noSuchOverload
    }
  }

  private mutating func element(of value: CELValue, at key: CELValue) throws(EvaluationFault) -> CELValue {
    switch value {
    case .list(let list):
      let place: Int?
      switch key {
      case .int(let number): place = Int(exactly: number)
      case .uint(let number): place = Int(exactly: number)
      case .double(let number): place = Int(exactly: number)
      default: throw .noSuchOverload
      }
      guard let place, place >= 0, place < list.count else { throw .indexOutOfRange }
      return list[place]
    case .map(let map):
      try cost.take(map.searchSteps)
      switch CELKey.sought(key) {
      case .key(let key)?:
        guard let value = map[key] else { throw .noSuchKey }
        return value
      case .nowhere?: throw .noSuchKey
      case nil: throw .unsupportedKey
      }
    default: throw .noSuchOverload
    }
  }

  // MARK: Functions

  private mutating func call(_ function: Function, _ arguments: [CELValue]) throws(EvaluationFault) -> CELValue {
    try cost.take(Cost.call)
    switch function {
    case .size: return .int(try size(of: arguments[0]))
    case .type: return .type(arguments[0].typeName)
    case .dyn: return arguments[0]
    case .contains, .startsWith, .endsWith, .matches:
      guard case .string(let text) = arguments[0], case .string(let part) = arguments[1] else { throw .noSuchOverload }
      return .bool(try search(function, text, part))
    case .bool: return .bool(try Conversion.bool(arguments[0]))
    case .int: return .int(try Conversion.int(arguments[0]))
    case .uint: return .uint(try Conversion.uint(arguments[0]))
    case .double: return .double(try Conversion.double(arguments[0]))
    case .string: return .string(try Conversion.string(arguments[0], &cost))
    case .bytes: return .bytes(try Conversion.bytes(arguments[0], &cost))
    case .timestamp: return .timestamp(try Conversion.timestamp(arguments[0]))
    case .duration: return .duration(try Conversion.duration(arguments[0]))
    default:
      guard let getter = function.getter else { throw .undeclared }
      return .int(try getter.value(of: arguments[0], zone: arguments.count > 1 ? arguments[1] : nil))
    }
  }

  private mutating func size(of value: CELValue) throws(EvaluationFault) -> Int64 {
    switch value {
    case .string(let text):
      try cost.take(bytes: text.utf8.count)
      return Int64(text.unicodeScalars.count)
    case .bytes(let bytes): return Int64(bytes.count)
    case .list(let list): return Int64(list.count)
    case .map(let map):
      try cost.take(map.visitSteps)
      return Int64(map.count)
    default: throw .noSuchOverload
    }
  }

  private mutating func search(_ function: Function, _ text: String, _ part: String) throws(EvaluationFault) -> Bool {
    switch function {
    case .startsWith:
      try cost.take(bytes: part.utf8.count)
      return text.utf8.starts(with: part.utf8)
    case .endsWith:
      try cost.take(bytes: part.utf8.count)
      return text.utf8.reversed().starts(with: part.utf8.reversed())
    case .contains:
      try cost.take(bytes: text.utf8.count + part.utf8.count)
      return TextSearch.contains(Array(text.utf8), Array(part.utf8))
    default:
      // Compiling takes as long as a hundred other steps and more.
      try cost.take(16 * (Cost.call + part.utf8.count))
      guard part.utf8.count <= ConditionLimits.textLength, let pattern = try? Pattern(part) else { throw .invalidPattern }
      return try matches(text, pattern)
    }
  }

  private mutating func matches(_ text: String, _ pattern: Pattern) throws(EvaluationFault) -> Bool {
    try cost.take(Cost.call)
    // No more scalars than bytes.
    try cost.take(text.utf8.count * pattern.size / 4)
    return pattern.matches(text)
  }

  private mutating func property(
    _ name: Program.Index, of variable: Program.Index
  ) throws(EvaluationFault) -> CELValue? {
    try cost.take(variables.propertyCount(of: Int(variable)) / 16)
    return variables.property(program.names[Int(name)], of: Int(variable))
  }

  // MARK: Presence

  private func isPresence(_ index: Program.Index) -> Bool {
    switch program.instructions[Int(index)] {
    case .has, .hasField, .hasProperty: true
    default: false
    }
  }

  /// What `has` asks for; nil when it is not there.
  private mutating func found(_ index: Program.Index) throws(EvaluationFault) -> CELValue? {
    switch program.instructions[Int(index)] {
    case .hasField(let variable, let name): return variables.field(program.names[Int(name)], of: Int(variable))
    case .hasProperty(let variable, let name): return try property(name, of: variable)
    case .has(let operand, let name):
      guard case .map(let map) = try evaluate(operand) else { throw .noSuchField }
      try cost.take(map.searchSteps)
      return map[program.names[Int(name)]]
    default: return nil
    }
  }
}
