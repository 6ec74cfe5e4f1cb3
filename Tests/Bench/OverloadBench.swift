/// Many more sign-ins than passwords can be hashed: how many people still get in, against few enough to wait all, who keep the hashing busy, and how long it
/// takes to turn the others away (THREATS OVR1).
///
/// Asked for by `deploy/bench overload`, which starts the sample. It asserts nothing.
enum OverloadBench {
  private struct Outcome: Sendable {
    var good = 0
    var refused = 0
    var other = 0
    var longestRefusal = 0.0

    mutating func add(_ one: Outcome) {
      good += one.good
      refused += one.refused
      other += one.other
      longestRefusal = max(longestRefusal, one.longestRefusal)
    }
  }

  static func run(_ arguments: [String]) async throws {
    guard arguments.count == 3, let port = UInt16(arguments[0]), let length = Double(arguments[2]) else {
      throw Unusable(what: "usage: bench overload PORT DATA-FOLDER SECONDS")
    }
    let load = try SampleLoad(port: port, sample: arguments[1] + "/sample.json")
    _ = try await storm(of: 8, for: 2, load)
    var runs = PairedRuns()
    var (refused, other, longest) = (0, 0, 0.0)
    for _ in 0..<5 {
      let busy = try await storm(of: 8, for: length, load)
      let over = try await storm(of: 64, for: length, load)
      runs.add(ours: Double(over.good) / length, yardstick: Double(busy.good) / length)
      refused += over.refused
      other += over.other
      longest = max(longest, over.longestRefusal)
    }
    let (ours, busy) = (PairedRuns.median(runs.ours), PairedRuns.median(runs.yardstick))
    print("| what | 64 at once | 8 at once, who all find a place | ratio (95 % interval) |")
    print("| --- | --- | --- | --- |")
    print(
      "| Sign-ins a second that succeed | \(rounded(ours)) | \(rounded(busy)) | \(rounded(runs.ratio)) "
        + "(\(rounded(runs.interval.low)) to \(rounded(runs.interval.high))) |")
    print("| Told to come again; the longest such answer | \(refused); \(rounded(longest)) s | | |")
    print("| Any other answer | \(other) | | |")
  }

  /// So many browsers, each signing somebody in as soon as it has its answer.
  private static func storm(of browsers: Int, for length: Double, _ load: SampleLoad) async throws -> Outcome {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(length)
    return try await withThrowingTaskGroup(of: Outcome.self) { group in
      for _ in 0..<browsers { group.addTask { try await oneBrowser(until: end, load) } }
      return try await group.reduce(into: Outcome()) { $0.add($1) }
    }
  }

  private static func oneBrowser(until end: ContinuousClock.Instant, _ load: SampleLoad) async throws -> Outcome {
    let clock = ContinuousClock()
    var outcome = Outcome()
    while clock.now < end {
      let begin = clock.now
      switch try await load.signInOnly() {
      // What began in this time and ended after it is no work of this time.
      case _ where clock.now >= end: break
      case 303: outcome.good += 1
      case 503:
        outcome.refused += 1
        outcome.longestRefusal = max(outcome.longestRefusal, begin.duration(to: clock.now) / .seconds(1))
        // Whoever is told to come again does so, if not as late as asked.
        try await Task.sleep(for: .milliseconds(200))
      default: outcome.other += 1
      }
    }
    return outcome
  }
}
