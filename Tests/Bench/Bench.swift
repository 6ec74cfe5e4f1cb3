internal import Glibc

/// The benchmarks of `deploy/bench`: each prints a row of one table. Nothing here passes or fails.
@main struct Bench {
  static func main() async throws {
    switch CommandLine.arguments.dropFirst().first {
    case "passwords": print(try PasswordBench.row())
    case "tokens": print(try await TokenBench.row())
    default:
      print("usage: bench passwords | tokens")
      exit(64)
    }
  }
}
