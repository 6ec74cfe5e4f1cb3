package import Localization

/// The answer to an invitation's link in a browser where somebody else is signed in. Offers to sign out: sends `csrf` and `continue` (this
/// page's own path) to `/sign-out`. Nobody is ever added silently under another's invitation.
package struct OtherPersonPage: Page {
  package static let template = "other-person"
  package var frame: PageFrame
  /// Who is signed in here.
  package var name: String
  /// Path of the invitation, to open again after signing out.
  package var continueTo: String

  package init(frame: PageFrame, name: String, continueTo: String) {
    self.frame = frame
    self.name = name
    self.continueTo = continueTo
  }

  package func title(_ say: Sentences) -> String { say.otherPerson.title }

  package func view(_ say: Sentences) -> View {
    ["explanation": say.otherPerson.explanation(name), "continueTo": continueTo]
  }
}
