/// Takes numbers of fixed width and signs from the front of a text.
struct DigitReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: sign) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// The digits after a point as nanoseconds; at least one.
  mutating func fraction() -> Int64? {
    guard var number = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      if count < 9 { number = number * 10 + digit }
      count += 1
    }
    for _ in min(count, 9)..<9 { number *= 10 }
    return number
  }

  /// `+02:00` in seconds.
  mutating func signedOffset(needsSign: Bool = true) -> Int64? {
    let isWest = take("-")
    guard isWest || take("+") || !needsSign, let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (isWest ? -60 : 60)
  }

  private mutating func digit() -> Int64? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    rest.removeFirst()
    return Int64(byte - UInt8(ascii: "0"))
  }
}
