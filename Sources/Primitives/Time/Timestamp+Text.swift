/// How a moment is written: RFC 3339 in documents, IMF-fixdate in HTTP headers.
extension Timestamp {
  /// `2026-01-02T03:04:05.678901Z`: always UTC, six digits of fraction or none when it is zero (RFC 3339 §5.6).
  ///
  /// RFC 3339 has four digits for the year; moments outside 0000...9999 are written as the nearest end of that range.
  package var rfc3339: String {
    let date = CivilDate(withinFourDigitYears)
    var text = AsciiText(capacity: 27)
    text.append(date.year, digits: 4)
    text.append("-")
    text.append(date.month, digits: 2)
    text.append("-")
    text.append(date.day, digits: 2)
    text.append("T")
    text.append(timeOf: date)
    if date.microsecond != 0 {
      text.append(".")
      text.append(date.microsecond, digits: 6)
    }
    text.append("Z")
    return text.string
  }

  /// Reads an RFC 3339 time with any offset. Digits past the microsecond are cut; a leap second (`:60`) is refused, because the clock
  /// this is compared with has none.
  package init?(rfc3339 text: String) {
    var reader = AsciiReader(text)
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
      let day = reader.digits(2),
      reader.take("T") || reader.take("t"),
      let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
      let second = reader.digits(2),
      (1...12).contains(month), (1...CivilDate.daysIn(month: month, of: year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var microsecond: Int64 = 0
    if reader.take(".") {
      guard let fraction = reader.fraction(digits: 6, atMost: 32) else { return nil }
      microsecond = fraction
    }
    var offset: Int64 = 0
    if !reader.take("Z") && !reader.take("z") {
      let isEast = reader.take("+")
      guard isEast || reader.take("-"), let hours = reader.digits(2), reader.take(":"), let minutes = reader.digits(2),
        hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (isEast ? 60 : -60)
    }
    guard reader.isAtEnd else { return nil }
    let local = CivilDate(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond)
    self.init(microseconds: local.moment.microseconds - offset * 1_000_000)
  }

  /// `Fri, 02 Jan 2026 03:04:05 GMT`: the only form HTTP may generate (RFC 9110 §5.6.7).
  package var httpDate: String {
    let moment = withinFourDigitYears
    let date = CivilDate(moment)
    let weekday = Int((moment.seconds.flooredDivision(by: 86_400) + 4).flooredRemainder(by: 7))
    var text = AsciiText(capacity: 29)
    text.append(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday])
    text.append(", ")
    text.append(date.day, digits: 2)
    text.append(
      [" Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec "][
        Int(date.month) - 1])
    text.append(date.year, digits: 4)
    text.append(" ")
    text.append(timeOf: date)
    text.append(" GMT")
    return text.string
  }

  private var withinFourDigitYears: Timestamp {
    let first: Int64 = -62_167_219_200 * 1_000_000
    let last: Int64 = 253_402_300_800 * 1_000_000 - 1
    return Timestamp(microseconds: min(max(microseconds, first), last))
  }
}

/// Writes fixed-width numbers and constants into one ASCII string.
private struct AsciiText {
  private var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(_ number: Int64, digits: Int) {
    var place: Int64 = 1
    for _ in 1..<digits { place *= 10 }
    while place > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / place % 10))
      place /= 10
    }
  }

  mutating func append(timeOf date: CivilDate) {
    append(date.hour, digits: 2)
    append(":")
    append(date.minute, digits: 2)
    append(":")
    append(date.second, digits: 2)
  }
}
