internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// What a server answered, as it came.
package struct HTTPReply: Sendable {
  package let status: Int
  /// In their order, names as sent.
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The first value of a header, whatever the case of its name.
  package func header(_ name: String) -> String? { all(name).first }

  package func all(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }
}

/// One connection to a server on this machine, down to the bytes: what a test writes is what is sent.
package final class HTTPConnection: Sendable {
  package enum Fault: Error { case closed, malformed }

  private let channel: any Channel
  private let inbox: Inbox

  private init(channel: any Channel, inbox: Inbox) {
    self.channel = channel
    self.inbox = inbox
  }

  deinit { channel.close(promise: nil) }

  package static func open(port: UInt16) async throws -> HTTPConnection {
    let inbox = Inbox()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(inbox) }
      }
      .connect(host: "127.0.0.1", port: Int(port)).get()
    return HTTPConnection(channel: channel, inbox: inbox)
  }

  package func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  package func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Waits for the next answer whole.
  ///
  /// - Parameter toHead: an answer to HEAD has no body, whatever its length says.
  /// - Throws: `Fault.closed` when the connection ends before.
  package func receive(toHead: Bool = false) async throws -> HTTPReply {
    while true {
      if let reply = try inbox.takeReply(toHead: toHead) { return reply }
      guard await inbox.waitForMore() else { throw Fault.closed }
    }
  }

  /// Waits until the server has closed the connection.
  ///
  /// - Returns: what nobody received, as text.
  package func rest() async -> String {
    await waitForClose()
    return inbox.takeRest()
  }

  /// Waits until the server has closed the connection, and drops what still comes.
  package func waitForClose() async {
    while await inbox.waitForMore() {}
  }
}

/// Bytes that came and nobody took yet.
private final class Inbox: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  private struct State {
    var bytes: [UInt8] = []
    var hasNews = false
    var hasEnded = false
    var waiter: CheckedContinuation<Bool, Never>?
  }

  private let state = Mutex(State())

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    tell { $0.bytes.append(contentsOf: part.readableBytesView) }
  }

  func channelInactive(context: ChannelHandlerContext) { tell { $0.hasEnded = true } }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func tell(_ change: (inout State) -> Void) {
    let waiter = state.withLock { state in
      change(&state)
      state.hasNews = true
      defer { state.waiter = nil }
      if state.waiter != nil { state.hasNews = false }
      return state.waiter.map { ($0, !state.hasEnded) }
    }
    if let (waiter, goesOn) = waiter { waiter.resume(returning: goesOn) }
  }

  /// - Returns: false when the connection has ended and nothing new will come.
  func waitForMore() async -> Bool {
    await withCheckedContinuation { continuation in
      let now: Bool? = state.withLock { state in
        // News first: an answer and the end of the connection can arrive together.
        if state.hasNews {
          state.hasNews = false
          return true
        }
        if state.hasEnded { return false }
        state.waiter = continuation
        return nil
      }
      if let now { continuation.resume(returning: now) }
    }
  }

  func takeRest() -> String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

  func takeReply(toHead: Bool) throws -> HTTPReply? {
    try state.withLock { state in
      guard let (reply, length) = try Self.parse(state.bytes, toHead: toHead) else { return nil }
      state.bytes.removeFirst(length)
      return reply
    }
  }

  /// Our server always tells the length, so that no other framing needs to be known.
  private static func parse(_ bytes: [UInt8], toHead: Bool) throws -> (HTTPReply, Int)? {
    guard let headEnd = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self).components(of: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, let status = Int(words[1]) else { throw HTTPConnection.Fault.malformed }
    let headers = lines.dropFirst().map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " }))
    }
    let announced = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    let length = toHead || status == 204 || status == 304 ? 0 : announced
    guard bytes.count >= headEnd.upperBound + length else { return nil }
    let body = Array(bytes[headEnd.upperBound..<headEnd.upperBound + length])
    return (HTTPReply(status: status, headers: headers, body: body), headEnd.upperBound + length)
  }
}

extension String {
  /// The parts between separators, by their bytes: to Swift `\r\n` is one character.
  fileprivate func components(of separator: String) -> [String] {
    var parts: [String] = []
    var rest = Array(utf8)[...]
    while let range = rest.firstRange(of: Array(separator.utf8)) {
      parts.append(String(decoding: rest[..<range.lowerBound], as: UTF8.self))
      rest = rest[range.upperBound...]
    }
    return parts + [String(decoding: rest, as: UTF8.self)]
  }
}
