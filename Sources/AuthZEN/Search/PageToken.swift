internal import AccessControl
internal import Identity
internal import Primitives

/// Where a search goes on: what `next_token` of an answer holds and `page.token` of the next request brings back (Authorization API 1.0 §8.2).
///
/// It tells nobody anything they do not know, lies nowhere but with who asks, and is good at every instance, for the very same question of the very same
/// application: an HMAC under a key of the installation ties it to both. It does not end by time, since it only says where, not what is found there.
struct PageToken {
  /// How many results a page has, of all pages of one search.
  let limit: Int
  let position: SearchAccess.Position
  /// The digest of `page.properties`.
  let properties: [UInt8]

  /// What stands before the id: the limit, the place in the order, the digest.
  private static let headBytes = 4 + 4 + digestBytes
  private static let tagBytes = 32
  private static let digestBytes = 32

  /// - Parameters:
  ///   - page: what the request asks for.
  ///   - start: where the search went on this time; nil for its first page.
  init(limit: Int, position: SearchAccess.Position, of page: PresentedPage, continuing start: PageToken?) {
    self.limit = limit
    self.position = position
    properties = start?.properties ?? Self.digest(of: page.properties)
  }

  /// - Parameter fingerprint: of the search and of who asks (`SearchFingerprint`).
  /// - Returns: nil for everything that we did not make for this search.
  init?(_ text: String, for fingerprint: [UInt8], by keys: MessageAuthenticator) {
    guard let bytes = Base64URL.decode(text), bytes.count >= Self.headBytes + Self.tagBytes else { return nil }
    let payload = Array(bytes.dropLast(Self.tagBytes))
    guard keys.verifies(Array(bytes.suffix(Self.tagBytes)), for: fingerprint + payload) else { return nil }
    func number(at place: Int) -> UInt32 { payload[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    limit = Int(number(at: 0))
    properties = Array(payload[8..<Self.headBytes])
    position = SearchAccess.Position(order: number(at: 4), id: String(decoding: payload[Self.headBytes...], as: UTF8.self))
  }

  func text(for fingerprint: [UInt8], by keys: MessageAuthenticator) -> String {
    func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) } }
    let payload = bytes(UInt32(clamping: limit)) + bytes(position.order) + properties + Array(position.id.utf8)
    return Base64URL.encode(payload + keys.tag(for: fingerprint + payload))
  }

  /// Whether a request that goes on asks for the same pages: what it leaves out it has from here.
  func continues(_ page: PresentedPage) -> Bool {
    (page.limit.map { $0 == limit } ?? true) && (page.properties.map { Self.digest(of: $0) == properties } ?? true)
  }

  private static func digest(of properties: JSONObject?) -> [UInt8] {
    SHA256Digest.of(JSON.object(properties ?? [:]).inOneOrder.encoded())
  }
}
