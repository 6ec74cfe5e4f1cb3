internal import AccessControl
internal import HTTPTypes
internal import Hummingbird
internal import Identity
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import OAuth
internal import Primitives
internal import TestKit
internal import Web
internal import Wire

/// Serves the decision endpoint, and on a port of its own a bare HTTP server that reads as much and answers as many bytes without looking at them.
/// `deploy/bench` puts the same load on both in turns.
enum EvaluationBench {
  /// Prints both ports, the caller's token, a question and a batch of twenty, each on a line of its own, and serves until the process is ended.
  static func serve() async throws {
    let world = try await TestWorld.make(publicAddress: "http://127.0.0.1")
    let organization = try await world.organization()
    let member = try await world.member(of: organization, "ada@contoso.test", roles: [.accountViewer])
    let secret = world.command.newSecret()
    let caller = Application(
      id: world.command.newID(), name: "Bench", authentication: .basic,
      secrets: [Application.Secret(digest: secret.digest, createdAt: world.clock.now())], grantTypes: [.clientCredentials],
      scopes: [Scope.decide], createdAt: world.clock.now())
    try await world.application(caller)
    let basic = "Basic " + Base64.encode(Array("\(caller.id.text):\(secret.reveal())".utf8))
    let form = FormFields([(name: "grant_type", value: "client_credentials"), (name: "scope", value: Scope.decide)])
    let answer = try await TokenEndpoint(world.env)(
      EndpointRequest(authorization: [basic], form: form, actor: Actor(.anonymous, address: "127.0.0.1", requestID: nil)))
    let question: JSONObject = [
      "subject": .object(["type": "user", "id": .string(member.id.text)]), "action": .object(["name": "view"]),
      "resource": .object([
        "type": "order", "id": "17", "properties": .object(["organization": .string(organization.id.text)]),
      ]),
    ]

    let web = WebEnvironment(
      identity: world.env, settings: WebSettings(publicOrigin: Origin(scheme: .http, host: "127.0.0.1", port: 80)),
      renderer: try PageRenderer(), logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    let bare = try await bareServer()
    let application = WebApplication.make(web, listeningOn: .loopback, port: 0) { port in
      print(port)
      print(bare)
      print(answer.accessToken)
      print(JSON.object(question).text)
      print(JSON.object(["evaluations": .array(Array(repeating: .object(question), count: 20))]).text)
      flush()
    }
    try await application.run()
  }

  /// - Returns: its port.
  private static func bareServer() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
          try channel.pipeline.syncOperations.addHandler(BareAnswer())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return channel.localAddress?.port ?? 0
  }
}

/// Answers every request with as many bytes as a decision has.
private final class BareAnswer: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private static let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: 100)

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    let head = HTTPResponseHead(
      version: .http1_1, status: .ok, headers: ["Content-Type": "application/json", "Content-Length": "100"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(Self.body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
