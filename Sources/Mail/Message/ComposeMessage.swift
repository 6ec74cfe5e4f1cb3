internal import Localization
internal import Primitives

extension Message {
  /// The message as octets: headers (RFC 5322), and the text twice, plain and HTML (RFC 2046 §5.1.4), the better one last.
  ///
  /// Pure ASCII, except that an address whose local part is not ASCII stands in it as UTF-8 (RFC 6532), which SMTPUTF8 carries.
  package func composed() -> ComposedMessage {
    // `=_` cannot occur in quoted-printable text, and a text that travels as it is was checked not to hold the boundary.
    let boundary = "=_\(letter.text)"
    let text =
      header(boundary: boundary) + part("text/plain", plainText, boundary: boundary) + part("text/html", html, boundary: boundary)
      + "\r\n--\(boundary)--\r\n"
    return ComposedMessage(letter: letter, date: date, sender: from.address, recipient: to.address, bytes: Array(text.utf8))
  }

  private func header(boundary: String) -> String {
    // IMF-fixdate says GMT, which RFC 5322 §4.3 counts among the obsolete zones.
    let written = date.httpDate.dropLast(3) + "+0000"
    return """
      Date: \(written)\r
      Message-ID: <\(letter.text)@\(from.address.domain)>\r

      """
        + HeaderText.field("From", from)
        + HeaderText.field("To", to)
        + HeaderText.field("Subject", unstructured: subject)
          + """
          Auto-Submitted: auto-generated\r
          Content-Language: \(language.tag)\r
          MIME-Version: 1.0\r
          Content-Type: multipart/alternative; boundary="\(boundary)"\r

          """
  }

  /// The line's end before a boundary belongs to the boundary (RFC 2046 §5.1.1), so the text arrives exactly as it is.
  private func part(_ type: String, _ text: String, boundary: String) -> String {
    let (encoding, body) =
      travelsAsItIs(text, boundary)
      ? ("7bit", text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
      : ("quoted-printable", QuotedPrintable.encode(text))
    return "\r\n--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n\(body)"
  }

  /// Plain ASCII without controls, in lines short enough for every server (RFC 5322 §2.1.1), stays readable in the stored file.
  private func travelsAsItIs(_ text: String, _ boundary: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) } && !text.contains(boundary)
      && text.split(separator: "\n").allSatisfy { $0.utf8.count <= 998 }
  }
}
