package import Primitives

/// An address to which a browser may be sent with an answer for an application: `https`, or `http` on this very machine.
///
/// It is strict at registration so that comparison at use can be plain: one address has one spelling. Private-use schemes are not taken;
/// programs on a person's own device use a loopback address or a claimed `https` address (RFC 8252 §7.2, §7.3).
package struct RedirectURI: Sendable, Hashable {
  /// Why a text is no address we would ever send somebody to.
  package enum Flaw: String, Error, Sendable, CaseIterable {
    case tooLong = "too_long"
    /// Not `scheme://host…`, or signs no address may hold.
    case malformed
    /// `http` to another machine, `javascript:`, an application's own scheme.
    case schemeNotAllowed = "scheme_not_allowed"
    case userInformation = "user_information"
    case fragment
    case wildcard
    /// A segment `.` or `..`: a browser would go elsewhere than it reads.
    case dotSegment = "dot_segment"
    /// Upper case in the host, or the scheme's own port spelled out.
    case notCanonical = "not_canonical"
  }

  /// In bytes.
  package static let maximumLength = 2000

  package let text: String
  package let origin: Origin
  /// Path and query, as they stand behind the origin.
  private let rest: String

  package init(_ text: String) throws(Flaw) {
    guard text.utf8.count <= Self.maximumLength else { throw .tooLong }
    guard text.utf8.allSatisfy(Self.isAllowed) else { throw .malformed }
    guard let colon = text.firstIndex(of: ":") else { throw .malformed }
    guard ["https", "http"].contains(text[..<colon]) else { throw .schemeNotAllowed }
    guard text[colon...].hasPrefix("://") else { throw .malformed }
    guard !text.contains("#") else { throw .fragment }
    guard !text.contains("*") else { throw .wildcard }
    let authority = text[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" }
    guard !authority.contains("@") else { throw .userInformation }
    guard let origin = Origin(String(text[..<authority.endIndex])) else {
      // Tell the common slip (a capital, a default port) from nonsense.
      let lowered = text[..<authority.endIndex].lowercased()
      let bare =
        lowered.hasSuffix(":443") || lowered.hasSuffix(":80")
        ? String(lowered[..<(lowered.lastIndex(of: ":") ?? lowered.endIndex)]) : lowered
      throw Origin(bare) == nil ? .malformed : .notCanonical
    }
    guard origin.scheme == .https || origin.isLoopback else { throw .schemeNotAllowed }
    let rest = text[authority.endIndex...]
    guard PercentEncoding.decode(rest, plusIsSpace: false) != nil else { throw .malformed }
    let path = rest.prefix { $0 != "?" }.lowercased()
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map {
      $0.split(separator: "%2e", omittingEmptySubsequences: false).joined(separator: ".")
    }
    guard !segments.contains(where: { $0 == "." || $0 == ".." }) else { throw .dotSegment }
    self.text = text
    self.origin = origin
    self.rest = String(rest)
  }

  /// Whether a presented address is the registered one: the same bytes (RFC 9700 §2.1). Only the port of a loopback *address* may differ,
  /// because a program on a person's device cannot choose it beforehand (RFC 8252 §7.3); `localhost` is a name and gets no such freedom.
  package static func isSame(registered: String, presented: String) -> Bool {
    if registered.isExactly(presented) { return true }
    guard let known = try? RedirectURI(registered), known.isLoopbackAddress, let other = try? RedirectURI(presented) else {
      return false
    }
    return other.origin.scheme == known.origin.scheme && other.origin.host.isExactly(known.origin.host)
      && other.rest.isExactly(known.rest)
  }

  private var isLoopbackAddress: Bool { origin.scheme == .http && origin.isLoopback && origin.host != "localhost" }

  /// The signs of RFC 3986 §2: unreserved, reserved and the percent sign.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: allowedSigns.contains(byte)
    }
  }

  private static let allowedSigns = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)
}
