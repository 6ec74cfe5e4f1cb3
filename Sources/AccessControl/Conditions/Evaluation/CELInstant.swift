internal import Primitives

/// A timestamp of CEL: an instant from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, to the nanosecond, without a zone.
struct CELInstant: Hashable, Sendable, Comparable {
  /// Since 1970, rounded down.
  let seconds: Int64
  /// 0..<1 000 000 000
  let nanoseconds: Int64

  /// Nil outside the range.
  init?(seconds: Int64, nanoseconds: Int64 = 0) {
    guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  static func < (left: CELInstant, right: CELInstant) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// This instant moved by nanoseconds; nil outside the range.
  func moved(by span: Int64) -> CELInstant? {
    let sum = nanoseconds + span.flooredRemainder(by: 1_000_000_000)
    return CELInstant(
      seconds: seconds + span.flooredDivision(by: 1_000_000_000) + sum / 1_000_000_000, nanoseconds: sum % 1_000_000_000)
  }

  /// Nanoseconds from another instant to this one; nil beyond 64 bits, which is 292 years.
  func since(_ other: CELInstant) -> Int64? {
    // The parts have one sign before they are added, so that only a result that does not fit overflows.
    var (whole, part) = (seconds - other.seconds, nanoseconds - other.nanoseconds)
    if whole > 0, part < 0 { (whole, part) = (whole - 1, part + 1_000_000_000) }
    if whole < 0, part > 0 { (whole, part) = (whole + 1, part - 1_000_000_000) }
    let (product, overflow) = whole.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowOfSum) = product.addingReportingOverflow(part)
    return overflow || overflowOfSum ? nil : sum
  }

  /// The fields of its date and time in a zone that is so many seconds east of UTC.
  func civil(offset: Int64) -> CivilDate { CivilDate(Timestamp(seconds: seconds + offset)) }

  /// 0 is Sunday, of seconds since 1970 in the zone.
  static func dayOfWeek(_ seconds: Int64) -> Int64 { (seconds.flooredDivision(by: 86_400) + 4).flooredRemainder(by: 7) }

  /// 0 is the first of January.
  static func dayOfYear(_ civil: CivilDate) -> Int64 {
    (1..<civil.month).reduce(civil.day - 1) { $0 + CivilDate.daysIn(month: $1, of: civil.year) }
  }

  /// RFC 3339 in UTC, with as many digits of fraction as it takes.
  var text: String {
    let civil = civil(offset: 0)
    let fraction = nanoseconds == 0 ? "" : "." + Self.fraction(nanoseconds)
    return Self.padded(civil.year, 4) + "-" + Self.padded(civil.month, 2) + "-" + Self.padded(civil.day, 2) + "T"
      + Self.padded(civil.hour, 2) + ":" + Self.padded(civil.minute, 2) + ":" + Self.padded(civil.second, 2) + fraction + "Z"
  }

  /// Nine decimal places without the zeros at their end.
  static func fraction(_ nanoseconds: Int64) -> String {
    var digits = padded(nanoseconds, 9)
    while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
    return digits
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension CELInstant {
  /// Reads RFC 3339 §5.6 strictly: upper case, two digits everywhere, no leap second. Digits past the ninth are cut off.
  init?(_ text: String) {
    var reader = AsciiReader(text)
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
      let day = reader.digits(2), reader.take("T"), let hour = reader.digits(2), reader.take(":"),
      let minute = reader.digits(2), reader.take(":"), let second = reader.digits(2),
      (1...12).contains(month), (1...CivilDate.daysIn(month: month, of: year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var nanoseconds: Int64 = 0
    if reader.take(".") {
      guard let fraction = reader.fraction(digits: 9, atMost: .max) else { return nil }
      nanoseconds = fraction
    }
    var offset: Int64 = 0
    if !reader.take("Z") {
      guard let presented = reader.signedOffset() else { return nil }
      offset = presented
    }
    guard reader.isAtEnd else { return nil }
    let local = CivilDate(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: 0)
    self.init(seconds: local.moment.seconds - offset, nanoseconds: nanoseconds)
  }
}
