internal import Glibc
internal import Logging
internal import NIOCore
internal import Synchronization

/// Says, once for each time it begins, that the system gives no more open files for connections.
///
/// SwiftNIO waits a second then and tries again. But Dispatch, which every Swift process runs on, looks at a file of /proc every second while it is
/// busy, and ends the process when it cannot open it: this line may be the last. `ConnectionBound` keeps it from coming to this, unless somebody
/// lowers the limit of a running process or the whole machine has run out.
final class AcceptingConnections: ChannelInboundHandler, Sendable {
  typealias InboundIn = any Channel

  /// It has ended when there was no failure for this long: while files are short, one is free now and then.
  private static let quiet: TimeAmount = .minutes(1)

  private let logger: Logger
  private let lastFailure = Mutex<NIODeadline?>(nil)

  init(logger: Logger) { self.logger = logger }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let error = error as? IOError, begins(at: .now()) {
      logger.error(
        "no file can be opened for a new connection",
        metadata: ["error": "\(String(cString: strerror(error.errnoCode)))"])
    }
    context.fireErrorCaught(error)
  }

  private func begins(at now: NIODeadline) -> Bool {
    lastFailure.withLock { last in
      defer { last = now }
      return last.map { now - $0 > Self.quiet } ?? true
    }
  }
}
