package import HTTPTypes

/// The cookies a browser sent.
///
/// A name that came twice has no value: somebody who may set cookies for a parent domain could have added the second, and nobody knows which is
/// ours (THREATS SES7).
package struct Cookies: Sendable {
  private let values: [String: String?]

  package init(_ headers: HTTPFields) {
    var values: [String: String?] = [:]
    for line in headers[values: .cookie] {
      for pair in line.split(separator: ";") {
        let trimmed = pair.drop { $0 == " " }
        guard let equals = trimmed.firstIndex(of: "=") else { continue }
        let name = String(trimmed[..<equals])
        if values[name] == nil {
          values[name] = .some(String(trimmed[trimmed.index(after: equals)...]))
        } else {
          values[name] = .some(nil)
        }
      }
    }
    self.values = values
  }

  package subscript(name: String) -> String? { values[name] ?? nil }
}

/// A cookie to be kept by the browser: never readable by scripts, never sent along with another site's forms, for this host alone.
package struct SetCookie: Sendable {
  let text: String

  /// - Parameters:
  ///   - value: signs of base64url and dots only.
  ///   - lifetime: nil keeps it until the browser is closed; zero removes it.
  package init(_ name: String, _ value: String, lifetime: Duration?, isSecure: Bool) {
    var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
    if isSecure { text += "; Secure" }
    if let lifetime { text += "; Max-Age=\(max(0, lifetime.components.seconds))" }
    self.text = text
  }
}
