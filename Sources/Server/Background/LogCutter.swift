internal import Identity
internal import Logging
internal import Storage
internal import Synchronization
internal import Web

/// Keeps the write-ahead log of the database short, and says when somebody's long read does not let it: once when that begins, once when it is
/// over, and in `/health/ready` all the while (THREATS STO3).
final class LogCutter: Sendable {
  private let store: SQLiteStore
  private let warnings: HealthWarnings
  private let logger: Logger
  private let isHeldUp = Mutex(false)

  init(_ store: SQLiteStore, warnings: HealthWarnings, logger: Logger) {
    self.store = store
    self.warnings = warnings
    self.logger = logger
  }

  func run(every interval: Duration) async {
    while !Task.isCancelled {
      await look()
      try? await Task.sleep(for: interval)
    }
  }

  func look() async {
    do {
      switch try await store.cutLog() {
      case .short, .cut: tell(nil)
      case .heldUp(let bytes):
        tell(("the log of the database grows: another program has been reading from it for long", ["bytes": "\(bytes)"]))
      }
    } catch {
      tell(("the log of the database cannot be carried over", ["error": "\(error)"]))
    }
  }

  private func tell(_ trouble: (message: Logger.Message, metadata: Logger.Metadata)?) {
    let was = isHeldUp.withLock { state in
      defer { state = trouble != nil }
      return state
    }
    if let trouble {
      warnings.raise(.writeAheadLog)
      if !was { logger.warning(trouble.message, metadata: trouble.metadata) }
    } else if was {
      warnings.clear(.writeAheadLog)
      logger.notice("the log of the database is short again")
    }
  }
}
