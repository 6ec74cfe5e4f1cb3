/// The scopes that mean something to us. Every other name belongs to the applications.
package enum Scope {
  /// The person signs in: an ID token comes with the tokens.
  package static let openID = "openid"
  package static let profile = "profile"
  package static let email = "email"
  /// Refresh tokens survive the session.
  package static let offlineAccess = "offline_access"
  /// The management API.
  package static let manage = "usher:manage"
  /// The decision endpoint.
  package static let decide = "usher:decide"

  /// Those about a person who signs in; they say nothing for an application that acts for itself.
  package static let aboutPeople: Set<String> = [openID, profile, email, offlineAccess]
  package static let all: [String] = [openID, profile, email, offlineAccess, manage, decide]

  /// How many one request or one application may name.
  package static let maximumCount = 50

  /// Whether the text can be a scope: 1 to 100 signs of `%x21 / %x23-5B / %x5D-7E` (RFC 6749 §3.3).
  package static func isWellFormed(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }

  /// Names under `usher:` are ours, whether they mean something today or not.
  package static func isReserved(_ text: String) -> Bool { text.hasPrefix("usher:") && text != manage && text != decide }
}
