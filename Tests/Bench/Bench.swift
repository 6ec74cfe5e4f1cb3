internal import Glibc

/// The benchmarks of `deploy/bench`: each prints a row of one table. Nothing here passes or fails.
@main struct Bench {
  static func main() async throws {
    switch CommandLine.arguments.dropFirst().first {
    case "passwords": print(try PasswordBench.row())
    case "tokens": print(try await TokenBench.row())
    case "serve-decisions": try await DecisionBench.serve()
    default:
      print("usage: bench passwords | tokens | serve-decisions")
      exit(64)
    }
  }
}
