package import HTTPTypes
internal import Primitives

/// What a handler is: a function from a request to an answer. What it throws is shown by the `Surface` of its path.
package typealias Handler = @Sendable (Exchange) async throws -> Answer

/// One method of one path.
package struct Route: Sendable {
  /// What the body has to be, and how long it may be at most; a bare number is bytes.
  package enum Body: Sendable, Hashable {
    /// Whatever is sent is thrown away unread.
    case none
    /// `application/x-www-form-urlencoded`, parsed into `Exchange.form`.
    case form
    /// One of these media types, kept as bytes.
    case bytes(types: [String], limit: Int)
    /// The same, read when the handler asks for it (`Exchange.wholeBody`): one that settles first who asks may take more than strangers can make us hold.
    /// What was not asked for is thrown away unread.
    case awaited(types: [String], limit: Int)

    package static let json: Body = .bytes(types: ["application/json"], limit: RequestLimits.standard.bodyBytes)
  }

  package let method: HTTPRequest.Method
  /// `/users/{account}/roles`: a place in braces takes one segment of the path.
  package let pattern: String
  package let body: Body
  package let handler: Handler

  package init(_ method: HTTPRequest.Method, _ pattern: String, _ body: Body = .none, _ handler: @escaping Handler) {
    self.method = method
    self.pattern = pattern
    self.body = body
    self.handler = handler
  }

  package static func get(_ pattern: String, _ handler: @escaping Handler) -> Route { Route(.get, pattern, .none, handler) }

  package static func post(_ pattern: String, _ body: Body, _ handler: @escaping Handler) -> Route {
    Route(.post, pattern, body, handler)
  }
}

/// Finds the route of a request, and knows exactly what to say when there is none (THREATS HTP2).
///
/// A known path with an unknown method is 405 with `Allow`; HEAD works wherever GET does; OPTIONS tells the methods. Paths are compared sign by
/// sign: no trailing slash, no upper case, no encoded letter is forgiven, so that one thing has one address.
package struct RouteTable: Sendable {
  package struct Match: Sendable {
    package let route: Route
    package let parameters: [String: String]
  }

  private struct Path: Sendable {
    let segments: [String]
    var routes: [Route]
  }

  private var fixed: [String: Path] = [:]
  private var patterns: [Path] = []

  /// Two routes for the same method and path are a mistake of ours, found by whoever starts the program first.
  package init(_ routes: [Route]) {
    for route in routes { add(route) }
  }

  private mutating func add(_ route: Route) {
    let segments = route.pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    func joined(_ path: Path) -> Path {
      precondition(!path.routes.contains { $0.method == route.method }, "two routes for \(route.method) \(route.pattern)")
      return Path(segments: path.segments, routes: path.routes + [route])
    }
    if !route.pattern.contains("{") {
      fixed[route.pattern] = joined(fixed[route.pattern] ?? Path(segments: segments, routes: []))
    } else if let index = patterns.firstIndex(where: { $0.routes.first?.pattern == route.pattern }) {
      patterns[index] = joined(patterns[index])
    } else {
      patterns.append(Path(segments: segments, routes: [route]))
    }
  }

  /// Every method and pattern, for the test that walks through all of them.
  package var all: [Route] { fixed.values.flatMap(\.routes) + patterns.flatMap(\.routes) }

  /// - Throws: `notFound`, `methodNotAllowed`.
  package func find(_ method: HTTPRequest.Method, _ path: String) throws(Failure) -> Match {
    let (found, parameters) = try lookUp(path)
    let wanted = method == .head ? .get : method
    if let route = found.routes.first(where: { $0.method == wanted }) { return Match(route: route, parameters: parameters) }
    let allowed = Self.allowed(found.routes)
    guard method == .options else { throw .methodNotAllowed(allowed: allowed) }
    let route = Route(.options, found.routes.first?.pattern ?? path) { _ in
      Answer.noContent().with(.allow, allowed.joined(separator: ", "))
    }
    return Match(route: route, parameters: [:])
  }

  private func lookUp(_ path: String) throws(Failure) -> (Path, [String: String]) {
    if let found = fixed[path] { return (found, [:]) }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for candidate in patterns where candidate.segments.count == segments.count {
      if let parameters = Self.match(candidate.segments, segments) { return (candidate, parameters) }
    }
    throw .notFound
  }

  private static func match(_ pattern: [String], _ segments: [Substring]) -> [String: String]? {
    var parameters: [String: String] = [:]
    for (wanted, given) in zip(pattern, segments) {
      if wanted.hasPrefix("{"), wanted.hasSuffix("}") {
        guard !given.isEmpty, let value = PercentEncoding.decode(given, plusIsSpace: false), !value.utf8.contains(0) else {
          return nil
        }
        parameters[String(wanted.dropFirst().dropLast())] = value
      } else if !wanted.isExactly(given) {
        return nil
      }
    }
    return parameters
  }

  private static func allowed(_ routes: [Route]) -> [String] {
    var methods = Set(routes.map(\.method.rawValue))
    if methods.contains("GET") { methods.insert("HEAD") }
    methods.insert("OPTIONS")
    return methods.sorted()
  }
}
