internal import Identity
internal import Logging

/// Writes down every minute which assignments this process saw used, and at the end what is left. With this loop standing still every answer stays the
/// same, and what is used looks unused.
struct WritingUses: Sendable {
  let environment: Environment
  let logger: Logger

  func run(every interval: Duration) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: interval)
      // Also when the sleep was ended: the last words are not cancelled with their writer.
      await Task { await write() }.value
    }
  }

  private func write() async {
    do { try await WriteUses()(env: environment) } catch {
      // Nothing is lost: they wait for the next time.
      logger.debug("which assignments were used could not be written down", metadata: ["error": "\(error)"])
    }
  }
}
