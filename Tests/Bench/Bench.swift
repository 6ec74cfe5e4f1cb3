internal import Glibc

/// The benchmarks of `deploy/bench`: each prints a row of one table. Nothing here passes or fails.
@main struct Bench {
  static func main() async throws {
    switch CommandLine.arguments.dropFirst().first {
    case "passwords": print(try PasswordBench.row())
    case "tokens": print(try await TokenBench.row())
    case "evaluation": try await EvaluationBench.serve()
    case "access": try AccessBench.run()
    case "overload": try await OverloadBench.run(Array(CommandLine.arguments.dropFirst(2)))
    case "store": try await StoreBench.run(Array(CommandLine.arguments.dropFirst(2)))
    case "freshness": try await FreshnessBench.run(Array(CommandLine.arguments.dropFirst(2)))
    case "soak": try await SoakBench.run(Array(CommandLine.arguments.dropFirst(2)))
    default:
      print(
        """
        usage: bench passwords | tokens | evaluation | access | store … | freshness DATABASE CHANGES | overload PORT DATA-FOLDER SECONDS | soak PORT PROCESS DATA-FOLDER SECONDS
        """
      )
      exit(64)
    }
  }
}

/// Hands on what was printed, to whoever reads it through a pipe.
func flush() { fflush(nil) }
