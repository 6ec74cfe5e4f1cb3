/// Walks through a JSON document where it lies and builds nothing but what its caller asks for: for requests of which few members are read and
/// the rest only has to be right.
///
/// The grammar is that of `JSON.parse`, also in what is skipped. The caller asks what comes (`kind`) and takes exactly that one value, by
/// `object`, `array`, `text`, `value` or `skip`; after the outermost comes `finish`.
package struct JSONScanner: Sendable {
  /// What kind of value begins here.
  package enum Kind: Sendable {
    case object, array, string, other
  }

  /// A string of the document as UTF-8, its escapes resolved: a place in the scanner that read it.
  package struct Text: Sendable {
    fileprivate let start: Int
    /// How long it is, in bytes.
    package let count: Int
  }

  /// The document and, behind it, the texts whose escapes had to be resolved.
  private var bytes: [UInt8]
  /// Where the document ends.
  private let end: Int
  private let maximumDepth: Int
  private let maximumMembers: Int
  private var depth = 0
  /// The names met so far in the objects that are open, the innermost last; behind them room that was used before.
  private var names: [Text] = []
  /// How many of `names` count.
  private var nameCount = 0
  /// The next byte to be read: the difference of two is the length of what was between, in bytes.
  package private(set) var position = 0

  /// - Parameters:
  ///   - maximumDepth: how many arrays and objects may stand inside each other; never more than 512.
  ///   - maximumMembers: how many members one object may have.
  package init(_ bytes: [UInt8], maximumDepth: Int = 32, maximumMembers: Int = .max) {
    self.bytes = bytes
    end = bytes.count
    self.maximumDepth = min(maximumDepth, 512)
    self.maximumMembers = maximumMembers
  }

  /// Steps over blanks to the next value. What it is shows only when it is taken: what is no value at all is `other` as well.
  package mutating func kind() -> Kind {
    skipBlanks()
    return switch peek {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    default: .other
    }
  }

  /// Takes an object; `member` takes the value of each member.
  package mutating func object(_ member: (inout JSONScanner, Text) throws(JSONError) -> Void) throws(JSONError) {
    try descend("{")
    let outer = nameCount
    // Few names are compared one by one, many through a set: a body of a hundred thousand names must not cost their square.
    var many: Set<[UInt8]> = []
    defer {
      depth -= 1
      nameCount = outer
    }
    skipBlanks()
    if take("}") { return }
    while true {
      skipBlanks()
      let name = try text()
      try note(name, since: outer, &many)
      skipBlanks()
      try expect(":")
      try member(&self, name)
      skipBlanks()
      if take("}") { return }
      try expect(",")
    }
  }

  /// Takes an array; `element` takes each of its values.
  package mutating func array(_ element: (inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
    try descend("[")
    defer { depth -= 1 }
    skipBlanks()
    if take("]") { return }
    while true {
      try element(&self)
      skipBlanks()
      if take("]") { return }
      try expect(",")
    }
  }

  /// Takes a string.
  package mutating func text() throws(JSONError) -> Text {
    skipBlanks()
    try expect("\"")
    let start = position
    var signs: UInt8 = 0
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        let text = Text(start: start, count: position - start)
        position += 1
        if signs >= 0x80 { try check(text, at: start) }
        return text
      case UInt8(ascii: "\\"):
        return try textWithEscapes(from: start)
      case 0..<0x20:
        throw .syntax(at: position)
      default:
        signs |= byte
        position += 1
      }
    }
    throw .syntax(at: position)
  }

  /// Takes any value and builds it.
  package mutating func value() throws(JSONError) -> JSON {
    switch kind() {
    case .object: return .object(try objectValue())
    case .array:
      var elements: [JSON] = []
      try array { (scanner) throws(JSONError) in elements.append(try scanner.value()) }
      return .array(elements)
    case .string:
      // Not in one line: the scanner would be read before the text is, as it was then.
      let text = try text()
      return .string(string(text))
    case .other: return try scalar()
    }
  }

  /// Takes an object and builds it.
  package mutating func objectValue() throws(JSONError) -> JSONObject {
    var members: [(name: String, value: JSON)] = []
    try object { (scanner, name) throws(JSONError) in members.append((scanner.string(name), try scanner.value())) }
    return JSONObject(distinct: members)
  }

  /// Builds an object that was walked over before.
  ///
  /// - Parameter place: the positions at which it began and ended.
  package func object(at place: Range<Int>) throws(JSONError) -> JSONObject {
    var again = JSONScanner(Array(bytes[place]), maximumDepth: maximumDepth, maximumMembers: maximumMembers)
    return try again.objectValue()
  }

  /// Takes any value and keeps nothing of it.
  package mutating func skip() throws(JSONError) {
    switch kind() {
    case .object: try object { (scanner, _) throws(JSONError) in try scanner.skip() }
    case .array: try array { (scanner) throws(JSONError) in try scanner.skip() }
    case .string: _ = try text()
    case .other: _ = try scalar()
    }
  }

  /// Only blanks may follow the document.
  package mutating func finish() throws(JSONError) {
    skipBlanks()
    guard position == end else { throw .syntax(at: position) }
  }

  // MARK: texts

  /// The text as a string of its own.
  package func string(_ text: Text) -> String {
    String(decoding: bytes[text.start..<text.start + text.count], as: UTF8.self)
  }

  /// Texts as bytes, for as long as a call lasts.
  package struct Bytes {
    fileprivate let all: UnsafeRawBufferPointer

    package subscript(_ text: Text) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: all[text.start..<text.start + text.count])
    }
  }

  package func withBytes<Value>(_ body: (Bytes) -> Value) -> Value {
    bytes.withUnsafeBytes { body(Bytes(all: $0)) }
  }

  /// Whether the text is these bytes.
  package func isExactly(_ text: Text, _ expected: StaticString) -> Bool {
    guard text.count == expected.utf8CodeUnitCount else { return false }
    for index in 0..<text.count where bytes[text.start + index] != expected.utf8Start[index] { return false }
    return true
  }

  /// Whether the text is this one, byte for byte.
  package func isExactly(_ text: Text, _ expected: String) -> Bool {
    bytes[text.start..<text.start + text.count].elementsEqual(expected.utf8)
  }

  private func isSame(_ left: Text, _ right: Text) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where bytes[left.start + index] != bytes[right.start + index] { return false }
    return true
  }

  private mutating func note(_ name: Text, since outer: Int, _ many: inout Set<[UInt8]>) throws(JSONError) {
    let count = nameCount - outer
    guard count < maximumMembers else { throw .tooManyMembers }
    if count < 16 {
      for index in outer..<nameCount where isSame(names[index], name) { throw .duplicateMember(string(name)) }
    } else {
      if count == 16 { many = Set(names[outer..<nameCount].map { Array(bytes[$0.start..<$0.start + $0.count]) }) }
      guard many.insert(Array(bytes[name.start..<name.start + name.count])).inserted else { throw .duplicateMember(string(name)) }
    }
    if nameCount < names.count { names[nameCount] = name } else { names.append(name) }
    nameCount += 1
  }

  private func check(_ text: Text, at start: Int) throws(JSONError) {
    guard String(validating: bytes[text.start..<text.start + text.count], as: UTF8.self) != nil else {
      throw .invalidText(at: start)
    }
  }

  private mutating func textWithEscapes(from start: Int) throws(JSONError) -> Text {
    let resolved = bytes.count
    bytes.append(contentsOf: bytes[start..<position])
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        let text = Text(start: resolved, count: bytes.count - resolved)
        try check(text, at: start)
        return text
      case UInt8(ascii: "\\"):
        position += 1
        try resolveEscape()
      case 0..<0x20:
        throw .syntax(at: position)
      default:
        bytes.append(byte)
        position += 1
      }
    }
    throw .syntax(at: position)
  }

  /// Appends what stands after a backslash.
  private mutating func resolveEscape() throws(JSONError) {
    let sign = peek
    position += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(sign)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"): bytes.append(contentsOf: UTF8.encode(try unicodeEscape()) ?? UTF8.encodedReplacementCharacter)
    default: throw .syntax(at: position - 1)
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
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
    return scalar
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

  // MARK: numbers and words

  private mutating func scalar() throws(JSONError) -> JSON {
    switch peek {
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
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
    guard end - position >= count else { throw .syntax(at: position) }
    for index in 0..<count where bytes[position + index] != word.utf8Start[index] { throw .syntax(at: position) }
    position += count
    return value
  }

  // MARK: steps

  /// Enters an array or object: counts it and steps over its bracket.
  @inline(__always)
  private mutating func descend(_ bracket: Unicode.Scalar) throws(JSONError) {
    skipBlanks()
    try expect(bracket)
    guard depth < maximumDepth else { throw .tooDeep }
    depth += 1
  }

  /// The next byte; 0, which no rule accepts, at the end.
  @inline(__always)
  private var peek: UInt8 { position < end ? bytes[position] : 0 }

  @inline(__always)
  private mutating func skipBlanks() {
    // Most documents have none.
    while position < end, bytes[position] <= 0x20 {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  @inline(__always)
  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  @inline(__always)
  private mutating func expect(_ sign: Unicode.Scalar) throws(JSONError) {
    guard take(sign) else { throw .syntax(at: position) }
  }
}

extension JSON {
  /// Reads exactly one document: RFC 8259 to the letter, UTF-8 only, no byte-order mark, no name twice in an object, no lone surrogate.
  ///
  /// At most `maximumDepth` arrays and objects stand inside each other (a bare number has depth 0), so that no input can exhaust the
  /// stack. The size is bounded by whoever read the bytes.
  public static func parse(_ bytes: some Collection<UInt8>, maximumDepth: Int = 32) throws(JSONError) -> JSON {
    var scanner = JSONScanner(Array(bytes), maximumDepth: maximumDepth)
    let value = try scanner.value()
    try scanner.finish()
    return value
  }
}
