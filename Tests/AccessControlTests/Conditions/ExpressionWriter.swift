import TestKit

/// Writes expressions at random, of which most are well-typed and some fail: what another implementation is asked as well.
///
/// Left out is what the implementations are known to see differently (texts of infinite numbers, loose forms of times, the order of a
/// map's keys, two signs in a row, the type of an empty list; a constant
/// pattern, which only we check).
struct ExpressionWriter {
  enum Kind: CaseIterable {
    case bool, int, uint, double, string, bytes, timestamp, duration, ints, strings, doubles, map, any
  }

  private let randomness: CountedRandomness
  private var locals: [(name: String, kind: Kind)] = []
  /// Whether something of another kind may stand where one is wanted.
  private var isLoose = true

  init(seed: UInt64) { randomness = CountedRandomness(seed: seed) }

  /// What the expressions may name: an int 5, the string `ab`, true, and a map as JSON gives it.
  static let variables: [(name: String, kind: Kind)] = [("i", .int), ("s", .string), ("b", .bool), ("j", .map)]

  mutating func expression(depth: Int) -> String {
    write(pick([.bool, .bool, .bool, .bool, .int, .uint, .double, .string, .ints, .strings, .timestamp, .duration]), depth)
  }

  private func number(below bound: Int) -> Int {
    Int(randomness.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } % UInt32(bound))
  }

  private func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

  private mutating func write(_ kind: Kind, _ depth: Int) -> String {
    // Now and then something of another kind, which makes an error of one sort or the other.
    let kind = isLoose && number(below: 40) == 0 ? pick(Kind.allCases) : kind
    if depth <= 0 || number(below: 6) == 0 { return leaf(kind) }
    let inner = depth - 1
    switch kind {
    case .bool: return bool(inner)
    case .int: return int(inner)
    case .uint:
      return pick([
        "(\(write(.uint, inner)) \(pick(["+", "-", "*", "/", "%"])) \(write(.uint, inner)))", "uint(\(strict(.int, inner)))",
      ])
    case .double:
      return pick([
        "(\(write(.double, inner)) \(pick(["+", "-", "*", "/"])) \(write(.double, inner)))", "double(\(strict(.int, inner)))",
        "-(\(write(.double, inner)))",
      ])
    case .string: return string(inner)
    case .bytes: return "(\(write(.bytes, inner)) + bytes(\(strict(.string, inner))))"
    case .timestamp: return "(\(write(.timestamp, inner)) \(pick(["+", "-"])) \(write(.duration, inner)))"
    case .duration:
      return pick([
        "(\(write(.duration, inner)) \(pick(["+", "-"])) \(write(.duration, inner)))",
        "(\(write(.timestamp, inner)) - \(write(.timestamp, inner)))",
      ])
    case .ints, .strings, .doubles: return list(kind, inner)
    case .map, .any: return leaf(kind)
    }
  }

  /// What is of its kind all through: the argument of a conversion, of which cel-cpp knows more than the standard has.
  private mutating func strict(_ kind: Kind, _ depth: Int) -> String {
    let outer = isLoose
    isLoose = false
    defer { isLoose = outer }
    return write(kind, depth)
  }

  private mutating func bool(_ depth: Int) -> String {
    switch number(below: 14) {
    case 0: return "(\(write(.bool, depth)) && \(write(.bool, depth)))"
    case 1: return "(\(write(.bool, depth)) || \(write(.bool, depth)))"
    case 2: return "!(\(write(.bool, depth)))"
    case 3: return "(\(write(.bool, depth)) ? \(write(.bool, depth)) : \(write(.bool, depth)))"
    case 4, 5:
      let kind = pick([Kind.int, .uint, .double, .string, .bytes, .bool, .timestamp, .duration])
      return "(\(write(kind, depth)) \(comparison) \(write(kind, depth)))"
    case 6:
      let numbers: [Kind] = [.int, .uint, .double]
      return "(dyn(\(write(pick(numbers), depth))) \(comparison) \(write(pick(numbers), depth)))"
    case 7: return "(dyn(\(write(.any, depth))) \(pick(["==", "!="])) \(write(.any, depth)))"
    case 8:
      let (list, element) = pick([(Kind.ints, Kind.int), (.strings, .string), (.doubles, .double)])
      return "(\(write(element, depth)) in \(write(list, depth)))"
    case 9: return "\(write(.string, depth)).\(pick(["contains", "startsWith", "endsWith"]))(\(write(.string, depth)))"
    case 10: return "\(write(.string, depth)).matches(string(r'\(pattern(3))'))"
    case 11: return "has(\(write(.map, 0)).\(pick(["k", "x", "n", "l"])))"
    case 12: return "(\(write(.string, depth)) in \(write(.map, 0)))"
    default:
      let (list, element) = pick([(Kind.ints, Kind.int), (.strings, .string), (.map, .string)])
      let range = write(list, list == .map ? 0 : depth)
      return "\(range).\(pick(["all", "exists", "exists_one"]))(\(body(.bool, over: element, depth)))"
    }
  }

  private mutating func int(_ depth: Int) -> String {
    switch number(below: 8) {
    case 0, 1, 2: return "(\(write(.int, depth)) \(pick(["+", "-", "*", "/", "%"])) \(write(.int, depth)))"
    case 3: return "size(\(write(pick([.string, .bytes, .ints, .strings, .map]), depth)))"
    case 4: return "int(\(strict(pick([.double, .uint, .timestamp]), depth)))"
    case 5: return "\(write(.ints, depth))[\(write(.int, depth))]"
    case 6:
      let getter = pick([
        "getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getHours", "getMinutes",
      ])
      return "\(write(.timestamp, depth)).\(getter)(\(pick(["", "'UTC'", "'+05:45'", "'-11:30'"])))"
    default: return "\(write(.duration, depth)).\(pick(["getHours", "getMinutes", "getSeconds"]))()"
    }
  }

  private mutating func string(_ depth: Int) -> String {
    switch number(below: 5) {
    case 0: return "(\(write(.string, depth)) + \(write(.string, depth)))"
    case 1: return "string(\(strict(pick([.int, .uint, .bool, .bytes]), depth)))"
    case 2: return "string(\(leaf(.double)))"
    case 3: return "\(write(.strings, depth))[\(number(below: 3))]"
    default: return "(\(write(.bool, depth)) ? \(write(.string, depth)) : \(write(.string, depth)))"
    }
  }

  private mutating func list(_ kind: Kind, _ depth: Int) -> String {
    let element: Kind = kind == .ints ? .int : kind == .strings ? .string : .double
    switch number(below: 5) {
    case 0: return "(\(write(kind, depth)) + \(write(kind, depth)))"
    case 1: return "\(strict(kind, depth)).filter(\(body(.bool, over: element, depth)))"
    case 2:
      let (source, local) = pick([(Kind.ints, Kind.int), (.strings, .string)])
      return "\(strict(source, depth)).map(\(body(element, over: local, depth)))"
    default: return "[" + (0...number(below: 3)).map { _ in write(element, depth) }.joined(separator: ", ") + "]"
    }
  }

  /// A variable and what is said of it.
  private mutating func body(_ kind: Kind, over element: Kind, _ depth: Int) -> String {
    let name = pick(["v", "w"])
    locals.append((name, element))
    defer { locals.removeLast() }
    return "\(name), \(write(kind, depth))"
  }

  private var comparison: String { pick(["<", "<=", ">", ">=", "==", "!="]) }

  private mutating func leaf(_ kind: Kind) -> String {
    // Of two macros' variables with one name only the inner can be named.
    var named = Self.variables.filter { $0.kind == kind }.map(\.name)
    for (index, local) in locals.enumerated() where local.kind == kind {
      if !locals[(index + 1)...].contains(where: { $0.name == local.name }) { named.append(local.name) }
    }
    if !named.isEmpty, number(below: 2) == 0 { return pick(named) }
    switch kind {
    case .bool: return pick(["true", "false", "j.yes"])
    case .int:
      return pick(["0", "1", "-3", "7", "9223372036854775807", "-9223372036854775808", "j.n", "j.missing", "9007199254740993"])
    case .uint: return pick(["0u", "1u", "7u", "18446744073709551615u", "9007199254740993u"])
    case .double:
      return pick(["0.5", "-2.25", "1e3", "4.0", "0.0", "-0.0", "1e300", "1.5e-7", "9007199254740992.0", "j.n", "123456.0"])
    case .string: return pick(["''", "'a'", "'ab'", "'é'", "'b a'", "'e\\u0301'", "'😀b'", "'a\\nb'", "'Kſ'", "j.k", "j['x']"])
    case .bytes: return pick(["b''", "b'a'", "b'\\xff'", "b'ab'"])
    case .timestamp: return pick(["timestamp('2024-02-29T12:30:45Z')", "timestamp('1969-12-31T23:59:59.25Z')", "timestamp(0)"])
    case .duration: return pick(["duration('1h')", "duration('-90.5s')", "duration('0')", "duration('2000000h')"])
    case .ints: return pick(["[1].filter(e, false)", "[1, 2, 3]", "[5]", "j.l"])
    case .strings: return pick(["['z'].filter(e, false)", "['a', 'b']", "['ab']", "j.names"])
    case .doubles: return pick(["[1.5].filter(e, false)", "[0.5, 1.0]", "j.l"])
    case .map: return pick(["j", "{}", "{'k': 1, 'x': 2}", "{'n': null}", "j.inner"])
    case .any:
      return pick(["null", "1", "1u", "1.0", "'1'", "true", "[1]", "[1.0]", "{'a': 1}", "{'a': 1u}", "j.n", "j.l", "b'1'"])
    }
  }

  /// A pattern over the letters of the strings above, mostly a valid one.
  private func pattern(_ depth: Int) -> String {
    if depth == 0 || number(below: 4) == 0 {
      return pick([
        "a", "b", "é", ".", "[ab]", "[^a]", "\\w", "\\W", "\\s", "\\d", "^", "$", "\\b", "\\B", "[a-é]", "k", "[[:alpha:]]",
        "\\pL",
        "\\PL", "\\x61", "s", "\\n", "[^\\w]", "",
      ])
    }
    switch number(below: 12) {
    case 0, 1, 2, 3: return pattern(depth - 1) + pattern(depth - 1)
    case 4: return "(\(pattern(depth - 1))|\(pattern(depth - 1)))"
    case 5: return "(?:\(pattern(depth - 1)))*"
    case 6: return "(\(pattern(depth - 1)))+"
    case 7: return "(\(pattern(depth - 1)))?"
    case 8: return "(\(pattern(depth - 1))){1,2}"
    case 9: return "(?\(pick(["i", "s", "m", "-i", "is", "U"])))\(pattern(depth - 1))"
    case 10: return "(?i:\(pattern(depth - 1)))"
    default: return pattern(depth - 1) + pick(["*", "+", "?", "{2}", "{0,1}", "*?", "**", ")", "("])
    }
  }
}
