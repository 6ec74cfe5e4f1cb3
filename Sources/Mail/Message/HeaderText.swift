internal import Primitives

/// Text inside a header: encoded words where it is not plain ASCII (RFC 2047), folded lines (RFC 5322 §2.2.3), and never a line of its own.
package enum HeaderText {
  /// A header line is folded so as not to pass this many octets, where a place to fold exists (RFC 5322 §2.1.1 asks for 78).
  static let preferredLine = 76

  /// What could end a header, move the reading direction or hide: becomes a blank before anything is encoded, so a name can neither inject a
  /// header nor decode to one.
  package static func cleaned(_ text: String) -> String {
    var clean = ""
    var pendingBlank = false
    for scalar in text.unicodeScalars {
      guard isHarmless(scalar), scalar != " " else {
        pendingBlank = !clean.isEmpty
        continue
      }
      if pendingBlank { clean.append(" ") }
      pendingBlank = false
      clean.unicodeScalars.append(scalar)
    }
    return clean
  }

  static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
    // The joiners shape letters of several scripts; every other format character only moves or hides text.
    case .format: scalar.value == 0x200C || scalar.value == 0x200D
    default: true
    }
  }

  /// An unstructured header: `Subject`.
  static func field(_ name: String, unstructured text: String) -> String {
    let clean = cleaned(text)
    return folded(name, words(clean) ?? clean.split(separator: " ").map(String.init))
  }

  /// A header that names one mailbox: `From`, `To`.
  static func field(_ name: String, _ mailbox: Mailbox) -> String {
    folded(name, phrase(cleaned(mailbox.name)) + ["<\(mailbox.address.text)>"])
  }

  /// A display name: as it is when it is made of atoms, quoted when it is other ASCII, encoded words otherwise (RFC 5322 §3.2.5).
  private static func phrase(_ text: String) -> [String] {
    if let encoded = words(text) { return encoded }
    let parts = text.split(separator: " ").map(String.init)
    guard !parts.allSatisfy({ $0.utf8.allSatisfy(isAtomText) }) else { return parts }
    let escaped = text.reduce(into: "") { quoted, character in
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return ["\"\(escaped)\""]
  }

  private static func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }

  /// The text as encoded words of at most 75 octets, or nil when it can stand as it is. `=?` forces encoding: text that looks like an
  /// encoded word would be read as one. So does a run too long for a folded line.
  private static func words(_ text: String) -> [String]? {
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?")
    guard !isPlain || text.split(separator: " ").contains(where: { $0.utf8.count > preferredLine }) else { return nil }
    // `=?UTF-8?B?` and `?=` take 12 of 75 octets; 63 octets of Base64 hold 45 bytes. A character is never split between two words
    // (RFC 2047 §5); one of more than 45 bytes (a pile of combining marks) is split between its scalars.
    var words: [String] = []
    var chunk: [UInt8] = []
    func finish() {
      guard !chunk.isEmpty else { return }
      words.append("=?UTF-8?B?\(Base64.encode(chunk))?=")
      chunk = []
    }
    for character in text {
      let whole = Array(character.utf8)
      let pieces = whole.count <= 45 ? [whole] : character.unicodeScalars.map { Array(String($0).utf8) }
      for piece in pieces {
        if chunk.count + piece.count > 45 { finish() }
        chunk += piece
      }
    }
    finish()
    return words
  }

  /// Puts the words on lines, each continued one behind a blank.
  private static func folded(_ name: String, _ words: [String]) -> String {
    var header = "\(name):"
    var column = header.utf8.count
    for (index, word) in words.enumerated() {
      if index > 0, column + 1 + word.utf8.count > preferredLine {
        header += "\r\n"
        column = 0
      }
      header += " \(word)"
      column += 1 + word.utf8.count
    }
    return header + "\r\n"
  }
}
