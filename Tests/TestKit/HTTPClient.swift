internal import Primitives

/// Sends single requests to a server on this machine, one connection each, as applications do.
package struct HTTPClient: Sendable {
  package let port: UInt16
  /// The `Host` of every request: of the public address.
  package let host: String
  /// The server, which has to live as long as somebody may still ask it.
  private let server: (any AnyObject & Sendable)?

  package init(port: UInt16, host: String, of server: (any AnyObject & Sendable)? = nil) {
    self.port = port
    self.host = host
    self.server = server
  }

  package func send(
    _ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8]? = nil
  ) async throws -> HTTPReply {
    let connection = try await HTTPConnection.open(port: port)
    var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.count)\r\n" }
    try await connection.send(Array((head + "\r\n").utf8) + (body ?? []))
    return try await connection.receive(toHead: method == "HEAD")
  }

  package func get(_ target: String, headers: [(String, String)] = []) async throws -> HTTPReply {
    try await send("GET", target, headers: headers)
  }

  /// Posts a form.
  package func post(
    _ target: String, form: [(name: String, value: String)], headers: [(String, String)] = []
  ) async throws -> HTTPReply {
    try await send(
      "POST", target, headers: headers + [("Content-Type", "application/x-www-form-urlencoded")],
      body: Array(FormFields(form).encoded.utf8))
  }

  /// Posts a JSON document.
  package func post(_ target: String, json: String, headers: [(String, String)] = []) async throws -> HTTPReply {
    try await send("POST", target, headers: headers + [("Content-Type", "application/json")], body: Array(json.utf8))
  }
}
