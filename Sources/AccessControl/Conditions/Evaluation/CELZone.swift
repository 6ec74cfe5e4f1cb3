/// Zones by which the parts of a timestamp can be asked for.
enum CELZone {
  /// Seconds east of UTC: of `UTC`, or of an offset `±HH:MM`, where a missing sign means east. Names of places are not known: their rules
  /// change with files of the machine, and a decision must be the same on every instance.
  static func offset(_ zone: String) -> Int64? {
    if zone.hasSameBytes(as: "UTC") { return 0 }
    var reader = DigitReader(zone)
    let offset = reader.signedOffset(needsSign: false)
    return reader.isAtEnd ? offset : nil
  }
}
