package import Localization

/// *Sign out?* Asked when an application sends somebody here to be signed out, and when the address is opened by hand. Sends `csrf` and
/// `continue` to `action`.
package struct SignOutPage: Page {
  package static let template = "sign-out"
  package var frame: PageFrame
  /// `/sign-out`, or the address of the end-session endpoint with nothing but its path.
  package var action: String
  /// Further hidden fields the endpoint wants back, by name.
  package var carried: [(name: String, value: String)]

  package init(frame: PageFrame, action: String = "/sign-out", carried: [(name: String, value: String)] = []) {
    self.frame = frame
    self.action = action
    self.carried = carried
  }

  package func title(_ say: Sentences) -> String { say.signOut.title }

  package func view(_ say: Sentences) -> View {
    ["action": action, "carried": carried.map { ["name": $0.name, "value": $0.value] as View }]
  }
}

/// *You are signed out*, with the way back to the application that asked for it.
package struct SignedOutPage: Page {
  package struct Return: Sendable {
    package var application: String
    /// Registered by the application for this purpose; checked before it comes here.
    package var address: String

    package init(application: String, address: String) {
      self.application = application
      self.address = address
    }
  }

  package static let template = "signed-out"
  package var frame: PageFrame
  package var back: Return?

  package init(frame: PageFrame, back: Return? = nil) {
    self.frame = frame
    self.back = back
  }

  package func title(_ say: Sentences) -> String { say.signOut.doneTitle }

  package func view(_ say: Sentences) -> View {
    ["back": back.map { ["text": say.signOut.back($0.application), "address": $0.address] as View }]
  }
}
