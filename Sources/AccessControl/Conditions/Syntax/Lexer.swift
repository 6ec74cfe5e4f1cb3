private import Primitives

/// Takes the text of a condition apart (CEL language definition, "Syntax").
struct Lexer {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  /// All tokens with the byte each begins at; the last is `end`.
  static func tokens(of text: String) throws(ConditionFault) -> [(token: Token, offset: Int)] {
    var lexer = Lexer(text)
    var tokens: [(token: Token, offset: Int)] = []
    while true {
      lexer.skipBlanks()
      let offset = lexer.position
      let token = try lexer.next()
      tokens.append((token, offset))
      if token == .end { return tokens }
    }
  }

  private mutating func next() throws(ConditionFault) -> Token {
    guard let byte = peek() else { return .end }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: ".") where Self.isDigit(peek(1)): return try number()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try text(isRaw: false)
    case UInt8(ascii: "`"): return try quotedIdentifier()
    case _ where Self.isLetter(byte): return try word()
    default: return try sign()
    }
  }

  // MARK: Words and signs

  private mutating func word() throws(ConditionFault) -> Token {
    if let prefix = literalPrefix() {
      position += prefix.length
      return prefix.isBytes ? try bytesLiteral(isRaw: prefix.isRaw) : try text(isRaw: prefix.isRaw)
    }
    let start = position
    while Self.isLetter(peek()) || Self.isDigit(peek()) { position += 1 }
    switch String(decoding: bytes[start..<position], as: UTF8.self) {
    case "true": return .true
    case "false": return .false
    case "null": return .null
    case "in": return .sign(.in)
    case let name: return .identifier(name)
    }
  }

  /// `r`, `b` or `br` directly before a quote.
  private func literalPrefix() -> (length: Int, isBytes: Bool, isRaw: Bool)? {
    let (first, second) = (Self.lowered(peek()), Self.lowered(peek(1)))
    if first == UInt8(ascii: "r"), Self.isQuote(peek(1)) { return (1, false, true) }
    if first == UInt8(ascii: "b"), Self.isQuote(peek(1)) { return (1, true, false) }
    if first == UInt8(ascii: "b"), second == UInt8(ascii: "r"), Self.isQuote(peek(2)) { return (2, true, true) }
    return nil
  }

  private mutating func quotedIdentifier() throws(ConditionFault) -> Token {
    let start = position
    position += 1
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || [0x2E, 0x2D, 0x2F, 0x20].contains(byte) {
      position += 1
    }
    guard peek() == UInt8(ascii: "`"), position > start + 1 else {
      throw fault("a field name between backticks consists of letters, digits, '_', '.', '-', '/' and blanks", at: start)
    }
    position += 1
    return .quotedIdentifier(String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self))
  }

  private mutating func sign() throws(ConditionFault) -> Token {
    for length in [2, 1] where position + length <= bytes.count {
      if let sign = Token.Sign(rawValue: String(decoding: bytes[position..<(position + length)], as: UTF8.self)) {
        position += length
        return .sign(sign)
      }
    }
    throw fault("this character has no meaning here", at: position)
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      switch byte {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20: position += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while let byte = peek(), byte != 0x0A { position += 1 }
      default: return
      }
    }
  }

  // MARK: Numbers

  private mutating func number() throws(ConditionFault) -> Token {
    let start = position
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x"), peek(2).flatMap(Hex.value) != nil {
      position += 2
      let digits = position
      while peek().flatMap(Hex.value) != nil { position += 1 }
      return try whole(digits..<position, radix: 16, at: start)
    }
    skipDigits()
    var isWhole = true
    if peek() == UInt8(ascii: "."), Self.isDigit(peek(1)) {
      isWhole = false
      position += 1
      skipDigits()
    }
    if Self.lowered(peek()) == UInt8(ascii: "e") {
      let signLength = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      if Self.isDigit(peek(1 + signLength)) {
        isWhole = false
        position += 1 + signLength
        skipDigits()
      }
    }
    if isWhole { return try whole(start..<position, radix: 10, at: start) }
    guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)), value.isFinite else {
      throw fault("this number is larger than a double can hold", at: start)
    }
    return .double(value)
  }

  private mutating func whole(_ digits: Range<Int>, radix: Int, at start: Int) throws(ConditionFault) -> Token {
    guard let value = UInt64(String(decoding: bytes[digits], as: UTF8.self), radix: radix) else {
      throw fault("this number is larger than 64 bits can hold", at: start)
    }
    guard Self.lowered(peek()) == UInt8(ascii: "u") else { return .int(value) }
    position += 1
    return .uint(value)
  }

  private mutating func skipDigits() {
    while Self.isDigit(peek()) { position += 1 }
  }

  // MARK: Strings

  private mutating func text(isRaw: Bool) throws(ConditionFault) -> Token {
    let start = position
    let content = try quoted(isRaw: isRaw, isBytes: false)
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault("this string is not valid Unicode", at: start)
    }
    return .string(text)
  }

  private mutating func bytesLiteral(isRaw: Bool) throws(ConditionFault) -> Token {
    .bytes(try quoted(isRaw: isRaw, isBytes: true))
  }

  /// What stands between quotes; escapes are replaced by their bytes.
  private mutating func quoted(isRaw: Bool, isBytes: Bool) throws(ConditionFault) -> [UInt8] {
    let start = position
    let quote = bytes[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    position += isTriple ? 3 : 1
    var content: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case quote where !isTriple || peek(1) == quote && peek(2) == quote:
        position += isTriple ? 3 : 1
        return content
      case UInt8(ascii: "\\") where !isRaw:
        try content += escape(isBytes: isBytes)
      case 0x0A where !isTriple, 0x0D where !isTriple:
        throw fault("a string on one line ends on that line; use three quotes for more lines", at: start)
      case 0x0D:
        // Lines end as in cel-go and cel-cpp, however the text came here.
        content.append(0x0A)
        position += peek(1) == 0x0A ? 2 : 1
      default:
        content.append(byte)
        position += 1
      }
    }
    throw fault("the quote that begins here is never closed", at: start)
  }

  private mutating func escape(isBytes: Bool) throws(ConditionFault) -> [UInt8] {
    let start = position
    guard let sign = peek(1) else { throw fault("the quote is never closed", at: start) }
    position += 2
    switch sign {
    case UInt8(ascii: "a"): return [0x07]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "v"): return [0x0B]
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return [sign]
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return try code(digits: 2, radix: 16, from: start, isByte: isBytes)
    case UInt8(ascii: "u") where !isBytes: return try code(digits: 4, radix: 16, from: start, isByte: false)
    case UInt8(ascii: "U") where !isBytes: return try code(digits: 8, radix: 16, from: start, isByte: false)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      return try code(digits: 3, radix: 8, from: start, isByte: isBytes)
    default: throw fault("this escape does not exist", at: start)
    }
  }

  private mutating func code(digits: Int, radix: UInt32, from start: Int, isByte: Bool) throws(ConditionFault) -> [UInt8] {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = peek().flatMap(Hex.value), digit < radix else {
        throw fault("this escape wants exactly \(digits) digits", at: start)
      }
      value = value << (radix == 16 ? 4 : 3) | UInt32(digit)
      position += 1
    }
    if isByte { return [UInt8(truncatingIfNeeded: value)] }
    guard let scalar = Unicode.Scalar(value) else { throw fault("this escape names no Unicode character", at: start) }
    return Array(Character(scalar).utf8)
  }

  // MARK: Bytes

  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private func fault(_ message: String, at offset: Int) -> ConditionFault {
    ConditionFault(.syntax, at: offset, in: text, message)
  }

  private static func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isQuote(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  /// An ASCII letter as a small one.
  private static func lowered(_ byte: UInt8?) -> UInt8? { byte.map { $0 | 0x20 } }
}
