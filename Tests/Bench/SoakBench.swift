internal import Foundation

/// A mixed load on a running server for some minutes, and what the server holds meanwhile: what grows shows as a slope.
///
/// Asked for by `deploy/bench soak`, which starts the sample. It asserts nothing.
enum SoakBench {
  static func run(_ arguments: [String]) async throws {
    guard arguments.count == 4, let port = UInt16(arguments[0]), let process = Int32(arguments[1]),
      let length = Double(arguments[3])
    else { throw Unusable(what: "usage: bench soak PORT PROCESS DATA-FOLDER SECONDS") }
    let load = try SampleLoad(port: port, sample: arguments[2] + "/sample.json")
    let held = Held(process: process, dataFolder: arguments[2])
    let samples = try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await load.repeating(every: .milliseconds(400)) { try await load.signIn() } }
      group.addTask {
        try await load.repeating(every: .milliseconds(20)) { try await load.takeAToken() }
      }
      group.addTask { try await load.repeating(every: .milliseconds(10)) { try await load.decide() } }
      group.addTask { try await load.repeating(every: .milliseconds(50)) { try await load.read() } }
      defer { group.cancelAll() }
      var samples: [Held.Sample] = []
      let (clock, start) = (ContinuousClock(), ContinuousClock().now)
      while case let elapsed = start.duration(to: clock.now) / .seconds(1), elapsed < length {
        samples.append(try held.sample(at: elapsed))
        try await Task.sleep(for: .seconds(2))
      }
      return samples
    }
    print("| what a server holds under a mixed load | at the start | at the end | slope an hour |")
    print("| --- | --- | --- | --- |")
    for (name, value) in Held.kinds { print(row(name, samples.map { (x: $0.seconds, y: value($0)) })) }
    print("")
    print(load.summary)
  }

  /// The slope of the least squares line through the last two thirds: what is filled at the start (caches, pools) is no growth.
  private static func row(_ name: String, _ points: [(x: Double, y: Double)]) -> String {
    guard let first = points.first, let last = points.last else { return "" }
    let settled = points.dropFirst(points.count / 3)
    let count = Double(settled.count)
    let (meanX, meanY) = (settled.reduce(0) { $0 + $1.x } / count, settled.reduce(0) { $0 + $1.y } / count)
    let spread = settled.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    let slope = spread > 0 ? settled.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread * 3_600 : 0
    let share = meanY > 0 ? " (\(rounded(slope / meanY * 100, 1)) %)" : ""
    return "| \(name) | \(rounded(first.y, 1)) | \(rounded(last.y, 1)) | \(rounded(slope, 1))\(share) |"
  }
}

/// What the process holds, as the system tells.
private struct Held {
  struct Sample {
    let seconds: Double
    let memory: Double
    let files: Double
    let threads: Double
    let log: Double
    let database: Double
  }

  static let kinds: [(String, @Sendable (Sample) -> Double)] = [
    ("memory, MB", { $0.memory }), ("open files", { $0.files }), ("threads", { $0.threads }),
    ("write-ahead log, MB", { $0.log }), ("database (it keeps what happened), MB", { $0.database }),
  ]

  let process: Int32
  let dataFolder: String

  func sample(at seconds: Double) throws -> Sample {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8).split(separator: "\n")
    func number(_ name: String) -> Double {
      let line = status.first { $0.hasPrefix(name + ":") }
      return line.flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Double($0) } ?? 0
    }
    return Sample(
      seconds: seconds, memory: number("VmRSS") / 1_024,
      files: Double(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count), threads: number("Threads"),
      log: megabytes("usher.sqlite-wal"), database: megabytes("usher.sqlite"))
  }

  private func megabytes(_ name: String) -> Double {
    let size = try? FileManager.default.attributesOfItem(atPath: "\(dataFolder)/\(name)")[.size] as? Int
    return Double(size ?? 0) / 1_048_576
  }
}
