internal import Foundation

/// An e-mail address as somebody wrote it, with the key by which two spellings are the same mailbox to us.
///
/// We accept what RFC 5321 §4.1.2 calls a dot-string local part (with RFC 6531's letters beyond ASCII) at a domain of two or more labels, up to
/// 254 octets. Quoted local parts and address literals are refused: no mailbox of an organization has one, and they are a
/// favourite way to smuggle headers.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
  /// As it is written in letters: the local part as given, the domain in lower case.
  package let text: String
  /// What makes an address unique: NFC, lower case, whole. Mail systems that tell `Ada@` from `ada@` exist on paper only.
  package let key: String

  /// The domain in lower case.
  package var domain: String { String(key[key.index(after: key.lastIndex(of: "@") ?? key.startIndex)...]) }

  /// - Returns: nil when the text is not an address we can write to.
  package init?(_ presented: String) {
    let trimmed = presented.trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping
    guard trimmed.utf8.count <= 254, let at = trimmed.lastIndex(of: "@") else { return nil }
    let local = trimmed[..<at]
    let domain = trimmed[trimmed.index(after: at)...].lowercased()
    guard (1...64).contains(local.utf8.count), Self.isDotString(local), Self.isDomain(domain) else { return nil }
    text = "\(local)@\(domain)"
    key = "\(local.lowercased())@\(domain)"
  }

  /// From our own store, where only accepted addresses are.
  package init(stored text: String) {
    self.text = text
    key = text.lowercased()
  }

  package var description: String { "‹address›" }

  package static func == (left: Self, right: Self) -> Bool { left.key == right.key }
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }

  private static func isDotString(_ local: Substring) -> Bool {
    local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty
        && atom.unicodeScalars.allSatisfy { scalar in
          scalar.value < 0x80
            ? scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
              || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
            : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
              || scalar.properties.canonicalCombiningClass.rawValue != 0
        }
    }
  }

  private static func isDomain(_ domain: String) -> Bool {
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && domain.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.unicodeScalars.allSatisfy { scalar in
            scalar == "-" || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
              || (scalar.value >= 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil))
          }
      }
  }
}
