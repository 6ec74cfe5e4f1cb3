internal import Identity
internal import Logging

/// Runs `CleanUp` once an hour. With this loop standing still every answer stays the same.
struct TidyUp: Sendable {
  let environment: Environment
  let logger: Logger

  func run(every interval: Duration) async {
    while !Task.isCancelled {
      do {
        let count = try await CleanUp()(env: environment)
        if count > 0 { logger.debug("tidied up", metadata: ["rows": "\(count)"]) }
      } catch {
        logger.warning("tidying up failed", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: interval)
    }
  }
}
