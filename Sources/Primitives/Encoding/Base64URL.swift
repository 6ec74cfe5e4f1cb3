/// Base64 for URLs and tokens (RFC 4648 §5), without padding, as JOSE wants it (RFC 7515 §2).
package enum Base64URL {
  static let alphabet = SixBitAlphabet(lastTwo: ("-", "_"))

  package static func encode(_ bytes: [UInt8]) -> String {
    alphabet.encode(bytes)
  }

  /// The bytes of `text`, or nothing when it is not the one spelling `encode` would give: no padding, no blanks, no left-over bits.
  package static func decode(_ text: String) -> [UInt8]? {
    decode(Array(text.utf8)[...])
  }

  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    alphabet.decode(text)
  }
}
