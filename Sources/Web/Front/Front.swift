internal import HTTPTypes
package import Hummingbird
internal import Identity
internal import NIOCore
internal import Primitives

/// Where every request comes in. The lines of `respond` are the order in which a request is read, answered and refused.
package struct Front: HTTPResponder {
  /// What we keep of a connection: who the other side is.
  package struct Connection: InitializableFromSource {
    let peer: IPAddress

    package init(source: ApplicationRequestContextSource) { peer = source.channel.remoteAddress?.ip ?? .loopback }
  }

  private let web: WebEnvironment
  private let table: RouteTable
  private let surfaces: Surfaces
  private let reader: RequestReader
  private let addresses: ClientAddress
  private let securityHeaders: SecurityHeaders
  private let log: RequestLog

  package init(_ web: WebEnvironment, _ table: RouteTable, _ surfaces: Surfaces) {
    self.web = web
    self.table = table
    self.surfaces = surfaces
    reader = RequestReader(limits: web.settings.limits)
    addresses = ClientAddress(trustedProxies: web.settings.trustedProxies)
    securityHeaders = SecurityHeaders(isSecure: web.settings.isSecure)
    log = RequestLog(logger: web.logger)
  }

  package func respond(to request: Request, context: Connection) async throws -> Response {
    let started = web.identity.clock()
    // Whatever else is wrong with a request, where it wanted to go says who answers it.
    let target = RequestReader.target(of: request.head)
    var exchange = Exchange(
      method: request.method, path: target.path, headers: request.headers,
      clientAddress: addresses.resolve(peer: context.peer, request.headers),
      requestID: Hex.encode(web.identity.randomness.bytes(12)))
    var pattern: String?
    var answer: Answer
    do {
      try reader.limits.check(request.head)
      try reader.checkHost(request.head)
      exchange.query = try reader.query(of: target)
      try reader.checkMethod(request.head)
      let match = try table.find(request.method, exchange.path)
      pattern = match.route.pattern
      exchange.parameters = match.parameters
      try await reader.readBody(of: request, match.route, into: &exchange)
      answer = try await match.route.handler(exchange)
    } catch {
      let failure = Failure(error)
      if failure == .fault { log.fault(error, exchange, pattern: pattern) }
      answer = surfaces.answer(to: failure, exchange)
      if failure.closesConnection { answer.headers[.connection] = "close" }
    }
    securityHeaders.add(to: &answer.headers)
    answer.headers[.xRequestID] = surfaces.requestID(of: exchange)
    log.write(exchange, pattern: pattern, answer, took: web.identity.clock() - started)
    return Self.response(answer, to: request.method)
  }

  private static func response(_ answer: Answer, to method: HTTPRequest.Method) -> Response {
    var headers = answer.headers
    if answer.status.kind == .successful && answer.status != .noContent || !answer.body.isEmpty
      || answer.status.kind == .redirection
    {
      headers[.contentLength] = String(answer.body.count)
    }
    let body = method == .head || answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    var response = Response(status: answer.status, headers: headers, body: body)
    // RFC 9110 §8.6: an answer without content by its status has no length either.
    if answer.status == .noContent { response.headers[.contentLength] = nil }
    return response
  }
}
