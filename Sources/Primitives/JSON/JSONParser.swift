/// Why bytes are not a JSON document we accept. Offsets count bytes from the start.
public enum JSONError: Error, Hashable, Sendable {
  /// Not the grammar of RFC 8259, at this byte.
  case syntax(at: Int)
  /// More arrays and objects inside each other than allowed.
  case tooDeep
  /// A member name twice in one object: two readers could see two different documents.
  case duplicateMember(String)
  /// A string that is not UTF-8, or half a surrogate pair.
  case invalidText(at: Int)
  /// A number beyond what a double can hold.
  case numberOutOfRange(at: Int)
}

extension JSON {
  /// Reads exactly one document: RFC 8259 to the letter, UTF-8 only, no byte-order mark, no name twice in an object, no lone surrogate.
  ///
  /// At most `maximumDepth` arrays and objects stand inside each other (a bare number has depth 0), so that no input can exhaust the
  /// stack. The size is bounded by whoever read the bytes.
  public static func parse(_ bytes: some Collection<UInt8>, maximumDepth: Int = 32) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: Array(bytes), maximumDepth: min(maximumDepth, 512))
    return try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  let maximumDepth: Int
  private var position = 0
  private var depth = 0

  init(bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw .syntax(at: position) }
    return value
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try descend()
    defer { depth -= 1 }
    var members: [(name: String, value: JSON)] = []
    // Few members are compared one by one, many through a set: a body of a hundred thousand names must not cost their square.
    var seen: Set<String> = []
    skipBlanks()
    if take("}") { return JSONObject(distinct: members) }
    while true {
      skipBlanks()
      let name = try string()
      if members.count == 16 { seen = Set(members.lazy.map(\.name)) }
      let isNew = members.count < 16 ? !members.contains { $0.name == name } : seen.insert(name).inserted
      guard isNew else { throw .duplicateMember(name) }
      skipBlanks()
      try expect(":")
      members.append((name, try value()))
      skipBlanks()
      if take("}") { return JSONObject(distinct: members) }
      try expect(",")
    }
  }

  private mutating func array() throws(JSONError) -> [JSON] {
    try descend()
    defer { depth -= 1 }
    var elements: [JSON] = []
    skipBlanks()
    if take("]") { return elements }
    while true {
      elements.append(try value())
      skipBlanks()
      if take("]") { return elements }
      try expect(",")
    }
  }

  /// Enters an array or object: counts it and steps over its bracket.
  private mutating func descend() throws(JSONError) {
    guard depth < maximumDepth else { throw .tooDeep }
    depth += 1
    position += 1
  }

  private mutating func string() throws(JSONError) -> String {
    try expect("\"")
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return try text(bytes[start..<position], at: start)
      case UInt8(ascii: "\\"):
        return try stringWithEscapes(from: start)
      case 0..<0x20:
        throw .syntax(at: position)
      default:
        position += 1
      }
    }
    throw .syntax(at: position)
  }

  private mutating func stringWithEscapes(from start: Int) throws(JSONError) -> String {
    var content = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try text(content[...], at: start)
      case UInt8(ascii: "\\"):
        position += 1
        content.append(contentsOf: try escape())
      case 0..<0x20:
        throw .syntax(at: position)
      default:
        content.append(byte)
        position += 1
      }
    }
    throw .syntax(at: position)
  }

  /// What stands after a backslash, as UTF-8.
  private mutating func escape() throws(JSONError) -> [UInt8] {
    let sign = peek
    position += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [sign]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw .syntax(at: position - 1)
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> [UInt8] {
    let start = position
    let first = try fourHexDigits()
    var code = UInt32(first)
    if UTF16.isLeadSurrogate(first) {
      guard take("\\"), take("u") else { throw .invalidText(at: start) }
      let second = try fourHexDigits()
      guard UTF16.isTrailSurrogate(second) else { throw .invalidText(at: start) }
      code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw .invalidText(at: start) }
    return Array(Character(scalar).utf8)
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Hex.value(of: peek) else { throw .syntax(at: position) }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }

  private func text(_ content: ArraySlice<UInt8>, at start: Int) throws(JSONError) -> String {
    guard let text = String(validating: content, as: UTF8.self) else { throw .invalidText(at: start) }
    return text
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw .numberOutOfRange(at: start) }
    return .number(value)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek) { position += 1 }
    guard position > start else { throw .syntax(at: position) }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count else { throw .syntax(at: position) }
    for index in 0..<count where bytes[position + index] != word.utf8Start[index] { throw .syntax(at: position) }
    position += count
    return value
  }

  /// The next byte; 0, which no rule accepts, at the end.
  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipBlanks() {
    while true {
      switch peek {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ sign: Unicode.Scalar) throws(JSONError) {
    guard take(sign) else { throw .syntax(at: position) }
  }
}
