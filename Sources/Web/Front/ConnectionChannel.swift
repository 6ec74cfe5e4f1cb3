internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// The framework's connection with handlers of ours right behind the parser, before a request is made ready for a task of its own.
struct ConnectionChannel: ServerChildChannel {
  private let base: HTTP1Channel
  private let handlers: @Sendable () -> [any ChannelHandler]

  /// - Parameter handlers: makes those of one connection; the first stands next to the parser.
  init(_ base: HTTP1Channel, _ handlers: @escaping @Sendable () -> [any ChannelHandler]) {
    self.base = base
    self.handlers = handlers
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandlers(handlers(), position: .after(parser))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
