/// A moment taken apart into the fields of the proleptic Gregorian calendar in UTC, without Foundation.
///
/// The day arithmetic counts in eras of 400 years (146 097 days) that begin on the first of March, so that the leap day is the last
/// day of its year and needs no special case.
package struct CivilDate: Equatable {
  package var year: Int64
  package var month: Int64
  package var day: Int64
  package var hour: Int64
  package var minute: Int64
  package var second: Int64
  package var microsecond: Int64

  package init(year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64, microsecond: Int64) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  package init(_ moment: Timestamp) {
    let secondOfDay = moment.seconds.flooredRemainder(by: 86_400)
    let daysFromEra = moment.seconds.flooredDivision(by: 86_400) + Self.daysFromMarchOfYearZeroToEpoch
    let era = daysFromEra.flooredDivision(by: 146_097)
    let dayOfEra = daysFromEra.flooredRemainder(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = secondOfDay / 3_600
    minute = secondOfDay / 60 % 60
    second = secondOfDay % 60
    microsecond = moment.microseconds.flooredRemainder(by: 1_000_000)
  }

  /// The moment these fields name. Fields must be within their calendar bounds and the year within 0...9999.
  package var moment: Timestamp {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = yearFromMarch.flooredDivision(by: 400)
    let yearOfEra = yearFromMarch.flooredRemainder(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - Self.daysFromMarchOfYearZeroToEpoch
    return Timestamp(microseconds: (days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000_000 + microsecond)
  }

  /// Days from 0000-03-01 to 1970-01-01.
  private static let daysFromMarchOfYearZeroToEpoch: Int64 = 719_468

  package static func daysIn(month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
