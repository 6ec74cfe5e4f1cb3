internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// How much of everything a request may bring (THREATS HTP1). What is over is answered and the connection closed.
package struct RequestLimits: Sendable, Hashable {
  /// Names and values of all header fields, each field with the four bytes that separate it: past it 431.
  package var headerBytes = 16 * 1024
  /// Header fields; past it 431. However many cookies there are, they are one field.
  package var headerFields = 100
  /// The request's address with its query; past it 414.
  package var targetBytes = 8 * 1024
  /// The body; past it 413. It is read before anything is known about who sends it, so it bounds what strangers can make us hold. A route may
  /// allow less; one that settles first who asks may allow more (`Route.Body.awaited`).
  package var bodyBytes = 128 * 1024

  package static let standard = RequestLimits()

  package init() {}

  /// Above this a head is not even read to its end. Somewhat more than the limits, so that what is only a little too long gets the answer that
  /// says what was.
  var readerBytes: Int { headerBytes + targetBytes + 8 * 1024 }
  var readerFields: Int { headerFields * 2 }

  func check(_ head: HTTPRequest) throws(Failure) {
    guard (head.path ?? "").utf8.count <= targetBytes else { throw .targetTooLong }
    var fields = head.authority == nil ? 0 : 1
    var bytes = head.authority.map { $0.utf8.count + 8 } ?? 0
    var hasCookies = false
    for field in head.headerFields {
      let isFurtherCookie = field.name == .cookie && hasCookies
      hasCookies = hasCookies || field.name == .cookie
      fields += isFurtherCookie ? 0 : 1
      // Cookies come here one by one, without the name of the field and with two signs between them.
      bytes += field.value.utf8.count + (isFurtherCookie ? 2 : field.name.rawName.utf8.count + 4)
    }
    guard fields <= headerFields, bytes <= headerBytes else { throw .headersTooLarge }
  }

  /// Reads a body whole, but never more than the limit.
  func collect(_ body: RequestBody, announced: String?, limit: Int) async throws -> [UInt8] {
    if let announced, let length = Int(announced), length > limit { throw Failure.contentTooLarge }
    var bytes: [UInt8] = []
    for try await part in body {
      guard bytes.count + part.readableBytes <= limit else { throw Failure.contentTooLarge }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }
}
