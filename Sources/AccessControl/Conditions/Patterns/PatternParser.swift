/// A pattern taken apart: the syntax of RE2 as far as a question of yes or no needs it (github.com/google/re2/wiki/Syntax).
///
/// Left out, and refused: scripts in `\p`, back references, look-around, possessive and atomic groups.
indirect enum PatternNode {
  case empty
  case set(PatternSet)
  case assertion(PatternAssertion)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// `maximum` is nil without an upper bound.
  case repetition(PatternNode, minimum: Int, maximum: Int?)
}

enum PatternAssertion: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// Why a text is no pattern.
struct PatternFault: Error {
  let message: String
}

struct PatternParser {
  private struct Flags {
    var ignoresCase = false
    var dotIsAll = false
    var isMultiLine = false
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  private var flags = Flags()

  static func parse(_ text: String) throws(PatternFault) -> PatternNode {
    var parser = PatternParser(scalars: Array(text.unicodeScalars))
    let node = try parser.choice()
    guard parser.peek == nil else { throw PatternFault(message: "the pattern closes a group that is not open") }
    return node
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard peek == sign else { return false }
    position += 1
    return true
  }

  private mutating func take(_ text: String) -> Bool {
    let signs = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: signs) else { return false }
    position += signs.count
    return true
  }

  private mutating func choice() throws(PatternFault) -> PatternNode {
    guard depth <= ConditionLimits.patternNesting else {
      throw PatternFault(message: "a pattern has at most \(ConditionLimits.patternNesting) groups inside each other")
    }
    depth += 1
    defer { depth -= 1 }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternFault) -> PatternNode {
    var nodes: [PatternNode] = []
    while let next = peek, next != "|", next != ")" {
      if take("\\Q") {
        nodes += quotedLiteral()
      } else if let flag = try flagsOnly() {
        flags = flag
      } else {
        nodes.append(try repeated(try atom()))
        continue
      }
      // A repetition after a quotation or a flag is one of what stands before, as in RE2.
      if let last = nodes.popLast() { nodes.append(try repeated(last)) }
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  private mutating func quotedLiteral() -> [PatternNode] {
    var nodes: [PatternNode] = []
    while let next = peek {
      if take("\\E") { break }
      nodes.append(literal(next))
      position += 1
    }
    return nodes
  }

  // MARK: Repetitions

  private mutating func repeated(_ atom: PatternNode) throws(PatternFault) -> PatternNode {
    guard let (minimum, maximum) = try repetition() else { return atom }
    _ = take("?")
    let after = position
    if try repetition() != nil {
      position = after
      throw PatternFault(message: "the pattern repeats a repetition; put the inner one into a group")
    }
    return .repetition(atom, minimum: minimum, maximum: maximum)
  }

  private mutating func repetition() throws(PatternFault) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard peek == "{" else { return nil }
    let start = position
    position += 1
    guard let minimum = count() else {
      position = start
      return nil
    }
    var maximum: Int? = minimum
    if take(",") { maximum = count() }
    guard take("}") else {
      position = start
      return nil
    }
    guard minimum <= maximum ?? minimum, max(minimum, maximum ?? 0) <= ConditionLimits.patternRepetitions else {
      throw PatternFault(
        message:
          "a count in a pattern is at most \(ConditionLimits.patternRepetitions), and its second number not below its first")
    }
    return (minimum, maximum)
  }

  /// Digits; a number that is far too large stays so.
  private mutating func count() -> Int? {
    let start = position
    var number = 0
    while let digit = peek.flatMap({ Self.digit($0, radix: 10) }) {
      number = min(number * 10 + Int(digit), 1_000_000)
      position += 1
    }
    return position > start ? number : nil
  }

  // MARK: Atoms

  private mutating func atom() throws(PatternFault) -> PatternNode {
    guard let sign = peek else { return .empty }
    switch sign {
    case "*", "+", "?": throw PatternFault(message: "the pattern repeats nothing with '\(sign)'")
    case "{":
      if try repetition() != nil { throw PatternFault(message: "the pattern repeats nothing with a count") }
      position += 1
      return literal(sign)
    case "(": return try group()
    case "[": return .set(try set())
    case ".":
      position += 1
      return .set(PatternSet(flags.dotIsAll ? [] : [.range(0x0A...0x0A)], isNegated: true))
    case "^":
      position += 1
      return .assertion(flags.isMultiLine ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.isMultiLine ? .lineEnd : .textEnd)
    case "\\": return try escaped()
    default:
      position += 1
      return literal(sign)
    }
  }

  private func literal(_ sign: Unicode.Scalar) -> PatternNode {
    .set(PatternSet([.range(sign.value...sign.value)], ignoresCase: flags.ignoresCase))
  }

  private mutating func group() throws(PatternFault) -> PatternNode {
    let outer = flags
    position += 1
    if take("?") {
      if take("P<") || peek == "<" && peek(1) != "=" && peek(1) != "!" && take("<") {
        try groupName()
      } else {
        flags = try flagLetters()
        guard take(":") else { throw PatternFault(message: "the pattern has a group that begins in an unknown way") }
      }
    }
    let inner = try choice()
    guard take(")") else { throw PatternFault(message: "the pattern opens a group and does not close it") }
    flags = outer
    return inner
  }

  private mutating func groupName() throws(PatternFault) {
    let start = position
    while let sign = peek, PatternSet(PatternSet.wordSigns).contains(sign) { position += 1 }
    guard position > start, take(">") else {
      throw PatternFault(message: "the name of a group consists of letters, digits and '_'")
    }
  }

  /// `(?i)`: flags for the rest of the group around them. Nil when something else comes next.
  private mutating func flagsOnly() throws(PatternFault) -> Flags? {
    let start = position
    guard take("(?"), peek != "P", peek != "<", peek != ":" else {
      position = start
      return nil
    }
    let flags = try flagLetters()
    if take(")") { return flags }
    position = start
    return nil
  }

  private mutating func flagLetters() throws(PatternFault) -> Flags {
    var flags = flags
    var isOn = true
    var isEmpty = false
    while let sign = peek, sign != ")", sign != ":" {
      position += 1
      isEmpty = false
      switch sign {
      case "i": flags.ignoresCase = isOn
      case "s": flags.dotIsAll = isOn
      case "m": flags.isMultiLine = isOn
      case "U": break
      case "-" where isOn: (isOn, isEmpty) = (false, true)
      default: throw PatternFault(message: "the pattern has an unknown flag or kind of group '(?\(sign)'")
      }
    }
    guard !isEmpty else { throw PatternFault(message: "the pattern switches off no flag after '-'") }
    return flags
  }

  // MARK: Escapes

  private mutating func escaped() throws(PatternFault) -> PatternNode {
    switch peek(1) {
    case "A": return assertion(.textStart)
    case "z": return assertion(.textEnd)
    case "b": return assertion(.wordBoundary)
    case "B": return assertion(.noWordBoundary)
    default:
      if let items = try classEscape() { return .set(PatternSet(items, ignoresCase: flags.ignoresCase)) }
      return literal(try escapedSign())
    }
  }

  private mutating func assertion(_ assertion: PatternAssertion) -> PatternNode {
    position += 2
    return .assertion(assertion)
  }

  /// `\d` and its like, `\p`; nil when the backslash begins something else.
  private mutating func classEscape() throws(PatternFault) -> [PatternSet.Item]? {
    guard peek == "\\", let sign = peek(1) else { return nil }
    let items: [PatternSet.Item]
    switch sign {
    case "d": items = PatternSet.digits
    case "D": items = [.not(PatternSet.digits)]
    case "s": items = PatternSet.spaces
    case "S": items = [.not(PatternSet.spaces)]
    case "w": items = PatternSet.wordSigns
    case "W": items = [.not(PatternSet.wordSigns)]
    case "p", "P":
      position += 2
      return try unicodeClass(isNegated: sign == "P")
    default: return nil
    }
    position += 2
    return items
  }

  private mutating func unicodeClass(isNegated: Bool) throws(PatternFault) -> [PatternSet.Item] {
    var name = ""
    if take("{") {
      while let sign = peek, sign != "}" {
        name.unicodeScalars.append(sign)
        position += 1
      }
      guard take("}") else { throw PatternFault(message: "the pattern has '\\p{' without '}'") }
    } else if let sign = peek {
      name.unicodeScalars.append(sign)
      position += 1
    }
    let isReversed = name.unicodeScalars.first == "^"
    if isReversed { name.unicodeScalars.removeFirst() }
    if name == "Any" { return isNegated != isReversed ? [.not([.range(0...0x10FFFF)])] : [.range(0...0x10FFFF)] }
    guard let bits = PatternSet.categories(name) else {
      throw PatternFault(message: "'\\p' knows the general categories of Unicode (L, Lu, Nd, …) and no scripts")
    }
    return isNegated != isReversed ? [.not([.categories(bits)])] : [.categories(bits)]
  }

  /// A backslash and what stands for one scalar.
  private mutating func escapedSign() throws(PatternFault) -> Unicode.Scalar {
    position += 1
    guard let sign = peek else { throw PatternFault(message: "the pattern ends with a backslash") }
    position += 1
    switch sign {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try hexadecimal()
    case "0"..."7":
      // One digit but 0 would be a back reference.
      guard sign == "0" || peek.flatMap({ Self.digit($0, radix: 8) }) != nil else { break }
      var value = sign.value - 0x30
      for _ in 0..<2 {
        guard let digit = peek.flatMap({ Self.digit($0, radix: 8) }) else { break }
        value = value * 8 + digit
        position += 1
      }
      guard let scalar = Unicode.Scalar(value) else { break }
      return scalar
    default:
      if sign.isASCII, !PatternSet(PatternSet.wordSigns).contains(sign) || sign == "_" { return sign }
    }
    throw PatternFault(message: "the pattern has an unknown escape '\\\(sign)'")
  }

  private mutating func hexadecimal() throws(PatternFault) -> Unicode.Scalar {
    let isBraced = take("{")
    var (value, count): (UInt32, Int) = (0, 0)
    while isBraced || count < 2, let digit = peek.flatMap({ Self.digit($0, radix: 16) }), value <= 0x10FFFF {
      value = value * 16 + digit
      count += 1
      position += 1
    }
    guard isBraced ? count > 0 && take("}") : count == 2, let scalar = Unicode.Scalar(value) else {
      throw PatternFault(message: "the pattern has '\\x' without the digits of a character: \\x41 or \\x{20AC}")
    }
    return scalar
  }

  private static func digit(_ sign: Unicode.Scalar, radix: UInt32) -> UInt32? {
    let value: UInt32
    switch sign {
    case "0"..."9": value = sign.value - 0x30
    case "a"..."f": value = sign.value - 0x57
    case "A"..."F": value = sign.value - 0x37
    default: return nil
    }
    return value < radix ? value : nil
  }

  // MARK: Classes

  private mutating func set() throws(PatternFault) -> PatternSet {
    position += 1
    var set = PatternSet(isNegated: take("^"), ignoresCase: flags.ignoresCase)
    var isFirst = true
    while let sign = peek, sign != "]" || isFirst {
      isFirst = false
      if sign == "[", peek(1) == ":", let items = try posixClass() {
        set.items += items
      } else if let items = try classEscape() {
        set.items += items
      } else {
        set.items.append(try range())
      }
    }
    guard take("]") else { throw PatternFault(message: "the pattern opens a class with '[' and does not close it") }
    return set
  }

  private mutating func range() throws(PatternFault) -> PatternSet.Item {
    let first = try classSign()
    guard peek == "-", let last = peek(1), last != "]" else { return .range(first.value...first.value) }
    position += 1
    let end = try classSign()
    guard first.value <= end.value else { throw PatternFault(message: "the pattern has a range that runs backward") }
    return .range(first.value...end.value)
  }

  private mutating func classSign() throws(PatternFault) -> Unicode.Scalar {
    guard let sign = peek else { throw PatternFault(message: "the pattern opens a class with '[' and does not close it") }
    if sign == "\\" { return try escapedSign() }
    position += 1
    return sign
  }

  private mutating func posixClass() throws(PatternFault) -> [PatternSet.Item]? {
    let start = position
    position += 2
    let isNegated = take("^")
    var name = ""
    while let sign = peek, sign != ":", sign != "]" {
      name.unicodeScalars.append(sign)
      position += 1
    }
    guard take(":]") else {
      position = start
      return nil
    }
    guard let items = PatternSet.posix[name] else {
      throw PatternFault(message: "the pattern has an unknown class '[:\(name):]'")
    }
    return isNegated ? [.not(items)] : items
  }
}
