/// Makes a value that strangers chose fit to stand in a log: one line, no terminal commands, no reordering, no flood.
package enum LogText {
  /// `text` with line ends, control signs (ANSI escapes begin with one), bidirectional controls, other invisible format signs and the
  /// backslash escaped, cut after `limit` signs with `…`. Reads no further than the cut.
  package static func line(_ text: String, limit: Int = 256) -> String {
    var line = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else { return line + "…" }
      count += 1
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\t": line += "\\t"
      default:
        if isVisible(scalar) {
          line.unicodeScalars.append(scalar)
        } else {
          line += "\\u{\(String(scalar.value, radix: 16))}"
        }
      }
    }
    return line
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
    default: true
    }
  }
}
