internal import AccessControl
internal import HTTPTypes
internal import Hummingbird
internal import Identity
internal import Logging
internal import OAuth
internal import Primitives
internal import TestKit
internal import Web
internal import Wire

/// Serves the decision endpoint beside a route that reads the same body, demands the same token, and answers as many bytes without deciding
/// anything. `deploy/bench` puts the same load on both in turns.
enum EvaluationBench {
  static let echoPath = "/echo"

  /// Prints the port, the caller's token and the question, each on a line of its own, and serves until the process is ended.
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
    let echo = Route(.post, echoPath, .json) { exchange in
      _ = try web.tokens(
        try exchange.bearerToken(), audience: world.env.settings.decisionAudience, scope: Scope.decide, at: world.env.clock())
      return .json(Array(exchange.body.prefix(answerBytes)))
    }
    let application = WebApplication.make(web, beside: [echo], listeningOn: .loopback, port: 0) { port in
      print(port)
      print(answer.accessToken)
      print(JSON.object(question).text)
      flush()
    }
    try await application.run()
  }

  /// As many as the answer of the decision endpoint has.
  private static let answerBytes = 130
}
