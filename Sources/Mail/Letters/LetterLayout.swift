internal import Localization

/// How a letter looks: the same words twice, as lines of text and as a page that loads nothing from anywhere.
struct LetterLayout {
  let text: LetterText
  /// Where the button leads; written out as well, for programs that show no button and readers who look before they press.
  let address: String?
  let language: Language

  /// Paragraphs with an empty line between them, the address alone on its line, the advice below a signature's mark. Lines are not broken:
  /// programs do that for their window, and a broken link is a dead link.
  var plainText: String {
    var parts = [text.greeting] + text.paragraphs
    if let button = text.button, let address { parts.append("\(button):\n\(address)") }
    parts += ["\(text.closing)\n\(text.signature)", "-- \n" + text.advice.joined(separator: "\n")]
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// One table-free column. Styles stand in the elements, because many mail programs drop a style sheet.
  var html: String {
    """
    <!DOCTYPE html>
    <html lang="\(language.tag)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped(text.subject))</title>
    </head>
    <body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
    <div style="max-width:560px;margin:0 auto">
    \(body.joined(separator: "\n"))
    </div>
    </body>
    </html>

    """
  }

  private var body: [String] {
    var lines = ([text.greeting] + text.paragraphs).map(paragraph)
    if let button = text.button, let address {
      let target = escaped(address)
      lines.append(
        """
        <p style="margin:24px 0"><a href="\(target)" style="display:inline-block;padding:12px 24px;border-radius:6px;\
        background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none">\(escaped(button))</a></p>
        """)
      lines.append(
        """
        <p style="\(Self.small)">\(escaped(text.linkBelow))<br>
        <a href="\(target)" style="color:inherit;word-break:break-all">\(target)</a></p>
        """)
    }
    lines.append("<p>\(escaped(text.closing))<br>\(escaped(text.signature))</p>")
    lines.append("<hr style=\"border:0;border-top:1px solid #94a3b8;margin:24px 0\">")
    lines += text.advice.map { "<p style=\"\(Self.small)\">\(escaped($0))</p>" }
    return lines
  }

  private static let small = "font-size:14px;opacity:0.8"

  private func paragraph(_ sentence: String) -> String { "<p>\(escaped(sentence))</p>" }

  private func escaped(_ text: String) -> String {
    var safe = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(character)
      }
    }
    return safe
  }
}
