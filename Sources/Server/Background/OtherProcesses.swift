internal import Identity
internal import Logging
internal import Primitives
internal import Storage
internal import Synchronization

/// Notices what other `usher` commands write to the same database, and says when the database cannot be asked: at most once a minute, though it
/// is tried ten times a second.
final class OtherProcesses: Sendable {
  private let store: any PersistentStore
  private let clock: @Sendable () -> Timestamp
  private let logger: Logger
  private let lastTold = Mutex<Timestamp?>(nil)

  init(_ store: any PersistentStore, clock: @escaping @Sendable () -> Timestamp, logger: Logger) {
    self.store = store
    self.clock = clock
    self.logger = logger
  }

  func run() async { await store.watchOtherProcesses { [self] in tell($0) } }

  private func tell(_ error: any Error) {
    let now = clock()
    let isDue = lastTold.withLock { last in
      if let last, now < last + .minutes(1) { return false }
      last = now
      return true
    }
    if isDue { logger.error("the database cannot be asked for changes", metadata: ["error": "\(error)"]) }
  }
}
