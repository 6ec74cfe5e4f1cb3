/// Scheme, host and port of a web address (RFC 6454 §4), in the one spelling browsers send: `https://usher.example.com`.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  package enum Scheme: String, Sendable { case http, https }

  package let scheme: Scheme
  /// A lower-case name, an IPv4 address, or an IPv6 address in brackets.
  package let host: String
  package let port: UInt16

  package init(scheme: Scheme, host: String, port: UInt16) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// Reads an origin strictly: no path (not even `/`), user, query, fragment, upper case, or default port spelled out. One origin then
  /// has one text, and comparing texts is enough.
  package init?(_ text: String) {
    let rest: Substring
    if text.hasPrefix("https://") {
      scheme = .https
      rest = text.dropFirst(8)
    } else if text.hasPrefix("http://") {
      scheme = .http
      rest = text.dropFirst(7)
    } else {
      return nil
    }
    let defaultPort: UInt16 = scheme == .https ? 443 : 80
    guard let (host, port) = Self.hostAndPort(rest), port != defaultPort else { return nil }
    self.host = host
    self.port = port ?? defaultPort
  }

  private static func hostAndPort(_ text: Substring) -> (String, UInt16?)? {
    var host = text
    var port: UInt16?
    if let colon = text.lastIndex(of: ":"), text.hasPrefix("[") == false || text[..<colon].hasSuffix("]") {
      guard let number = portNumber(text[text.index(after: colon)...]) else { return nil }
      host = text[..<colon]
      port = number
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
      guard let address = IPAddress(String(host.dropFirst().dropLast())), address.isIPv6, "[\(address)]" == host else {
        return nil
      }
    } else {
      guard isName(host) else { return nil }
    }
    return (String(host), port)
  }

  private static func portNumber(_ text: Substring) -> UInt16? {
    guard let number = UInt16(text), number > 0, String(number) == text else { return nil }
    return number
  }

  /// Labels of letters, digits and inner hyphens (RFC 1123 §2.1); a name whose last label is a number must be a whole IPv4 address.
  private static func isName(_ text: Substring) -> Bool {
    guard text.utf8.count <= 253 else { return false }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let spelled = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
    }
    guard spelled, let last = labels.last else { return false }
    return last.utf8.allSatisfy { (0x30...0x39).contains($0) } ? IPAddress(String(text)) != nil : true
  }

  /// Whether this names the machine itself: `localhost` (RFC 6761 §6.3) or a loopback address.
  package var isLoopback: Bool {
    host == "localhost" || IPAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host)?.isLoopback == true
  }

  package var description: String {
    let isDefault = port == (scheme == .https ? 443 : 80)
    return "\(scheme.rawValue)://\(host)" + (isDefault ? "" : ":\(port)")
  }
}
