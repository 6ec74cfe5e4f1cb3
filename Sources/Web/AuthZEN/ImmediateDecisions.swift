internal import AuthZEN
internal import HTTPTypes
internal import Identity
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import OAuth
internal import Primitives
internal import Synchronization

/// Decisions answered where they are read: the questions that every service asks on every request.
///
/// It reads what a service sends that does nothing unusual: one `Host`, one bearer token, `application/json` of a length told beforehand. Every other
/// request, and every one that comes to anything but decisions, is left to the routes (`DecisionRoutes`), which answer a plain one byte for byte the same.
struct ImmediateDecisions: ImmediateResponder {
  private let web: WebEnvironment
  private let policy: PolicySnapshot
  private let audience: String
  private let evaluate: EvaluateAccess
  private let addresses: ClientAddress
  private let log: RequestLog
  /// What every answer begins with.
  private let beginning: [UInt8]
  private let date = HTTPDate()

  init(web: WebEnvironment) {
    self.web = web
    policy = web.identity.policy
    audience = web.identity.settings.decisionAudience
    evaluate = EvaluateAccess(saying: web.renderer.tables)
    addresses = ClientAddress(trustedProxies: web.settings.trustedProxies)
    log = RequestLog(logger: web.logger)
    var answer = Answer.json([])
    SecurityHeaders(isSecure: web.settings.isSecure).add(to: &answer.headers)
    let headers = answer.headers.map { "\($0.name.rawName): \($0.value)\r\n" }.joined()
    beginning = Array("HTTP/1.1 200 OK\r\n\(headers)".utf8)
  }

  func bodyLimit(for head: HTTPRequestHead) -> Int? {
    guard head.method == .POST, let asked = EvaluationEndpoint(path: head.uri) else { return nil }
    return min(asked.bodyLimit, web.settings.limits.bodyBytes)
  }

  func answer(to head: HTTPRequestHead, body: [UInt8], from peer: IPAddress) -> ByteBuffer? {
    let now = web.identity.clock()
    guard let asked = EvaluationEndpoint(path: head.uri), let plain = PlainRequest(head, within: web.settings.limits),
      let answer = try? decide(asked, plain, body, at: now)
    else { return nil }
    let requestID = Hex.encode(web.identity.randomness.bytes(12))
    log.write(
      RequestLog.Line(
        requestID: requestID, callerRequestID: plain.requestID, method: .post, pattern: head.uri, status: .ok,
        bytes: answer.bytes.count, took: web.identity.clock() - now),
      from: addresses.resolve(peer: peer, plain.forwardedFor))
    return write(answer, requestID: plain.requestID ?? requestID, at: now)
  }

  private func write(_ answer: EvaluateAccess.Answer, requestID: String, at now: Timestamp) -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: beginning.count + 192 + requestID.utf8.count + answer.bytes.count)
    buffer.writeBytes(beginning)
    buffer.writeStaticString("Usher-Revision: ")
    buffer.writeString(String(answer.revision))
    buffer.writeStaticString("\r\nX-Request-Id: ")
    buffer.writeString(requestID)
    buffer.writeStaticString("\r\nDate: ")
    buffer.writeString(date.text(at: now))
    buffer.writeStaticString("\r\nContent-Length: ")
    buffer.writeString(String(answer.bytes.count))
    buffer.writeStaticString("\r\n\r\n")
    buffer.writeBytes(answer.bytes)
    return buffer
  }

  /// - Returns: nil for what the policy in memory does not answer.
  /// - Throws: whatever the routes refuse.
  private func decide(
    _ asked: EvaluationEndpoint, _ request: PlainRequest, _ body: [UInt8], at now: Timestamp
  ) throws -> EvaluateAccess.Answer? {
    if let least = try SeenRevision.named(request.revision.map { [$0] } ?? []), policy.revision < least { return nil }
    let token = try BearerToken(authorization: [request.authorization], query: FormFields([]))
    // A signature takes longer to prove than a hundred questions to answer.
    let caller = try web.tokens(token, audience: audience, scope: Scope.decide, at: now, proving: false)
    let evaluations = try asked.read(body)
    guard !evaluations.asksTheStore else { return nil }
    return try evaluate(evaluations, askedBy: caller.application, knowing: policy, at: now)
  }
}

/// The head of a request that leaves nothing to be weighed, in one walk through its fields.
private struct PlainRequest {
  private(set) var authorization = ""
  private(set) var revision: String?
  private(set) var requestID: String?
  private(set) var forwardedFor: [String] = []

  /// - Returns: nil for one that lacks something, has something twice, or says anything that would have to be weighed.
  init?(_ head: HTTPRequestHead, within limits: RequestLimits) {
    guard head.version == .http1_1, head.headers.count <= limits.headerFields else { return nil }
    var (hosts, types, lengths, tokens, bytes) = (0, 0, 0, 0, 0)
    for (name, value) in head.headers {
      bytes += name.utf8.count + value.utf8.count + 4
      // Every name that counts is told from the others by its length already.
      switch name.utf8.count {
      case 4 where name.isHeader("host"):
        hosts += value.isEmpty ? 2 : 1
      case 6 where name.isHeader("cookie"), 6 where name.isHeader("expect"), 7 where name.isHeader("trailer"),
        7 where name.isHeader("upgrade"), 17 where name.isHeader("transfer-encoding"):
        return nil
      case 10 where name.isHeader("connection"):
        guard value.isHeader("keep-alive") else { return nil }
      case 12 where name.isHeader("content-type"):
        guard value.isHeader("application/json") else { return nil }
        types += 1
      case 12 where name.isHeader("x-request-id"):
        guard requestID == nil, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        requestID = value
      case 13 where name.isHeader("authorization"):
        authorization = value
        tokens += 1
      case 14 where name.isHeader("content-length"):
        lengths += 1
      case 14 where name.isHeader("usher-revision"):
        guard revision == nil else { return nil }
        revision = value
      case 15 where name.isHeader("x-forwarded-for"):
        forwardedFor.append(value)
      default: break
      }
    }
    guard hosts == 1, types == 1, lengths == 1, tokens == 1, bytes <= limits.headerBytes else { return nil }
  }
}

extension String {
  /// Whether it is these letters in whatever case.
  ///
  /// - Parameter name: lower-case ASCII.
  fileprivate func isHeader(_ name: StaticString) -> Bool {
    guard utf8.count == name.utf8CodeUnitCount else { return false }
    var expected = name.utf8Start
    for sign in utf8 {
      let lower = (0x41...0x5A).contains(sign) ? sign | 0x20 : sign
      guard lower == expected.pointee else { return false }
      expected += 1
    }
    return true
  }
}

/// The header `Date` (RFC 9110 §6.6.1), written once a second.
private final class HTTPDate: Sendable {
  private let last = Mutex<(second: Int64, text: String)>((.min, ""))

  func text(at now: Timestamp) -> String {
    last.withLock { last in
      if last.second != now.seconds { last = (now.seconds, now.httpDate) }
      return last.text
    }
  }
}
