/// The units in which lifetimes are written, and the two in which they are stored and sent. A day is 24 hours.
extension Duration {
  package static func minutes(_ count: Int64) -> Duration { .seconds(count.saturatingMultiply(60)) }
  package static func hours(_ count: Int64) -> Duration { .seconds(count.saturatingMultiply(3_600)) }
  package static func days(_ count: Int64) -> Duration { .seconds(count.saturatingMultiply(86_400)) }

  /// Whole microseconds, cut towards zero and held within `Int64`.
  package var microseconds: Int64 {
    components.seconds.saturatingMultiply(1_000_000).saturatingAdd(components.attoseconds / 1_000_000_000_000)
  }

  /// Whole seconds, cut towards zero: the form of `expires_in` and `Max-Age`.
  package var wholeSeconds: Int64 { components.seconds }
}
