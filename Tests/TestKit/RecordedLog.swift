package import Logging
internal import Synchronization

/// Keeps what is logged, so that a test can look for what must not stand there.
package final class RecordedLog: Sendable {
  private let kept = Mutex<[String]>([])

  package init() {}

  /// Every line so far, message and metadata in one text.
  package var lines: [String] { kept.withLock { $0 } }

  package var logger: Logger {
    var logger = Logger(label: "test", factory: { _ in Handler(log: self) })
    logger.logLevel = .debug
    return logger
  }

  private func keep(_ line: String) { kept.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let log: RecordedLog
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
      log.keep("\(event.level) \(event.message) \(all.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " "))")
    }
  }
}
