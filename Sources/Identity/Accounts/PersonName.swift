internal import Foundation

/// What a person is called: first and last name, each 1 to 100 characters on one line.
package struct PersonName: Hashable, Sendable {
  package let first: String
  package let last: String

  package var full: String { "\(first) \(last)" }

  /// - Returns: nil when a part is empty, longer than 100 characters, or holds a control or bidirectional-override character.
  package init?(first: String, last: String) {
    guard let first = Self.cleaned(first), let last = Self.cleaned(last) else { return nil }
    self.first = first
    self.last = last
  }

  package init(storedFirst first: String, last: String) {
    self.first = first
    self.last = last
  }

  private static func cleaned(_ part: String) -> String? { DisplayText.cleaned(part, limit: 100) }
}

/// A short text a person typed to be shown to others: a name, a title.
package enum DisplayText {
  /// Trims, normalizes to NFC and checks the text.
  ///
  /// - Returns: nil when nothing is left, when it is longer than `limit` characters, or when it holds characters that could change what
  ///   stands around it: controls, line breaks, bidirectional overrides.
  package static func cleaned(_ text: String, limit: Int) -> String? {
    guard text.utf8.count <= limit * 16 else { return nil }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
    guard !trimmed.isEmpty, trimmed.count <= limit else { return nil }
    let harmless = trimmed.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
      case .format: scalar.value == 0x200D || scalar.value == 0x200C
      default: true
      }
    }
    return harmless ? trimmed : nil
  }
}
