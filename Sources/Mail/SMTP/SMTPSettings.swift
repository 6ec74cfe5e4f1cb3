internal import Primitives

/// Where letters are handed over, and how much we insist on.
package struct SMTPSettings: Sendable {
  package enum Security: Sendable, Hashable {
    /// Plain at first, then STARTTLS (RFC 3207) before anything else is said; a server that does not offer it gets no letter.
    case startTLS
    /// TLS from the first byte (RFC 8314 §3.3).
    case implicitTLS
    /// No encryption at all: only to this very machine, and only where somebody asked for it.
    case plaintextOnLoopback
  }

  /// A name and a password for AUTH (RFC 4954).
  package struct Credentials: Sendable, Redacted {
    let user: String
    let password: String

    package init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  /// Why settings cannot be used.
  package enum Refusal: Error, Hashable, Sendable {
    /// The host is neither an IP address nor a name of letters, digits, dots and hyphens; or the port is not in 1...65535.
    case notAServer
    /// Plain text was asked for with a server that is not this machine.
    case plaintextBeyondLoopback
  }

  package let host: String
  package let port: Int
  package let security: Security
  package let credentials: Credentials?
  /// A PEM file of the only authorities to trust; nil for the system's.
  package let certificateAuthorities: String?
  /// What we call ourselves in EHLO.
  package let greetingName: String
  package let connectTimeout: Duration
  /// From the first packet to the server's word that the letter is its own now.
  package let totalTimeout: Duration

  package init(
    host: String, port: Int, security: Security, credentials: Credentials? = nil, certificateAuthorities: String? = nil,
    greetingName: String, connectTimeout: Duration = .seconds(10), totalTimeout: Duration = .seconds(60)
  ) throws(Refusal) {
    guard (1...65_535).contains(port), Self.isHost(host) else { throw .notAServer }
    if security == .plaintextOnLoopback, !Self.isThisMachine(host) { throw .plaintextBeyondLoopback }
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
    self.certificateAuthorities = certificateAuthorities
    self.greetingName = greetingName
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
  }

  /// The server as libcurl wants it: the path is what EHLO says.
  var url: String {
    let scheme = security == .implicitTLS ? "smtps" : "smtp"
    let authority = IPAddress(host)?.isIPv6 == true ? "[\(host)]" : host
    return "\(scheme)://\(authority):\(port)/\(PercentEncoding.encode(component: greetingName))"
  }

  private static func isHost(_ host: String) -> Bool {
    if IPAddress(host) != nil { return true }
    guard (1...253).contains(host.utf8.count) else { return false }
    return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.utf8.count)
        && label.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"):
            true
          default: false
          }
        }
    }
  }

  /// `localhost` never leaves the machine (RFC 6761 §6.3); any other name is somebody's answer to a question.
  private static func isThisMachine(_ host: String) -> Bool {
    IPAddress(host)?.isLoopback ?? (host.lowercased() == "localhost")
  }
}
