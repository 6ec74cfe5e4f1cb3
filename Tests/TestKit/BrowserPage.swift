/// What a browser shows: the answer, and what our pages are made of, read as simply as our pages allow.
package struct BrowserPage: Sendable {
  package let reply: HTTPReply
  /// Path and query at which it was found.
  package let address: String

  package var status: Int { reply.status }
  package var html: String { reply.text }

  /// Where the answer leads by itself: by a redirect or by the carry-on page.
  package var nextAddress: String? {
    if (300..<400).contains(status) { return reply.header("Location") }
    guard let tag = tags("meta").first(where: { $0["http-equiv"]?.lowercased() == "refresh" }), let content = tag["content"],
      let equals = content.firstIndex(of: "=")
    else { return nil }
    return String(content[content.index(after: equals)...])
  }

  /// The one heading of the page.
  package var heading: String { content(of: "h1") ?? "" }

  package var language: String? { tags("html").first?["lang"] }

  /// Everything a person reads, without marks.
  package var text: String {
    HTMLText.decoded(html.replacing(#/<[^>]*>/#, with: " ")).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  package var forms: [HTMLForm] {
    html.matches(of: #/(?s)<form\b([^>]*)>(.*?)</form>/#).map { match in
      HTMLForm(attributes: HTMLText.attributes(String(match.1)), content: String(match.2), page: address)
    }
  }

  /// The form that goes to this address (compared without the query); nil asks for the page's own.
  package func form(to action: String? = nil) -> HTMLForm? {
    forms.first { form in action.map { path(form.action) == $0 } ?? (path(form.action) == path(address)) }
  }

  /// The addresses of all links, decoded.
  package var links: [String] { tags("a").compactMap { $0["href"] } }

  /// The attributes of every tag of one name.
  package func tags(_ name: String) -> [[String: String]] {
    html.matches(of: #/(?s)<([a-z0-9]+)\b([^>]*)>/#).filter { $0.1 == name }.map { HTMLText.attributes(String($0.2)) }
  }

  private func content(of name: String) -> String? {
    html.matches(of: #/(?s)<([a-z0-9]+)\b[^>]*>(.*?)</\1>/#).first { $0.1 == name }
      .map { HTMLText.decoded(String($0.2).replacing(#/<[^>]*>/#, with: "")) }
      ?? html.firstMatch(of: #/(?s)<h1\b[^>]*>(.*?)</h1>/#).map {
        HTMLText.decoded(String($0.1).replacing(#/<[^>]*>/#, with: "")).split(whereSeparator: \.isWhitespace).joined(
          separator: " ")
      }
  }

  private func path(_ address: String) -> String { String(address.prefix { $0 != "?" }) }
}

/// A form with what would be sent if nobody typed anything.
package struct HTMLForm: Sendable {
  package let action: String
  package let method: String
  package let fields: [(name: String, value: String)]

  init(attributes: [String: String], content: String, page: String) {
    let action = attributes["action"] ?? ""
    self.action = action.isEmpty ? page : action
    method = (attributes["method"] ?? "get").lowercased()
    var fields: [(name: String, value: String)] = []
    for match in content.matches(of: #/(?s)<(input|select)\b([^>]*)>(.*?)(?=<(?:input|select|button)\b|$)/#) {
      let attributes = HTMLText.attributes(String(match.2))
      guard let name = attributes["name"], attributes["disabled"] == nil else { continue }
      if match.1 == "select" {
        let options = String(match.3).matches(of: #/<option\b([^>]*)>/#).map { HTMLText.attributes(String($0.1)) }
        let chosen = options.first { $0["selected"] != nil } ?? options.first
        fields.append((name, chosen?["value"] ?? ""))
      } else if !["checkbox", "radio"].contains(attributes["type"] ?? "") || attributes["checked"] != nil {
        fields.append((name, attributes["value"] ?? ""))
      }
    }
    self.fields = fields
  }

  package func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

enum HTMLText {
  static func attributes(_ text: String) -> [String: String] {
    var attributes: [String: String] = [:]
    for match in text.matches(of: #/([a-zA-Z-]+)(?:="([^"]*)")?/#) {
      attributes[String(match.1).lowercased()] = decoded(match.2.map(String.init) ?? "")
    }
    return attributes
  }

  static func decoded(_ text: String) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"), ("&nbsp;", " "), ("&amp;", "&")]
    return named.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}
