internal import NIOCore
internal import NIOHTTP1
internal import Primitives

/// What can be answered where it is read: from memory, at once, and without any doubt about the request.
protocol ImmediateResponder: Sendable {
  /// How long a body may be for a request with this head to be answered here; nil for all that cannot be.
  func bodyLimit(for head: HTTPRequestHead) -> Int?

  /// The whole answer as it is sent, from its status line on; nil where the request is better asked in the usual way, which answers the same or says
  /// what is wrong. The connection stays open after it.
  ///
  /// - Parameter peer: the other side of the connection.
  func answer(to head: HTTPRequestHead, body: [UInt8], from peer: IPAddress) -> ByteBuffer?
}

/// Answers what needs no waiting on the event loop of its connection: to hand a request to a task and take its answer back costs more than a
/// decision. Whatever is not answered here goes on as it came, so that nothing is refused here and nothing decided that `Front` would not.
///
/// Only a request that came whole, in one go, is answered here, and only while the other side takes its answers and none is owed to a request that was
/// handed on: an answer never overtakes another, and nobody makes us keep answers they do not read. Such an answer is written in one piece, past the
/// encoder.
final class ImmediateAnswers: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private struct Request {
    let head: HTTPRequestHead
    let limit: Int
    var body: ByteBuffer?

    var length: Int { body?.readableBytes ?? 0 }
  }

  private let responder: any ImmediateResponder
  private let connection: ConnectionGuard
  /// Where the bytes of an answer leave.
  private var encoder: ChannelHandlerContext?
  private var peer = IPAddress.loopback
  /// What was read of a request that may be answered here.
  private var request: Request?
  /// How many requests were handed on and not answered yet.
  private var handedOn = 0
  private var hasAnswered = false

  /// - Parameter connection: counts what is answered.
  init(_ responder: any ImmediateResponder, on connection: ConnectionGuard) {
    self.responder = responder
    self.connection = connection
  }

  func handlerAdded(context: ChannelHandlerContext) {
    peer = context.remoteAddress?.ip ?? .loopback
    encoder = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
  }

  func handlerRemoved(context: ChannelHandlerContext) { encoder = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      guard handedOn == 0, let limit = responder.bodyLimit(for: head) else {
        handedOn += 1
        return context.fireChannelRead(data)
      }
      request = Request(head: head, limit: limit)
    case .body(var part):
      guard request != nil else { return context.fireChannelRead(data) }
      if request?.body?.writeBuffer(&part) == nil { request?.body = part }
      if let request, request.length > request.limit { handOn(request, context) }
    case .end(let trailers):
      guard let request else { return context.fireChannelRead(data) }
      guard trailers == nil, let encoder, context.channel.isWritable,
        let answer = responder.answer(to: request.head, body: request.body.map { Array($0.readableBytesView) } ?? [], from: peer)
      else {
        handOn(request, context)
        return context.fireChannelRead(data)
      }
      self.request = nil
      encoder.write(NIOAny(IOData.byteBuffer(answer)), promise: nil)
      connection.wasAnswered(at: context.eventLoop.now)
      hasAnswered = true
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // For the rest of it there is a deadline to be kept, which is not our business.
    if let request { handOn(request, context) }
    if hasAnswered {
      hasAnswered = false
      context.flush()
    }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { handedOn -= 1 }
    context.write(data, promise: promise)
  }

  private func handOn(_ request: Request, _ context: ChannelHandlerContext) {
    self.request = nil
    handedOn += 1
    context.fireChannelRead(wrapInboundOut(.head(request.head)))
    if let body = request.body { context.fireChannelRead(wrapInboundOut(.body(body))) }
  }
}
