package import HTTPTypes
package import Primitives

/// One request as a handler sees it: everything was read, bounded and parsed before, so a handler is a function from this value to an `Answer`
/// and knows no web framework.
package struct Exchange: Sendable {
  package let method: HTTPRequest.Method
  /// The path as it was sent, without the query.
  package var path: String
  /// The fields of the query.
  package var query: FormFields
  /// The fields of the body, on routes that take a form; empty elsewhere.
  package var form: FormFields
  package let headers: HTTPFields
  package let cookies: Cookies
  /// At most as long as the route allows; empty on routes that take none, and on those that read it later (`wholeBody`).
  package var body: [UInt8]
  /// Reads the body of a route that does so itself; nil on all others.
  var awaited: (@Sendable () async throws -> [UInt8])?
  /// The other side as far as configured proxies vouch for it.
  package let clientAddress: IPAddress
  /// Our own name for this request: in the answer, in the log, in audit rows.
  package let requestID: String
  /// What stood at the `{places}` of the route's pattern, percent-decoded.
  package var parameters: [String: String]

  package init(
    method: HTTPRequest.Method, path: String, query: FormFields = FormFields([]), form: FormFields = FormFields([]),
    headers: HTTPFields = [:], body: [UInt8] = [], clientAddress: IPAddress, requestID: String, parameters: [String: String] = [:]
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.form = form
    self.headers = headers
    self.cookies = Cookies(headers)
    self.body = body
    self.clientAddress = clientAddress
    self.requestID = requestID
    self.parameters = parameters
  }

  /// The body, which may have to be read yet: once, and only when it is settled that it is worth it.
  ///
  /// - Throws: `Failure.contentTooLarge`.
  func wholeBody() async throws -> [UInt8] { try await awaited?() ?? body }

  /// What stood at a place of the pattern. Asking for a place the pattern does not have finds nothing, which is no resource.
  package func parameter(_ name: String) throws(Failure) -> String {
    guard let value = parameters[name] else { throw .notFound }
    return value
  }

  /// Path and query as they were sent: how to open this page again.
  package var target: String { query.pairs.isEmpty ? path : "\(path)?\(query.encoded)" }
}
