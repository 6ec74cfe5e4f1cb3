package import Localization

/// One page of Usher, as a value: what it shows is decided before, how it looks is its template's business.
///
/// A page knows plain texts, ids and its language, nothing of HTTP and nothing of Identity, so every page in every state can be rendered
/// in a test without a server. Each page's comment says which fields its form sends (`FormName`) and where to.
package protocol Page: Sendable {
  /// The file in `Templates/`, without `.mustache`.
  static var template: String { get }

  var frame: PageFrame { get }

  /// The page's one heading, which is also the title of the window.
  func title(_ say: Sentences) -> String

  /// What the template shows beside the heading and the frame.
  func view(_ say: Sentences) -> View
}

extension Page {
  /// The whole document.
  package func html(_ renderer: PageRenderer) -> String { renderer.render(self) }
}

/// What surrounds every page: its language, who is signed in, and where the language can be switched.
package struct PageFrame: Sendable {
  package struct Person: Sendable {
    package var name: String
    /// Nil for a personal account.
    package var organization: String?
    /// Whether the list of users is among this person's tasks.
    package var seesUsers: Bool

    package init(name: String, organization: String?, seesUsers: Bool) {
      self.name = name
      self.organization = organization
      self.seesUsers = seesUsers
    }
  }

  package var language: Language
  /// Path and query of this page, or of the page to open again where this one answers a form: the language links lead there. Empty means
  /// no language links.
  package var address: String
  /// The token every form carries as `csrf`; empty on pages without forms.
  package var csrf: String
  package var person: Person?

  package init(language: Language, address: String = "", csrf: String = "", person: Person? = nil) {
    self.language = language
    self.address = address
    self.csrf = csrf
    self.person = person
  }

  /// This page's address in another language. Only ever a path of our own: whatever stands there begins with one slash.
  func address(in language: Language) -> String? {
    guard address.hasPrefix("/"), !address.hasPrefix("//"), !address.hasPrefix("/\\") else { return nil }
    let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let kept = (parts.count == 2 ? parts[1] : "").split(separator: "&").filter { !$0.hasPrefix("language=") }
    return "\(parts[0])?\((kept + ["language=\(language.tag)"]).joined(separator: "&"))"
  }
}
