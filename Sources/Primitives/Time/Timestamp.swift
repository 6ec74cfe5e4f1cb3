/// A moment, counted in microseconds since 1970-01-01T00:00:00Z. The one form of time in entities, rows and rules.
///
/// Leap seconds are not counted, as on every POSIX clock. Arithmetic saturates at the ends of `Int64` (year ±292 000) instead of
/// trapping, because lifetimes and presented times come from outside.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The moment `seconds` after the epoch: the form of `exp`, `iat` and `auth_time` (RFC 7519 §2, NumericDate).
  package init(seconds: Int64) {
    self.microseconds = seconds.saturatingMultiply(1_000_000)
  }

  /// Whole seconds since the epoch, rounded towards the past also before 1970.
  package var seconds: Int64 {
    microseconds.flooredDivision(by: 1_000_000)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  package static func + (moment: Timestamp, span: Duration) -> Timestamp {
    Timestamp(microseconds: moment.microseconds.saturatingAdd(span.microseconds))
  }

  package static func - (moment: Timestamp, span: Duration) -> Timestamp {
    Timestamp(microseconds: moment.microseconds.saturatingSubtract(span.microseconds))
  }

  /// The time from `earlier` to `later`; negative when the names lie.
  package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .microseconds(later.microseconds.saturatingSubtract(earlier.microseconds))
  }
}

/// In JSON a moment is the RFC 3339 text that `rfc3339` gives, so that a person can read a stored or sent document.
extension Timestamp: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let moment = Timestamp(rfc3339: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
    }
    self = moment
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rfc3339)
  }
}

extension Timestamp: CustomStringConvertible {
  package var description: String { rfc3339 }
}
