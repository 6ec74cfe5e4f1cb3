internal import AccessControl
internal import Identity
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// Decisions are answered where they are read, and nobody can tell.
@Suite struct AnsweringWhereItIsRead {
  @Test(.threat("HTP1"), .threat("AZN1"), .threat("AZN3"))
  func `whatever is asked, a question that comes whole is answered like one that comes in pieces`() async throws {
    let asking = try await Asking.start()
    for question in asking.questions() {
      let whole = try await asking.reply(question, inPieces: false)
      let inPieces = try await asking.reply(question, inPieces: true)
      #expect(whole.status == inPieces.status, "\(question)")
      #expect(whole.body == inPieces.body, "\(question)")
      #expect(asking.telling(whole, question) == asking.telling(inPieces, question), "\(question)")
    }
  }

  @Test func `a plain question is answered at once, and what would have to be weighed is not`() async throws {
    let asking = try await Asking.start()
    let decisions = ImmediateDecisions(web: asking.server.web)
    func answers(_ question: Asking.Question) -> Bool { asking.answer(question, by: decisions) != nil }
    // The first question with a token has its signature proved, by the routes.
    #expect(!answers(Asking.Question()))
    _ = try await asking.reply(Asking.Question(), inPieces: false)
    #expect(answers(Asking.Question()))
    #expect(answers(Asking.Question(path: "/access/v1/evaluations")))
    #expect(
      answers(Asking.Question(headers: [("X-Request-ID", "theirs"), ("Usher-Revision", "1"), ("Connection", "Keep-Alive")])))
    #expect(!answers(Asking.Question(path: "/access/v1/search/subject")))
    #expect(!answers(Asking.Question(body: "{")))
    #expect(!answers(Asking.Question(headers: [("Usher-Revision", "99999999")])))
    #expect(!answers(Asking.Question(authorization: "Bearer nothing")))
    #expect(!answers(Asking.Question(contentType: "text/plain")))
  }

  @Test func `an answer never overtakes another, whichever way the requests go`() async throws {
    let asking = try await Asking.start()
    let connection = try await HTTPConnection.open(port: asking.server.port)
    let turns = (0..<300).map { $0 * 7 % 5 }
    try await connection.send(
      turns.enumerated().map { turn, kind in
        let id = ("X-Request-ID", "turn-\(turn)")
        return switch kind {
        case 0: asking.text(Asking.Question(headers: [id]), inPieces: true)
        case 1: "GET /health/live HTTP/1.1\r\nHost: usher.test\r\n\r\n"
        default: asking.text(Asking.Question(headers: [id]), inPieces: false)
        }
      }.joined())
    for (turn, kind) in turns.enumerated() {
      let reply = try await connection.receive()
      #expect(reply.status == 200)
      if kind != 1 { #expect(reply.header("X-Request-ID") == "turn-\(turn)") }
    }
  }

  @Test func `a question may come in any number of packets`() async throws {
    let asking = try await Asking.start()
    let text = Array(asking.text(Asking.Question(), inPieces: false).utf8)
    for cut in stride(from: 1, to: text.count, by: 37) {
      let connection = try await HTTPConnection.open(port: asking.server.port)
      try await connection.send(Array(text[..<cut]))
      // An answer to another connection: what was sent has been read by then, or is about to be.
      _ = try await asking.reply(Asking.Question(), inPieces: false)
      try await connection.send(Array(text[cut...]))
      #expect(try await connection.receive().status == 200)
    }
  }

  @Test(.threat("OVR2")) func `who does not take their answers is not answered without end`() throws {
    let channel = answering()
    try ask(channel)
    #expect(try channel.readInbound(as: HTTPServerRequestPart.self) == nil)
    #expect(try channel.readOutbound(as: ByteBuffer.self) != nil)
    channel.isWritable = false
    try ask(channel)
    // Handed on, to where nothing is read while nothing can be written.
    #expect(try channel.readInbound(as: HTTPServerRequestPart.self) != nil)
    _ = try channel.finish(acceptAlreadyClosed: true)
  }

  @Test(.threat("HTP6")) func `a connection that keeps asking stays, and one that stopped is closed`() throws {
    let channel = answering()
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    for _ in 0..<10 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(59))
      try #require(channel.isActive)
      try ask(channel)
    }
    channel.embeddedEventLoop.advanceTime(by: .seconds(59))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
    _ = try channel.finish(acceptAlreadyClosed: true)
  }

  private func answering() -> EmbeddedChannel {
    let connection = ConnectionGuard(bodyTimeout: .seconds(30), idleTimeout: .seconds(60))
    return EmbeddedChannel(handlers: [HTTPResponseEncoder(), connection, ImmediateAnswers(Echo(), on: connection)])
  }

  /// A request that comes in one go.
  private func ask(_ channel: EmbeddedChannel) throws {
    let head = HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/"))
    channel.pipeline.fireChannelRead(head)
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
  }

  @Test(.threat("HTP6")) func `who still waits for an answer is not idle, and a body has its time`() throws {
    let channel = EmbeddedChannel(handler: ConnectionGuard(bodyTimeout: .seconds(30), idleTimeout: .seconds(60)))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    let head = HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/"))
    try channel.writeInbound(head)
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
    channel.embeddedEventLoop.advanceTime(by: .seconds(600))
    #expect(channel.isActive)
    try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
    try channel.writeOutbound(HTTPServerResponsePart.end(nil))
    try channel.writeInbound(head)
    channel.embeddedEventLoop.advanceTime(by: .seconds(29))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
    _ = try channel.finish(acceptAlreadyClosed: true)
  }
}

/// Answers everything at once.
private struct Echo: ImmediateResponder {
  func bodyLimit(for head: HTTPRequestHead) -> Int? { 100 }

  func answer(to head: HTTPRequestHead, body: [UInt8], from peer: IPAddress) -> ByteBuffer? { ByteBuffer(bytes: body) }
}

/// A server with people, and a service that asks about them in every way there is.
private struct Asking {
  struct Question {
    var path = "/access/v1/evaluation"
    var body: String?
    var headers: [(String, String)] = []
    /// nil: that of the service.
    var authorization: String?
    var contentType = "application/json"
  }

  let server: RunningServer
  private let organization: String
  private let person: String
  private let token: String
  private let manageToken: String

  static func start() async throws -> Asking {
    let server = try await RunningServer.start(try await TestWorld.make())
    let organization = try await server.world.organization()
    let person = try await server.world.member(of: organization, roles: [.accountViewer])
    let application = try await server.application("Shop")
    return Asking(
      server: server, organization: organization.id.text, person: person.id.text,
      token: try await application.ownToken(scope: "usher:decide"),
      manageToken: try await application.ownToken(scope: "usher:manage"))
  }

  private func plain(_ action: String = "view", _ further: String = "") -> String {
    #"{"subject":{"type":"user","id":"\#(person)"},"action":{"name":"\#(action)"},"#
      + #""resource":{"type":"account","id":"1","properties":{"organization":"\#(organization)"}}\#(further)}"#
  }

  func questions() -> [Question] {
    let batch = "/access/v1/evaluations"
    let items = #","evaluations":[{},{"action":{"name":"manage"}},{"subject":{"type":"user"}},{"action":{"name":"view"}}]"#
    let bodies = [
      "", "{", "[]", "null", "{}", plain(), plain("manage"), plain("fly"), plain("view", #","subject":{}"#),
      plain("view", #","context":{"organization":"elsewhere"}"#), plain("view", #","context":{"at":"2026-01-01T00:00:00Z"}"#),
      plain("view", #","context":{"active_roles":["account-viewer"]}"#), plain("view", #","context":{"active_roles":7}"#),
      plain("view", #","options":{"reason":"full"}"#), plain("view", #","options":{"reason":"explained"}"#),
      plain("view", #","options":{"reason":"why"}"#), plain("view", items), plain("view", #","evaluations":[]"#),
      plain("view", items + #","options":{"evaluations_semantic":"deny_on_first_deny"}"#), plain("view", #","evaluations":7"#),
      #"{"subject":{"type":"user","id":"\ud800"}}"#, plain() + String(repeating: " ", count: 65_536 - plain().utf8.count),
      plain() + String(repeating: " ", count: 65_537 - plain().utf8.count),
    ]
    let asked = bodies.flatMap { [Question(body: $0), Question(path: batch, body: $0)] }
    let sent = [
      [("X-Request-ID", "theirs")], [("X-Request-ID", "a"), ("X-Request-ID", "b")], [("X-Request-ID", "")],
      [("x-request-id", "Grüße")], [("Usher-Revision", "1")], [("Usher-Revision", "99999999")], [("Usher-Revision", "01")],
      [("Usher-Revision", "1"), ("Usher-Revision", "1")], [("Usher-Revision", "")], [("Host", "other.test")], [("Cookie", "a=b")],
      [("Connection", "keep-alive")], [("Connection", "close")], [("Authorization", "Bearer x")], [("Expect", "nothing")],
      [("X-Forwarded-For", "203.0.113.9")], [("Content-Type", "application/json")], [("Accept", "text/html")],
      [("X-Long", String(repeating: "x", count: 15_000))], [("X-Long", String(repeating: "x", count: 17_000))],
      (0..<99).map { ("X-\($0)", "x") },
    ].map { Question(headers: $0) }
    let tokens = [
      "", "Bearer", "Bearer ", "Bearer nothing", "bearer \(token)", "Bearer  \(token)", "Basic \(token)", "Bearer \(manageToken)",
    ]
    .map { Question(authorization: $0) }
    let types = ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=latin1", "text/plain", ""]
      .map { Question(contentType: $0) }
    let paths = [
      "/access/v1/evaluation?", "/access/v1/evaluation?access_token=\(token)", "/access/v1/evaluation/", "/access/v1/Evaluation",
    ]
    .map { Question(path: $0) }
    return asked + sent + tokens + types + paths
  }

  func text(_ question: Question, inPieces: Bool) -> String {
    let body = question.body ?? plain()
    let size = String(body.utf8.count, radix: 16)
    let framed = inPieces ? (body.isEmpty ? "0\r\n\r\n" : "\(size)\r\n\(body)\r\n0\r\n\r\n") : body
    return "POST \(question.path) HTTP/1.1\r\n"
      + headers(of: question, inPieces: inPieces).map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n" + framed
  }

  func answer(_ question: Question, by decisions: ImmediateDecisions) -> ByteBuffer? {
    let body = Array((question.body ?? plain()).utf8)
    let head = HTTPRequestHead(
      version: .http1_1, method: .POST, uri: question.path, headers: HTTPHeaders(headers(of: question, inPieces: false)))
    guard let limit = decisions.bodyLimit(for: head), body.count <= limit else { return nil }
    return decisions.answer(to: head, body: body, from: .loopback)
  }

  private func headers(of question: Question, inPieces: Bool) -> [(String, String)] {
    [
      ("Host", "usher.test"), ("Authorization", question.authorization ?? "Bearer \(token)"),
      ("Content-Type", question.contentType),
      inPieces ? ("Transfer-Encoding", "chunked") : ("Content-Length", "\((question.body ?? plain()).utf8.count)"),
    ] + question.headers
  }

  func reply(_ question: Question, inPieces: Bool) async throws -> HTTPReply {
    let connection = try await HTTPConnection.open(port: server.port)
    try await connection.send(text(question, inPieces: inPieces))
    return try await connection.receive()
  }

  /// The headers of an answer but those that are another's each time.
  func telling(_ reply: HTTPReply, _ question: Question) -> [String] {
    let named = question.headers.contains { $0.0.lowercased() == "x-request-id" }
    return reply.headers.filter { header in
      let name = header.name.lowercased()
      return name != "date" && (named || name != "x-request-id")
    }.map { "\($0.name.lowercased()): \($0.value)" }.sorted()
  }
}
