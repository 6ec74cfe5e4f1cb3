internal import Mustache

/// Escapes text for HTML, scalar by scalar.
///
/// Mustache's own escaping compares whole characters, and to Swift `<` followed by a combining accent is one character that is not `<`,
/// while to a browser the bracket is a bracket. So every template is compiled with this instead.
struct HTMLText: MustacheContentType {
  static let name = "USHER_HTML"

  func escapeText(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "`": escaped.append(contentsOf: "&#96;".unicodeScalars)
      // NUL is no character of HTML, and some readers drop it and join what stands around.
      case "\0": escaped.append("\u{FFFD}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
