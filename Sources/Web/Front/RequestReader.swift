internal import HTTPTypes
internal import Hummingbird
internal import Primitives

/// Reads what the route needs of a request, in the order in which it can be refused.
struct RequestReader: Sendable {
  let limits: RequestLimits

  /// Path and query as they were sent, apart and unchecked; without a question mark there is no query.
  static func target(of head: HTTPRequest) -> (path: String, query: Substring?) {
    let parts = (head.path ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts.first ?? ""), parts.dropFirst().first)
  }

  /// - Throws: `badRequest` when the query cannot be read, or the path is none.
  func query(of target: (path: String, query: Substring?)) throws(Failure) -> FormFields {
    guard target.path.hasPrefix("/") else { throw .badRequest }
    guard let text = target.query else { return FormFields([]) }
    guard let query = FormFields(parsing: String(text)) else { throw .badRequest }
    return query
  }

  /// HTTP/1.1 wants the host named exactly once (RFC 9112 §3.2). We use it for nothing, but whoever stands before us may have used another.
  func checkHost(_ head: HTTPRequest) throws(Failure) {
    guard let name = HTTPField.Name("Host"), let authority = head.authority, !authority.isEmpty,
      head.headerFields[values: name].isEmpty
    else {
      throw .badRequest
    }
  }

  /// The methods that no path of ours knows and that intermediaries treat unlike all others.
  func checkMethod(_ head: HTTPRequest) throws(Failure) {
    guard head.method != .trace, head.method != .connect else {
      throw .methodNotAllowed(allowed: ["GET", "HEAD", "OPTIONS", "POST"])
    }
  }

  /// Reads the body as the route wants it.
  func readBody(of request: Request, _ route: Route, into exchange: inout Exchange) async throws {
    switch route.body {
    case .none: return
    case .form:
      try Self.check(request.headers[.contentType], ["application/x-www-form-urlencoded"])
      let bytes = try await collect(request, limit: limits.bodyBytes)
      guard let form = FormFields(parsing: bytes) else { throw Failure.badRequest }
      exchange.form = form
    case .bytes(let types, let limit):
      try Self.check(request.headers[.contentType], types)
      exchange.body = try await collect(request, limit: min(limit, limits.bodyBytes))
    case .awaited(let types, let limit):
      try Self.check(request.headers[.contentType], types)
      exchange.awaited = { try await collect(request, limit: limit) }
    }
  }

  private func collect(_ request: Request, limit: Int) async throws -> [UInt8] {
    try await limits.collect(request.body, announced: request.headers[.contentLength], limit: limit)
  }

  /// A media type we read, in UTF-8 where it says in what (THREATS HTP3). A form of another site can be sent as `text/plain` without asking.
  private static func check(_ presented: String?, _ types: [String]) throws(Failure) {
    let parts = (presented ?? "").split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
    guard let type = parts.first, types.contains(type) else { throw .unsupportedMediaType }
    for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
      guard ["charset=utf-8", "charset=\"utf-8\""].contains(parameter) else { throw .unsupportedMediaType }
    }
  }
}
