internal import Primitives

/// Zones by which the parts of a timestamp can be asked for.
enum CELZone {
  /// Seconds east of UTC: of `UTC`, or of an offset `±HH:MM`, where a missing sign means east. Names of places are not known: their rules
  /// change with files of the machine, and a decision must be the same on every instance.
  static func offset(_ zone: String) -> Int64? {
    if zone.isExactly("UTC") { return 0 }
    var reader = AsciiReader(zone)
    let offset = reader.signedOffset(needsSign: false)
    return reader.isAtEnd ? offset : nil
  }
}

extension AsciiReader {
  /// `+02:00` in seconds.
  mutating func signedOffset(needsSign: Bool = true) -> Int64? {
    let isWest = take("-")
    guard isWest || take("+") || !needsSign, let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (isWest ? -60 : 60)
  }
}
