internal import Localization

/// Said above a form when what it asks for has to wait. Everything typed stands there once more, except passwords.
package enum FormDelay: Sendable {
  /// Asked, or failed, too often: how long to wait.
  case throttled(Duration)
  /// The service is busy.
  case busy

  func text(_ say: Sentences) -> String {
    switch self {
    case .throttled(let span): say.signIn.throttled(say.wait(span))
    case .busy: say.errors.unavailable
    }
  }
}
