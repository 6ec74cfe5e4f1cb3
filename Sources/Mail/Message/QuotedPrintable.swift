/// The quoted-printable encoding of text (RFC 2045 §6.7).
///
/// Chosen over Base64 for every body that is not plain ASCII, although it is longer in Cyrillic: a link of one line stays readable to whoever
/// looks at the stored file.
package enum QuotedPrintable {
  /// The longest line the standard permits, without its end.
  private static let longestLine = 76

  /// - Parameter text: lines ended by LF or CR LF.
  /// - Returns: lines ended by CR LF.
  package static func encode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 2)
    var column = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let rest = bytes.index(after: index)
      if byte == 0x0D, rest < bytes.count, bytes[rest] == 0x0A {
        index += 1
        continue
      }
      if byte == 0x0A {
        output += [0x0D, 0x0A]
        column = 0
        index += 1
        continue
      }
      let endsLine = rest == bytes.count || bytes[rest] == 0x0A || bytes[rest] == 0x0D
      let token = encoded(byte, endsLine: endsLine)
      // The last column of a line that goes on belongs to the soft break's `=`.
      if column + token.count > (endsLine ? longestLine : longestLine - 1) {
        output += [0x3D, 0x0D, 0x0A]
        column = 0
      }
      output += token
      column += token.count
      index += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func encoded(_ byte: UInt8, endsLine: Bool) -> [UInt8] {
    let isBlank = byte == 0x20 || byte == 0x09
    // Blanks at a line's end are lost on the way, so they are written out (rule 3).
    if isBlank && !endsLine || (0x21...0x7E).contains(byte) && byte != 0x3D { return [byte] }
    let digits = Array("0123456789ABCDEF".utf8)
    return [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
  }
}
