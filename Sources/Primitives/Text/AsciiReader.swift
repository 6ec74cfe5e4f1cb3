/// Takes fixed-width numbers and single signs from the front of a string.
package struct AsciiReader {
  private var rest: Substring.UTF8View

  package init(_ text: String) { rest = Substring(text).utf8 }

  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard let next = rest.first, next == UInt8(ascii: sign) else { return false }
    rest.removeFirst()
    return true
  }

  package mutating func digits(_ count: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// The digits after a point, at least one, read as a whole number of the `digits`-th decimal place.
  ///
  /// - Parameter most: how many are taken at most, whether they count or not.
  package mutating func fraction(digits: Int, atMost most: Int) -> Int64? {
    var number: Int64 = 0
    var count = 0
    while count < most, let digit = digit() {
      if count < digits { number = number * 10 + digit }
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, digits)..<digits { number *= 10 }
    return number
  }

  private mutating func digit() -> Int64? {
    guard let next = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) else { return nil }
    rest.removeFirst()
    return Int64(next - UInt8(ascii: "0"))
  }
}
