/// Douglas Crockford's base32 in lower case: no `i`, `l`, `o`, `u`, so that a name read aloud is written down right.
enum CrockfordBase32 {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// The 128 bits as 26 signs, most significant first. (26 × 5 = 130: the first sign is at most `7`.)
  static func encode(high: UInt64, low: UInt64) -> String {
    var high = high
    var low = low
    return String(unsafeUninitializedCapacity: 26) { signs in
      for index in stride(from: 25, through: 0, by: -1) {
        signs[index] = alphabet[Int(low & 31)]
        low = low >> 5 | high << 59
        high >>= 5
      }
      return 26
    }
  }
}
