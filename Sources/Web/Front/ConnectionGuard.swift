internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Ends connections that cost more than they bring: after an answer that says `Connection: close`, when a body does not arrive in time, and when
/// a head is so long that it was not read to its end (THREATS HTP1, HTP6).
///
/// Closing happens in two steps. First only our direction is closed, so that the answer reaches somebody who is still sending; what they send is
/// dropped. A little later the rest is closed.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private enum State { case open, lastAnswer, closing }

  private let bodyTimeout: TimeAmount
  private let lingering: TimeAmount = .seconds(1)
  private var state = State.open
  private var requestsInProgress = 0
  private var bodyDeadline: Scheduled<Void>?

  init(bodyTimeout: TimeAmount) { self.bodyTimeout = bodyTimeout }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard state != .closing else { return }
    switch unwrapInboundIn(data) {
    case .head:
      requestsInProgress += 1
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      bodyDeadline?.cancel()
      bodyDeadline = context.eventLoop.scheduleTask(in: bodyTimeout) { bound.value.close(promise: nil) }
    case .body: break
    case .end: bodyDeadline?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      if head.headerFields[.connection] == "close" { state = .lastAnswer }
    case .body: break
    case .end:
      requestsInProgress -= 1
      if state == .lastAnswer {
        context.writeAndFlush(data, promise: promise)
        close(context)
        return
      }
    }
    context.write(data, promise: promise)
  }

  /// A head past the reader's own bound. With requests before it still to be answered, the connection ends as after any unreadable request.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard case HTTPParserError.headerOverflow = error, requestsInProgress == 0, state == .open else {
      context.fireErrorCaught(error)
      return
    }
    let head = HTTPResponse(
      status: .requestHeaderFieldsTooLarge, headerFields: [.contentLength: "0", .connection: "close", .cacheControl: "no-store"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    close(context)
  }

  private func close(_ context: ChannelHandlerContext) {
    state = .closing
    bodyDeadline?.cancel()
    context.close(mode: .output, promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: lingering) { bound.value.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { bodyDeadline?.cancel() }
}
