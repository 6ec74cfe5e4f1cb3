internal import Primitives

/// Where to go on after a step of ours: path and query of our own origin, and never anywhere else (THREATS RED3).
///
/// Browsers repair what they are given: they drop tabs and line ends, read `\` as `/`, and take `//name` for another host. So nothing is repaired
/// here; whatever is not plainly a path of printable ASCII is replaced by the start page.
struct ContinuePath: Sendable, Hashable, CustomStringConvertible {
  static let start = ContinuePath(trusted: "/dashboard")
  private static let longest = 8_000

  let text: String

  init(trusted text: String) { self.text = text }

  init(_ presented: String?) {
    self = presented.flatMap { Self.isOwnPath($0) ? ContinuePath(trusted: $0) : nil } ?? .start
  }

  /// Whether it leads back into an authorization request, after which a browser may be sent to an application.
  var isAuthorization: Bool { text.hasPrefix("/oauth/authorize?") }

  /// The fields of its query, where they can be read.
  var query: FormFields {
    guard let mark = text.firstIndex(of: "?") else { return FormFields([]) }
    return FormFields(parsing: String(text[text.index(after: mark)...])) ?? FormFields([])
  }

  /// As the value of a parameter.
  var encoded: String { PercentEncoding.encode(component: text) }

  var description: String { text }

  private static func isOwnPath(_ text: String) -> Bool {
    guard text.utf8.count <= longest, text.utf8.first == UInt8(ascii: "/") else { return false }
    let second = text.utf8.dropFirst().first
    guard second != UInt8(ascii: "/") else { return false }
    // Percent-encoded controls and backslashes are refused too, in case somebody behind us decodes before routing.
    let decoded = PercentEncoding.decode(text.prefix { $0 != "?" }, plusIsSpace: false)
    guard let decoded, decoded.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }), !decoded.hasPrefix("//")
    else {
      return false
    }
    return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") }
  }
}
