/// Percent-encoding (RFC 3986 §2.1) of one component: a path segment, a name or value of a query or a form.
package enum PercentEncoding {
  private static let upperHex = Array("0123456789ABCDEF".utf8)

  /// Everything but the unreserved signs is written `%XX`, a blank too: so the text means the same in a path, a query and a form.
  package static func encode(component: String) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(component.utf8.count)
    for byte in component.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.append(byte)
      default:
        text.append(UInt8(ascii: "%"))
        text.append(upperHex[Int(byte >> 4)])
        text.append(upperHex[Int(byte & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The text behind `text`, or nothing when a `%` lacks its two digits or the bytes are not UTF-8. With `plusIsSpace` it is read as a
  /// form's (RFC 6749 appendix B).
  package static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
    decode(Array(text.utf8), plusIsSpace: plusIsSpace)
  }

  static func decode(_ encoded: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.count)
    var signs = encoded.makeIterator()
    while let sign = signs.next() {
      switch sign {
      case UInt8(ascii: "%"):
        guard let first = signs.next(), let second = signs.next(), let high = Hex.value(of: first),
          let low = Hex.value(of: second)
        else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace:
        bytes.append(UInt8(ascii: " "))
      default:
        bytes.append(sign)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
