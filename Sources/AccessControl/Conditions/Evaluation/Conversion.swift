/// The functions that make one type of another (language definition, "List of Standard Definitions").
///
/// Texts are checked by grammars of our own before Swift reads them: `Double` would take hexadecimal and `nan(0x1)`.
enum Conversion {
  static func bool(_ value: CELValue) throws(EvaluationFault) -> Bool {
    switch value {
    case .bool(let value): return value
    case .string(let text):
      switch text {
      case "1", "t", "true", "TRUE", "True": return true
      case "0", "f", "false", "FALSE", "False": return false
      default: throw .invalidArgument
      }
    default: throw .noSuchOverload
    }
  }

  static func int(_ value: CELValue) throws(EvaluationFault) -> Int64 {
    switch value {
    case .int(let number): return number
    case .uint(let number):
      guard let number = Int64(exactly: number) else { throw .outOfRange }
      return number
    case .double(let number):
      // Strictly inside: -2^63 itself is refused as well.
      guard number > -0x1p63, number < 0x1p63 else { throw .outOfRange }
      return Int64(number)
    case .string(let text):
      guard isDigits(text.utf8.dropFirst(hasSign(text) ? 1 : 0)), let number = Int64(text) else { throw .invalidArgument }
      return number
    case .timestamp(let instant): return instant.seconds
    default: throw .noSuchOverload
    }
  }

  static func uint(_ value: CELValue) throws(EvaluationFault) -> UInt64 {
    switch value {
    case .uint(let number): return number
    case .int(let number):
      guard let number = UInt64(exactly: number) else { throw .outOfRange }
      return number
    case .double(let number):
      guard number >= 0, number < 0x1p64 else { throw .outOfRange }
      return UInt64(number)
    case .string(let text):
      guard isDigits(text.utf8[...]), let number = UInt64(text) else { throw .invalidArgument }
      return number
    default: throw .noSuchOverload
    }
  }

  static func double(_ value: CELValue) throws(EvaluationFault) -> Double {
    switch value {
    case .double(let number): return number
    case .int(let number): return Double(number)
    case .uint(let number): return Double(number)
    case .string(let text): return try double(text)
    default: throw .noSuchOverload
    }
  }

  private static func double(_ text: String) throws(EvaluationFault) -> Double {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let unsigned = text.utf8.dropFirst(hasSign(text) ? 1 : 0)
    switch String(Substring(unsigned)).lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: break
    }
    // digits [. digits] [exponent], with a digit on at least one side of the point.
    var rest = Array(unsigned)[...]
    let whole = takeDigits(&rest)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    if let sign = rest.first, sign | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard takeDigits(&rest) > 0 else { throw .invalidArgument }
    }
    guard whole + fraction > 0, rest.isEmpty, let number = Double(text) else { throw .invalidArgument }
    guard number.isFinite else { throw .outOfRange }
    return number
  }

  static func string(_ value: CELValue, _ cost: inout Cost) throws(EvaluationFault) -> String {
    switch value {
    case .string(let text): return text
    case .bool(let value): return value ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return string(number)
    case .bytes(let bytes):
      try cost.take(bytes: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidArgument }
      return text
    case .timestamp(let instant): return instant.text
    case .duration(let nanoseconds): return CELDuration.text(nanoseconds)
    default: throw .noSuchOverload
    }
  }

  /// The shortest digits that lead back to the number, laid out as `%g` of C does: with an exponent below -4 and from 6 on.
  private static func string(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf" }
    let sign = number.sign == .minus ? "-" : ""
    if number == 0 { return sign + "0" }
    let (digits, exponent) = shortestDigits(number.magnitude)
    if exponent < -4 || exponent >= 6 {
      let fraction = digits.count > 1 ? "." + text(digits[1...]) : ""
      let width = abs(exponent) < 10 ? "0" : ""
      return sign + text(digits[..<1]) + fraction + "e" + (exponent < 0 ? "-" : "+") + width + String(abs(exponent))
    }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + text(digits[...]) }
    let whole = digits.prefix(exponent + 1)
    let fraction = digits.dropFirst(exponent + 1)
    return sign + text(whole) + String(repeating: "0", count: exponent + 1 - whole.count)
      + (fraction.isEmpty ? "" : "." + text(fraction))
  }

  /// The significant digits, and the decimal exponent of the first. Swift finds the shortest ones; only its layout is another.
  private static func shortestDigits(_ number: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var (exponent, hasPoint) = (-1, false)
    var rest = Array(number.description.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else if byte == UInt8(ascii: "e") {
        exponent += Int(String(decoding: rest, as: UTF8.self)) ?? 0
        break
      } else if byte == UInt8(ascii: "0"), digits.isEmpty {
        if hasPoint { exponent -= 1 }
      } else {
        digits.append(byte)
        if !hasPoint { exponent += 1 }
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, exponent)
  }

  private static func text(_ digits: ArraySlice<UInt8>) -> String { String(decoding: digits, as: UTF8.self) }

  static func bytes(_ value: CELValue, _ cost: inout Cost) throws(EvaluationFault) -> [UInt8] {
    switch value {
    case .bytes(let bytes): return bytes
    case .string(let text):
      try cost.take(bytes: text.utf8.count)
      return Array(text.utf8)
    default: throw .noSuchOverload
    }
  }

  static func timestamp(_ value: CELValue) throws(EvaluationFault) -> CELInstant {
    switch value {
    case .timestamp(let instant): return instant
    case .string(let text):
      guard let instant = CELInstant(text) else { throw .invalidArgument }
      return instant
    case .int(let seconds):
      guard let instant = CELInstant(seconds: seconds) else { throw .outOfRange }
      return instant
    default: throw .noSuchOverload
    }
  }

  static func duration(_ value: CELValue) throws(EvaluationFault) -> Int64 {
    switch value {
    case .duration(let nanoseconds): return nanoseconds
    case .string(let text):
      guard let nanoseconds = CELDuration.parse(text) else { throw .invalidArgument }
      return nanoseconds
    default: throw .noSuchOverload
    }
  }

  private static func hasSign(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
  }

  private static func isDigits(_ bytes: Substring.UTF8View) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
    let count = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    bytes = bytes.dropFirst(count)
    return count
  }
}
