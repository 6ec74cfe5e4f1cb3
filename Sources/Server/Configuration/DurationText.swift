internal import Primitives

/// Times as people write them in a configuration: a whole number and one unit, `90s`, `5m`, `8h`, `14d`.
enum DurationText {
  private static let units: [(letter: Character, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]

  static func read(_ text: String) -> Duration? {
    guard let unit = units.first(where: { $0.letter == text.last }) else { return nil }
    let digits = text.dropLast()
    guard let number = Int64(digits), number >= 0, String(number) == digits else { return nil }
    let (seconds, overflow) = number.multipliedReportingOverflow(by: unit.seconds)
    return overflow ? nil : .seconds(seconds)
  }

  /// Writes whole seconds in the largest unit that divides them.
  static func write(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    let unit = units.first { seconds != 0 && seconds % $0.seconds == 0 }
    return unit.map { "\(seconds / $0.seconds)\($0.letter)" } ?? "\(seconds)s"
  }
}
