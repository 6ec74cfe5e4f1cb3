/// Standard Base64 (RFC 4648 §4): HTTP Basic credentials, mail bodies, and (unpadded) the fields of a stored password hash.
package enum Base64 {
  private static let alphabet = SixBitAlphabet(lastTwo: ("+", "/"))

  package static func encode(_ bytes: [UInt8], padded: Bool = true) -> String {
    let signs = alphabet.encode(bytes)
    return padded ? signs + String(repeating: "=", count: (3 - bytes.count % 3) % 3) : signs
  }

  /// The bytes of `text`, or nothing. With `padded`, the length must be a multiple of four and the padding whole; without it, `=` is a
  /// foreign sign.
  package static func decode(_ text: String, padded: Bool = true) -> [UInt8]? {
    var signs = Array(text.utf8)
    if padded {
      guard signs.count % 4 == 0 else { return nil }
      for _ in 0..<2 where signs.last == UInt8(ascii: "=") { signs.removeLast() }
    }
    return alphabet.decode(signs[...])
  }
}
