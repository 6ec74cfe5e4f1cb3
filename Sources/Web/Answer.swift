package import HTTPTypes

/// What a handler gives back. The front adds what every answer carries (`SecurityHeaders`, `X-Request-Id`, `Date`).
package struct Answer: Sendable {
  package var status: HTTPResponse.Status
  package var headers: HTTPFields
  package var body: [UInt8]

  package init(_ status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package static func html(_ document: String, _ status: HTTPResponse.Status = .ok) -> Answer {
    Answer(status, headers: [.contentType: "text/html; charset=utf-8"], body: Array(document.utf8))
  }

  package static func json(_ document: [UInt8], _ status: HTTPResponse.Status = .ok, type: String = "application/json") -> Answer
  {
    Answer(status, headers: [.contentType: type], body: document)
  }

  /// Sends a browser to another address by GET, whatever it did here.
  package static func seeOther(_ address: String) -> Answer {
    Answer(.seeOther, headers: [.location: address])
  }

  package static func noContent() -> Answer { Answer(.noContent) }

  /// The same with one more header.
  package func with(_ name: HTTPField.Name, _ value: String) -> Answer {
    var answer = self
    answer.headers[name] = value
    return answer
  }

  /// Adds a cookie to those set already.
  package mutating func set(_ cookie: SetCookie) {
    headers.append(HTTPField(name: .setCookie, value: cookie.text))
  }
}
