package import Primitives

/// Days, moments and waits as people say them. Always in UTC, and named so where a clock is shown: we do not know where the reader is.
extension Sentences {
  /// `21 January 2027`, `21 января 2027 года`
  package func day(_ moment: Timestamp) -> String {
    let civil = CivilText(moment)
    return time.day(day: civil.day, month: month(civil.month), year: civil.year)
  }

  /// `21 January 2027, 14:05 UTC`
  package func moment(_ moment: Timestamp) -> String {
    time.moment(day: day(moment), clock: CivilText(moment).clock)
  }

  /// `in 5 minutes`. Rounded up, so that whoever waits that long does not come too early: to seconds under a minute, to minutes under two
  /// hours, to hours beyond.
  package func wait(_ span: Duration) -> String {
    let seconds = max(1, min(span.wholeSeconds, Int64.max - 1) + (span.components.attoseconds > 0 ? 1 : 0))
    func units(of size: Int64) -> Int { Int(clamping: seconds / size + (seconds % size > 0 ? 1 : 0)) }
    if seconds < 60 { return time.inSeconds(units(of: 1)) }
    if seconds < 7_200 { return time.inMinutes(units(of: 60)) }
    return time.inHours(units(of: 3_600))
  }

  private func month(_ number: Int) -> String {
    let months = [
      time.january, time.february, time.march, time.april, time.may, time.june, time.july, time.august, time.september,
      time.october,
      time.november, time.december,
    ]
    return months.indices.contains(number - 1) ? months[number - 1] : ""
  }
}

/// The fields of a moment's RFC 3339 text, which Primitives has computed already.
private struct CivilText {
  let year: String
  let month: Int
  let day: String
  let clock: String

  init(_ moment: Timestamp) {
    let halves = moment.rfc3339.split(separator: "T", maxSplits: 1)
    let date = halves.first?.split(separator: "-") ?? []
    year = date.count == 3 ? String(date[0]) : ""
    month = date.count == 3 ? Int(date[1]) ?? 0 : 0
    day = date.count == 3 ? String(Int(date[2]) ?? 0) : ""
    clock = halves.count == 2 ? String(halves[1].prefix(5)) : ""
  }
}
