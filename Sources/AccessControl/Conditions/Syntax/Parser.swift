/// Reads the grammar of CEL (language definition, "Syntax") by descent. Depth, height and number of nodes are bounded while reading;
/// rows of operators, selections and signs are loops.
struct Parser {
  private let text: String
  private let tokens: [(token: Token, offset: Int)]
  private var position = 0
  private var nesting = 0
  private var comprehensions = 0
  private var expression = SyntaxTree()

  private typealias Index = SyntaxTree.Index

  /// The text as an expression.
  static func parse(_ text: String) throws(ConditionFault) -> SyntaxTree {
    guard text.utf8.count <= ConditionLimits.textLength else {
      throw ConditionFault(.limit, at: 0, in: "", "a condition has at most \(ConditionLimits.textLength) bytes")
    }
    var parser = Parser(text: text, tokens: try Lexer.tokens(of: text))
    let root = try parser.ternary()
    guard parser.token == .end else { throw parser.unexpected("an operator or the end") }
    parser.expression.finish(at: root)
    return parser.expression
  }

  private init(text: String, tokens: [(token: Token, offset: Int)]) {
    self.text = text
    self.tokens = tokens
  }

  // MARK: Operators, from weak to strong

  private mutating func ternary() throws(ConditionFault) -> Index {
    guard nesting <= ConditionLimits.nesting else {
      throw fault(.limit, at: offset, "more than \(ConditionLimits.nesting) levels inside each other")
    }
    nesting += 1
    defer { nesting -= 1 }
    // `a ? b : c ? d : e` groups to the right. The branches wait in a list, so that a long chain does not nest.
    var branches: [(condition: Index, then: Index, offset: Int)] = []
    var last = try disjunction()
    while token == .sign(.question) {
      let mark = offset
      advance()
      let then = try disjunction()
      try expect(.colon)
      branches.append((last, then, mark))
      last = try disjunction()
    }
    for branch in branches.reversed() {
      last = try node(
        .conditional(branch.condition, then: branch.then, else: last), [branch.condition, branch.then, last], branch.offset)
    }
    return last
  }

  private mutating func disjunction() throws(ConditionFault) -> Index {
    let first = try conjunction()
    guard token == .sign(.or) else { return first }
    let mark = offset
    var terms = [first]
    while take(.or) { terms.append(try conjunction()) }
    return try node(.or(terms), terms, mark)
  }

  private mutating func conjunction() throws(ConditionFault) -> Index {
    let first = try relation()
    guard token == .sign(.and) else { return first }
    let mark = offset
    var terms = [first]
    while take(.and) { terms.append(try relation()) }
    return try node(.and(terms), terms, mark)
  }

  private mutating func relation() throws(ConditionFault) -> Index {
    var left = try sum()
    while case .sign(let sign) = token, let `operator` = Self.relations[sign] {
      let mark = offset
      advance()
      let right = try sum()
      left = try node(.binary(`operator`, left, right), [left, right], mark)
    }
    return left
  }

  private mutating func sum() throws(ConditionFault) -> Index {
    var left = try product()
    while case .sign(let sign) = token, let `operator` = Self.sums[sign] {
      let mark = offset
      advance()
      let right = try product()
      left = try node(.binary(`operator`, left, right), [left, right], mark)
    }
    return left
  }

  private mutating func product() throws(ConditionFault) -> Index {
    var left = try unary()
    while case .sign(let sign) = token, let `operator` = Self.products[sign] {
      let mark = offset
      advance()
      let right = try unary()
      left = try node(.binary(`operator`, left, right), [left, right], mark)
    }
    return left
  }

  private mutating func unary() throws(ConditionFault) -> Index {
    let mark = offset
    if token == .sign(.not) {
      var count = 0
      while take(.not) { count += 1 }
      let operand = try member()
      return try node(.not(operand, count: count), [operand], mark)
    }
    var count = 0
    while token == .sign(.minus), !isSignedNumber {
      advance()
      count += 1
    }
    let operand = try member()
    return count == 0 ? operand : try node(.negate(operand, count: count), [operand], mark)
  }

  private static let relations: [Token.Sign: SyntaxTree.BinaryOperator] = [
    .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
    .greaterOrEqual: .greaterOrEqual, .in: .in,
  ]
  private static let sums: [Token.Sign: SyntaxTree.BinaryOperator] = [.plus: .add, .minus: .subtract]
  private static let products: [Token.Sign: SyntaxTree.BinaryOperator] = [
    .times: .multiply, .divide: .divide, .remainder: .remainder,
  ]

  // MARK: Members

  private mutating func member() throws(ConditionFault) -> Index {
    var operand = try primary()
    while true {
      let mark = offset
      if take(.dot) {
        operand = try selection(of: operand, at: mark)
      } else if take(.openBracket) {
        guard token != .sign(.question) else { throw fault(.syntax, at: offset, "optional values are not part of this language") }
        let index = try ternary()
        try expect(.closeBracket)
        operand = try node(.index(operand, by: index), [operand, index], mark)
      } else if token == .sign(.openBrace), isName(operand) {
        throw fault(.syntax, at: offset, "messages with fields are not part of this language")
      } else {
        return operand
      }
    }
  }

  private mutating func selection(of operand: Index, at mark: Int) throws(ConditionFault) -> Index {
    let place = offset
    switch token {
    case .quotedIdentifier(let name):
      advance()
      return try node(.select(operand, field: name), [operand], place)
    case .identifier(let name):
      advance()
      guard take(.openParenthesis) else { return try node(.select(operand, field: name), [operand], place) }
      return try receiverCall(name, on: operand, at: place)
    case .sign(.question): throw fault(.syntax, at: place, "optional values are not part of this language")
    default: throw unexpected("the name of a field or function")
    }
  }

  private mutating func receiverCall(_ name: String, on receiver: Index, at mark: Int) throws(ConditionFault) -> Index {
    let isMacro = Self.macros.contains(name)
    comprehensions += isMacro ? 1 : 0
    defer { comprehensions -= isMacro ? 1 : 0 }
    guard comprehensions <= ConditionLimits.comprehensions else {
      throw fault(.limit, at: mark, "more than \(ConditionLimits.comprehensions) macros inside each other")
    }
    let arguments = try arguments(until: .closeParenthesis)
    if let comprehension = try comprehension(name, over: receiver, arguments) {
      return try node(.comprehension(comprehension), [receiver] + arguments, mark)
    }
    return try node(.call(name, isReceiver: true, [receiver] + arguments), [receiver] + arguments, mark)
  }

  private static let macros: Set = ["all", "exists", "exists_one", "map", "filter"]

  /// The macro of this name, where the number of arguments is the macro's; otherwise it is a plain call, which the checker does not know.
  private func comprehension(
    _ name: String, over range: Index, _ arguments: [Index]
  ) throws(ConditionFault) -> SyntaxTree.Comprehension? {
    guard let kind = SyntaxTree.Comprehension.Kind(rawValue: name),
      arguments.count == 2 || kind == .map && arguments.count == 3
    else { return nil }
    guard case .identifier(let variable, isRooted: false) = expression.nodes[arguments[0]] else {
      throw fault(.syntax, at: expression.offsets[arguments[0]], "the first argument of '\(name)' names its variable")
    }
    let hasPredicate = kind != .map || arguments.count == 3
    return SyntaxTree.Comprehension(
      kind: kind, range: range, variable: variable, predicate: hasPredicate ? arguments[1] : nil,
      transform: kind == .map ? arguments[arguments.count - 1] : nil)
  }

  // MARK: Primaries

  private mutating func primary() throws(ConditionFault) -> Index {
    let mark = offset
    let token = token
    switch token {
    case .int, .double, .sign(.minus): return try number()
    case .uint(let value): return try constant(.uint(value))
    case .string(let text): return try constant(.string(text))
    case .bytes(let bytes): return try constant(.bytes(bytes))
    case .true: return try constant(.bool(true))
    case .false: return try constant(.bool(false))
    case .null: return try constant(.null)
    case .identifier(let name):
      advance()
      return try named(name, isRooted: false, at: mark)
    case .sign(.dot):
      advance()
      guard case .identifier(let name) = self.token else { throw unexpected("a name") }
      advance()
      return try named(name, isRooted: true, at: mark)
    case .sign(.openParenthesis):
      advance()
      let inner = try ternary()
      try expect(.closeParenthesis)
      return inner
    case .sign(.openBracket):
      advance()
      let elements = try elements(until: .closeBracket)
      return try node(.list(elements), elements, mark)
    case .sign(.openBrace):
      advance()
      let entries = try entries()
      return try node(.map(entries), entries, mark)
    default: throw unexpected("a value")
    }
  }

  private mutating func named(_ name: String, isRooted: Bool, at mark: Int) throws(ConditionFault) -> Index {
    guard !Self.reserved.contains(name) else { throw fault(.syntax, at: mark, "'\(name)' is a reserved word") }
    guard take(.openParenthesis) else { return try node(.identifier(name, isRooted: isRooted), [], mark) }
    let arguments = try arguments(until: .closeParenthesis)
    guard name == "has", arguments.count == 1 else { return try node(.call(name, isReceiver: false, arguments), arguments, mark) }
    guard case .select(let operand, let field) = expression.nodes[arguments[0]] else {
      throw fault(.syntax, at: expression.offsets[arguments[0]], "'has' asks for a field: has(a.b)")
    }
    return try node(.has(operand, field: field), arguments, mark)
  }

  private static let reserved: Set = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "namespace", "package",
    "return",
    "var", "void", "while",
  ]

  /// Whether a minus and directly after it an int or a double come next: then the sign belongs to the number.
  private var isSignedNumber: Bool {
    guard token == .sign(.minus), position + 1 < tokens.count else { return false }
    switch tokens[position + 1].token {
    case .int, .double: return true
    default: return false
    }
  }

  private mutating func number() throws(ConditionFault) -> Index {
    let mark = offset
    let isNegative = isSignedNumber
    if isNegative { advance() }
    switch token {
    case .double(let value):
      return try constant(.double(isNegative ? -value : value), at: mark)
    case .int(let magnitude):
      let smallest = UInt64(Int64.max) + 1
      guard magnitude < smallest || isNegative && magnitude == smallest else {
        throw fault(.syntax, at: mark, "this number is larger than an int can hold; write u after it for a uint")
      }
      return try constant(.int(isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude)), at: mark)
    default: throw unexpected("a value")
    }
  }

  private mutating func constant(_ value: CELValue, at mark: Int? = nil) throws(ConditionFault) -> Index {
    let offset = mark ?? offset
    advance()
    return try node(.constant(value), [], offset)
  }

  private mutating func arguments(until end: Token.Sign) throws(ConditionFault) -> [Index] {
    var arguments: [Index] = []
    if take(end) { return arguments }
    repeat { arguments.append(try ternary()) } while take(.comma)
    try expect(end)
    return arguments
  }

  /// As arguments, but a comma may stand after the last one, and alone.
  private mutating func elements(until end: Token.Sign) throws(ConditionFault) -> [Index] {
    var elements: [Index] = []
    if take(.comma) {
      try expect(end)
      return elements
    }
    while !take(end) {
      guard token != .sign(.question) else { throw fault(.syntax, at: offset, "optional values are not part of this language") }
      elements.append(try ternary())
      guard take(.comma) else {
        try expect(end)
        return elements
      }
    }
    return elements
  }

  private mutating func entries() throws(ConditionFault) -> [Index] {
    var entries: [Index] = []
    if take(.comma) {
      try expect(.closeBrace)
      return entries
    }
    while !take(.closeBrace) {
      guard token != .sign(.question) else { throw fault(.syntax, at: offset, "optional values are not part of this language") }
      entries.append(try ternary())
      try expect(.colon)
      entries.append(try ternary())
      guard take(.comma) else {
        try expect(.closeBrace)
        return entries
      }
    }
    return entries
  }

  private func isName(_ index: Index) -> Bool {
    switch expression.nodes[index] {
    case .identifier, .select: true
    default: false
    }
  }

  // MARK: Nodes and tokens

  private mutating func node(_ node: SyntaxTree.Node, _ children: [Index], _ offset: Int) throws(ConditionFault) -> Index {
    guard expression.nodes.count < ConditionLimits.nodes else {
      throw fault(.limit, at: offset, "a condition has at most \(ConditionLimits.nodes) parts")
    }
    let height = 1 + children.reduce(0) { max($0, expression.height(of: $1)) }
    guard height <= ConditionLimits.height else {
      throw fault(.limit, at: offset, "more than \(ConditionLimits.height) steps from the whole down to a part")
    }
    return expression.append(node, height: height, at: offset)
  }

  private var token: Token { tokens[position].token }
  private var offset: Int { tokens[position].offset }

  private mutating func advance() {
    if position + 1 < tokens.count { position += 1 }
  }

  private mutating func take(_ sign: Token.Sign) -> Bool {
    guard token == .sign(sign) else { return false }
    advance()
    return true
  }

  private mutating func expect(_ sign: Token.Sign) throws(ConditionFault) {
    guard take(sign) else { throw unexpected("'\(sign.rawValue)'") }
  }

  private func unexpected(_ wanted: String) -> ConditionFault {
    fault(.syntax, at: offset, "expected \(wanted), found \(token.name)")
  }

  private func fault(_ kind: ConditionFault.Kind, at offset: Int, _ message: String) -> ConditionFault {
    ConditionFault(kind, at: offset, in: text, message)
  }
}
