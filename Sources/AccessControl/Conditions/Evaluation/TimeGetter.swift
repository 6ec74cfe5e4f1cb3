internal import Primitives

/// The parts of a timestamp, and of a duration, that can be asked for.
enum TimeGetter: String, CaseIterable {
  case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear, getHours, getMinutes, getSeconds,
    getMilliseconds

  var isOfDurations: Bool {
    switch self {
    case .getHours, .getMinutes, .getSeconds, .getMilliseconds: true
    default: false
    }
  }
}

extension TimeGetter {
  /// The part of a timestamp, in UTC or a zone, or of a duration.
  func value(of time: CELValue, zone: CELValue?) throws(EvaluationFault) -> Int64 {
    switch (time, zone) {
    case (.timestamp(let instant), nil): return value(of: instant, offset: 0)
    case (.timestamp(let instant), .string(let zone)?):
      guard let offset = CELZone.offset(zone) else { throw .invalidArgument }
      return value(of: instant, offset: offset)
    case (.duration(let nanoseconds), nil):
      guard let value = value(of: nanoseconds) else { throw .noSuchOverload }
      return value
    default: throw .noSuchOverload
    }
  }

  private func value(of instant: CELInstant, offset: Int64) -> Int64 {
    let civil = instant.civil(offset: offset)
    return switch self {
    case .getFullYear: civil.year
    case .getMonth: civil.month - 1
    case .getDate: civil.day
    case .getDayOfMonth: civil.day - 1
    case .getDayOfWeek: CELInstant.dayOfWeek(instant.seconds + offset)
    case .getDayOfYear: CELInstant.dayOfYear(civil)
    case .getHours: civil.hour
    case .getMinutes: civil.minute
    case .getSeconds: civil.second
    case .getMilliseconds: instant.nanoseconds / 1_000_000
    }
  }

  /// Of the whole duration, cut off toward zero; only the milliseconds are what is left below a second.
  private func value(of nanoseconds: Int64) -> Int64? {
    switch self {
    case .getHours: nanoseconds / 3_600_000_000_000
    case .getMinutes: nanoseconds / 60_000_000_000
    case .getSeconds: nanoseconds / 1_000_000_000
    case .getMilliseconds: nanoseconds % 1_000_000_000 / 1_000_000
    default: nil
    }
  }
}
