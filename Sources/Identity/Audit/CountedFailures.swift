package import Primitives

extension Transaction {
  /// Adds one to the count of a repeated failure in the hour of the occasion: such failures are counted, not written one by one.
  package func countFailure(_ event: String, _ occasion: Occasion) throws {
    try countFailure(event, hour: occasion.now.startOfHour)
  }
}

extension Timestamp {
  /// The hour this moment lies in, by which repeated failures are counted.
  package var startOfHour: Timestamp { Timestamp(seconds: seconds - (seconds % 3600 + 3600) % 3600) }
}
