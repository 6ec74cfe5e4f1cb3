/// Durations as text: nanoseconds in 64 bits.
enum CELDuration {
  /// A sign, then `0` or numbers with units (`h`, `m`, `s`, `ms`, `us`, `ns`) that add up: `1h30m`, `-1.5s`. Digits below a nanosecond are
  /// cut off.
  static func parse(_ text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    if bytes.elementsEqual("0".utf8) { return 0 }
    guard !bytes.isEmpty else { return nil }
    // The smallest duration has a magnitude that the largest has not.
    var magnitude: UInt64 = 0
    while !bytes.isEmpty {
      guard let part = component(&bytes) else { return nil }
      let (sum, overflow) = magnitude.addingReportingOverflow(part)
      guard !overflow, sum <= Int64.min.magnitude else { return nil }
      magnitude = sum
    }
    return isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(exactly: magnitude)
  }

  /// One number with its unit, in nanoseconds.
  private static func component(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    let whole = digits(&bytes)
    var fraction: ArraySlice<UInt8> = []
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      fraction = digits(&bytes)
    }
    guard !(whole.isEmpty && fraction.isEmpty), let unit = unit(&bytes) else { return nil }
    var total: UInt64 = 0
    for digit in whole {
      let (product, overflow) = total.multipliedReportingOverflow(by: 10)
      let (sum, overflowOfSum) = product.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      if overflow || overflowOfSum { return nil }
      total = sum
    }
    let (scaled, overflow) = total.multipliedReportingOverflow(by: unit)
    // At most fourteen digits of a fraction can matter: an hour has 3.6e12 nanoseconds.
    var (numerator, denominator): (UInt64, UInt64) = (0, 1)
    for digit in fraction.prefix(14) {
      numerator = numerator * 10 + UInt64(digit - UInt8(ascii: "0"))
      denominator *= 10
    }
    let (high, low) = numerator.multipliedFullWidth(by: unit)
    let part = denominator.dividingFullWidth((high, low)).quotient
    let (sum, overflowOfSum) = scaled.addingReportingOverflow(part)
    return overflow || overflowOfSum ? nil : sum
  }

  private static func digits(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    bytes = bytes[digits.endIndex...]
    return digits
  }

  private static func unit(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    for (name, nanoseconds) in units where bytes.starts(with: name.utf8) {
      bytes = bytes.dropFirst(name.utf8.count)
      return nanoseconds
    }
    return nil
  }

  /// `ms` before `m`, because the first that fits is taken.
  private static let units: [(String, UInt64)] = [
    ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  /// Decimal seconds: `5400s`, `-1.025s`.
  static func text(_ nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    let fraction = Int64(magnitude % 1_000_000_000)
    return (nanoseconds < 0 ? "-" : "") + String(magnitude / 1_000_000_000)
      + (fraction == 0 ? "" : "." + CELInstant.fraction(fraction)) + "s"
  }
}
