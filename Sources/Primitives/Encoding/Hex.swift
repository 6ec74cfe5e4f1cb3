/// Base16 (RFC 4648 §8). Written in lower case, read in either.
package enum Hex {
  private static let signs = Array("0123456789abcdef".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(signs[Int(byte >> 4)])
      text.append(signs[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  package static func decode(_ text: String) -> [UInt8]? {
    let signs = Array(text.utf8)
    guard signs.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(signs.count / 2)
    for index in stride(from: 0, to: signs.count, by: 2) {
      guard let high = value(of: signs[index]), let low = value(of: signs[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  /// What one hexadecimal sign counts, 0...15.
  package static func value(of sign: UInt8) -> UInt8? {
    switch sign {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): sign - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): sign - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): sign - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
