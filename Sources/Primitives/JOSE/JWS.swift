/// Why a presented token is not believed. All of them are one answer to whoever presented it.
package enum JWSError: Error, Hashable, Sendable {
  /// Longer than allowed.
  case tooLong
  /// Not three base64url parts with a JSON object as header and payload.
  case malformed
  /// The header brings a key or where to fetch one, or demands an extension: `jwk`, `jku`, `x5u`, `x5c`, `x5t`, `crit`, `b64`.
  case headerNotAllowed
  /// Another kind of token than expected here.
  case otherType
  /// No `kid`, or one we have no key for.
  case unknownKey
  /// An algorithm that is not the key's.
  case otherAlgorithm
  case badSignature
}

/// JSON Web Signature in compact form (RFC 7515 §7.1), as narrow as RFC 8725 advises: the algorithm belongs to the key, every token
/// states its kind, and nothing in a token says where its key is to be found.
package enum JWS {
  /// Signs `payload` as a token of one kind. `type` is a constant of ours without signs that JSON escapes, such as `at+jwt`.
  package static func sign(payload: [UInt8], type: String, with key: SigningKey) throws(SigningKeyError) -> String {
    var token: [UInt8] = []
    token.reserveCapacity((key.headerStart.count + type.utf8.count + payload.count) * 4 / 3 + 540)
    Base64URL.alphabet.encode(key.headerStart + Array(type.utf8) + Array("\"}".utf8), into: &token)
    token.append(UInt8(ascii: "."))
    Base64URL.alphabet.encode(payload, into: &token)
    let signature = try key.sign(token)
    token.append(UInt8(ascii: "."))
    Base64URL.alphabet.encode(signature, into: &token)
    return String(decoding: token, as: UTF8.self)
  }

  /// The header but for the value of `typ`.
  static func headerStart(_ algorithm: SignatureAlgorithm, keyID: String) -> [UInt8] {
    var header = JSONWriter(capacity: 128)
    header.beginObject()
    header.member("alg", algorithm.rawValue)
    header.member("kid", keyID)
    header.name("typ")
    return header.bytes + [UInt8(ascii: "\"")]
  }

  /// The claims of `compact` when it is a token of kind `type` signed by a key that `key` knows; what they say (issuer, audience, times)
  /// is for the caller to check.
  ///
  /// The steps stand in the order of RFC 7515 §5.2. Nothing of the payload is read before the signature is proved.
  package static func verify(
    _ compact: String, type: String, maximumBytes: Int = 8192, key: (_ id: String) -> VerificationKey?
  ) throws(JWSError) -> JSONObject {
    guard compact.utf8.count <= maximumBytes else { throw .tooLong }
    let parts = Array(compact.utf8).split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3, let header = object(parts[0]), let payload = Base64URL.decode(parts[1]),
      let signature = Base64URL.decode(parts[2])
    else { throw .malformed }
    guard !header.members.contains(where: { forbiddenMembers.contains($0.name) }) else { throw .headerNotAllowed }
    guard let presentedType = header["typ"]?.stringValue, isSame(presentedType, type) else { throw .otherType }
    guard let id = header["kid"]?.stringValue, let key = key(id) else { throw .unknownKey }
    guard header["alg"]?.stringValue == key.algorithm.rawValue else { throw .otherAlgorithm }
    let message = Array(compact.utf8.prefix(parts[0].count + 1 + parts[1].count))
    guard key.verifies(signature, message) else { throw .badSignature }
    guard let claims = object(payload) else { throw .malformed }
    return claims
  }

  /// RFC 8725 §3.10: whoever lets the token name its key lets the forger choose it. `crit` and `b64` name extensions we have none of.
  private static let forbiddenMembers: Set<String> = ["jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64"]

  /// Media types compare without case, and `application/` may be left out (RFC 7515 §4.1.9).
  private static func isSame(_ presented: String, _ expected: String) -> Bool {
    let presented = presented.lowercased()
    let prefix = "application/"
    let short = presented.hasPrefix(prefix) ? presented.dropFirst(prefix.count) : Substring(presented)
    return short.isExactly(expected.lowercased())
  }

  private static func object(_ encoded: ArraySlice<UInt8>) -> JSONObject? {
    Base64URL.decode(encoded).flatMap { object($0) }
  }

  private static func object(_ bytes: [UInt8]) -> JSONObject? {
    (try? JSON.parse(bytes, maximumDepth: 16))?.objectValue
  }
}
