package import Primitives

/// Where somebody was when they began to sign up, so that they end up there once the mailbox is proved: in the midst of an authorization request.
///
/// It rests with the pending sign-up and not in the letter, which carries nothing but its secret, and it counts only in the browser in which it
/// began: the half-done sign-in of one browser must not go on in another (THREATS COD7).
package struct WayBack: Sendable, Hashable {
  /// Path and query of our own origin; whoever follows it checks once more that it is.
  package let path: String
  /// What that browser is known by.
  package let browser: SecretDigest

  package init(path: String, browser: SecretDigest) {
    self.path = path
    self.browser = browser
  }
}
