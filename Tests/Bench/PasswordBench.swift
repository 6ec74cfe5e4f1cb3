internal import CBench
internal import Primitives

/// Our PBKDF2 against a plain C loop over the same OpenSSL: 30 alternating runs, the median of their ratios and its interval.
enum PasswordBench {
  static func row() throws -> String {
    let password = Array("correct horse battery staple".utf8)
    let salt: [UInt8] = Array(0..<16)
    let iterations = PasswordCost.default.iterations
    var runs = PairedRuns()
    for turn in 0..<31 {
      var output = [UInt8](repeating: 0, count: 32)
      func yardstick() -> Double {
        seconds {
          _ = password.withUnsafeBytes { bytes in
            usher_bench_pbkdf2(
              bytes.bindMemory(to: CChar.self).baseAddress, password.count, salt, salt.count, Int32(iterations), 1, &output,
              output.count)
          }
        }
      }
      func ours() throws -> Double {
        try seconds { _ = try PBKDF2.derive(password: password, salt: salt, iterations: iterations, length: 32, hash: .sha512) }
      }
      // Who goes first changes with every turn, and the first turn only warms up.
      let pair =
        turn.isMultiple(of: 2)
        ? (try ours(), yardstick()) : { (yardstick: Double, ours: Double) in (ours, yardstick) }(yardstick(), try ours())
      if turn > 0 { runs.add(ours: pair.0, yardstick: pair.1) }
    }
    let (low, high) = runs.interval
    return """
      | PBKDF2-SHA-512, \(iterations) rounds, against a plain C loop | \(rounded(PairedRuns.median(runs.ours) * 1000, 1)) ms | \
      \(rounded(PairedRuns.median(runs.yardstick) * 1000, 1)) ms | \(rounded(runs.ratio, 3)) (\(rounded(low, 3)) to \(rounded(high, 3))) |
      """
  }
}
