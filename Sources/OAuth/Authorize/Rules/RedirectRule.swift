internal import Identity

/// The answer goes to a registered address, compared sign by sign (RFC 9700 §2.1; THREATS RED1). It may be left out when exactly one is
/// registered (RFC 6749 §3.1.2.3).
enum RedirectRule {
  static func check(
    _ parameters: AuthorizationParameters, _ application: Application
  ) throws(AuthorizationRefusal) -> (uri: String, wasSent: Bool) {
    guard let presented = parameters["redirect_uri"] else {
      guard let only = application.redirectURIs.first, application.redirectURIs.count == 1 else { throw .redirectMissing }
      return (only, false)
    }
    guard application.redirectURIs.contains(where: { RedirectURI.isSame(registered: $0, presented: presented) }) else {
      throw .redirectNotRegistered
    }
    return (presented, true)
  }
}
