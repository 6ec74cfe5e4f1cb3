internal import Glibc
internal import Identity
internal import NIOCore
internal import NIOPosix
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("OVR2"), .timeLimit(.minutes(1))) struct ManyConnections {
  @Test func `past the bound a connection waits, those that are open are served, and its turn comes when one ends`() async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make()) { $0.connections = 4 }
    var open: [HTTPConnection] = []
    for _ in 0..<4 {
      let connection = try await HTTPConnection.open(port: server.port)
      #expect(try await ask(connection) == 200)
      open.append(connection)
    }
    let (answering, answered) = AsyncStream<Int>.makeStream()
    let port = server.port
    let waiting = Task {
      let connection = try await HTTPConnection.open(port: port)
      answered.yield(try await ask(connection))
      return connection
    }
    // Whoever waits had all this time to be served.
    for _ in 0..<50 { for connection in open { #expect(try await ask(connection) == 200) } }
    #expect(server.log.lines.count { $0.hasPrefix("warning as many connections as may be") } == 1)
    open.removeFirst()
    var answers = answering.makeAsyncIterator()
    #expect(await answers.next() == 200)
    open.append(try await waiting.value)
    for connection in open { #expect(try await ask(connection) == 200) }
    #expect(server.log.lines.count { $0.hasPrefix("warning as many connections as may be") } == 1, "it is told once")
  }

  @Test func `that the bound was reached is told again only after half of the places were free`() {
    let log = RecordedLog()
    var bound = ConnectionBound(4, logger: log.logger)
    for _ in 0..<4 { bound.connectionOpened() }
    #expect(!bound.isAcceptingNewConnections() && log.lines.count == 1)
    for _ in 0..<3 {
      bound.connectionClosed()
      #expect(bound.isAcceptingNewConnections())
      bound.connectionOpened()
    }
    #expect(log.lines.count == 1)
    for _ in 0..<2 { bound.connectionClosed() }
    for _ in 0..<2 { bound.connectionOpened() }
    #expect(log.lines.count == 2)
  }

  @Test func `that no file can be opened for a connection is told once`() async throws {
    let log = RecordedLog()
    let handler = AcceptingConnections(logger: log.logger)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler) }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    for _ in 0..<3 { channel.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept")) }
    try await channel.eventLoop.submit {}.get()
    #expect(log.lines == ["error no file can be opened for a new connection error=Too many open files"])
    try await channel.close().get()
  }

  private func ask(_ connection: HTTPConnection) async throws -> Int {
    try await connection.send("GET /health/live HTTP/1.1\r\nHost: usher.test\r\n\r\n")
    return try await connection.receive().status
  }
}
