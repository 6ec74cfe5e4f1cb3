/// Medians and the uncertainty of their ratio, for two things measured in turn on one machine.
struct PairedRuns {
  private(set) var ours: [Double] = []
  private(set) var yardstick: [Double] = []

  mutating func add(ours: Double, yardstick: Double) {
    self.ours.append(ours)
    self.yardstick.append(yardstick)
  }

  /// The median of the ratios of neighbouring runs: what disturbs the machine disturbs both.
  var ratio: Double { Self.median(ratios) }

  /// The interval that holds the median ratio in 95 of 100 repetitions, by order statistics of the sign test: no assumption about the shape of
  /// the noise.
  var interval: (low: Double, high: Double) {
    let sorted = ratios.sorted()
    guard let first = sorted.first, let last = sorted.last else { return (0, 0) }
    let spread = 1.96 * (Double(sorted.count).squareRoot()) / 2
    let low = Int((Double(sorted.count) / 2 - spread).rounded(.down))
    let high = Int((Double(sorted.count) / 2 + spread).rounded(.up))
    return (low >= 0 ? sorted[low] : first, high < sorted.count ? sorted[high] : last)
  }

  private var ratios: [Double] { zip(ours, yardstick).map { $0 / $1 } }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// Seconds that one call takes, by the monotonic clock.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try body()
  let taken = start.duration(to: clock.now).components
  return Double(taken.seconds) + Double(taken.attoseconds) / 1e18
}

/// A number with as many digits as it deserves.
func rounded(_ value: Double, _ digits: Int = 2) -> String {
  var factor = 1.0
  for _ in 0..<digits { factor *= 10 }
  return String((value * factor).rounded() / factor)
}
