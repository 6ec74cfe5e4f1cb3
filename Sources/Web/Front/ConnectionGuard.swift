internal import NIOCore
internal import NIOHTTP1

/// Ends connections that cost more than they bring: after an answer that says `Connection: close`, when a body does not arrive in time, when
/// nothing happens, and when a head is so long that it was not read to its end (THREATS HTP1, HTP6).
///
/// Closing after an answer happens in two steps. First only our direction is closed, so that the answer reaches somebody who is still sending; what
/// they send is dropped. A little later the rest is closed.
///
/// It stands next to the parser, before whatever answers, and so sees every request.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State { case open, lastAnswer, closing }

  private let bodyTimeout: TimeAmount
  private let idleTimeout: TimeAmount
  private let lingering: TimeAmount = .seconds(1)
  private var state = State.open
  private var requestsInProgress = 0
  /// Whether a request came that has not ended.
  private var isReading = false
  private var bodyDeadline: Scheduled<Void>?
  private var idleDeadline: Scheduled<Void>?
  /// When the last part of a request came, or the last answer ended. A head counts once it is there as a whole.
  private var lastActivity = NIODeadline.uptimeNanoseconds(0)

  /// - Parameters:
  ///   - bodyTimeout: how long after its head a body must have arrived.
  ///   - idleTimeout: how long nothing may happen while no answer is owed.
  init(bodyTimeout: TimeAmount, idleTimeout: TimeAmount) {
    self.bodyTimeout = bodyTimeout
    self.idleTimeout = idleTimeout
  }

  func handlerAdded(context: ChannelHandlerContext) {
    lastActivity = context.eventLoop.now
    watchIdleness(context, until: lastActivity + idleTimeout)
  }

  func handlerRemoved(context: ChannelHandlerContext) { cancelDeadlines() }

  func channelInactive(context: ChannelHandlerContext) {
    cancelDeadlines()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard state != .closing else { return }
    lastActivity = context.eventLoop.now
    switch unwrapInboundIn(data) {
    case .head:
      requestsInProgress += 1
      isReading = true
    case .body: break
    case .end:
      isReading = false
      bodyDeadline?.cancel()
      bodyDeadline = nil
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // Most requests come whole, and need no deadline.
    if isReading, bodyDeadline == nil, state != .closing {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      bodyDeadline = context.eventLoop.scheduleTask(in: bodyTimeout) { bound.value.close(promise: nil) }
    }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      if head.headers.first(name: "Connection") == "close" { state = .lastAnswer }
    case .body: break
    case .end:
      wasAnswered(at: context.eventLoop.now)
      if state == .lastAnswer {
        context.writeAndFlush(data, promise: promise)
        close(context)
        return
      }
    }
    context.write(data, promise: promise)
  }

  /// Notes the end of an answer after which the connection stays open.
  func wasAnswered(at now: NIODeadline) {
    requestsInProgress -= 1
    lastActivity = now
  }

  /// A head past the reader's own bound. With requests before it still to be answered, the connection ends as after any unreadable request.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard case HTTPParserError.headerOverflow = error, requestsInProgress == 0, state == .open else {
      context.fireErrorCaught(error)
      return
    }
    let head = HTTPResponseHead(
      version: .http1_1, status: .requestHeaderFieldsTooLarge,
      headers: ["Content-Length": "0", "Connection": "close", "Cache-Control": "no-store"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    close(context)
  }

  private func close(_ context: ChannelHandlerContext) {
    state = .closing
    cancelDeadlines()
    context.close(mode: .output, promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: lingering) { bound.value.close(promise: nil) }
  }

  /// One task for the life of the connection: what happens meanwhile only moves the time at which it looks again.
  private func watchIdleness(_ context: ChannelHandlerContext, until deadline: NIODeadline) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    idleDeadline = context.eventLoop.scheduleTask(deadline: deadline) {
      let (me, context) = bound.value
      me.lookForActivity(context)
    }
  }

  private func lookForActivity(_ context: ChannelHandlerContext) {
    let now = context.eventLoop.now
    // Who waits for our answer is not idle; what is still to come of a request has its own deadline.
    if requestsInProgress > 0 { return watchIdleness(context, until: now + idleTimeout) }
    let deadline = lastActivity + idleTimeout
    if now < deadline { return watchIdleness(context, until: deadline) }
    context.close(promise: nil)
  }

  private func cancelDeadlines() {
    bodyDeadline?.cancel()
    idleDeadline?.cancel()
  }
}
