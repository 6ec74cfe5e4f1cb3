internal import AccessControl
package import Identity
package import Primitives

/// What must happen when an application sends somebody here to sign out (OpenID Connect RP-Initiated Logout §2).
package enum SignOutStep: Sendable, Equatable {
  /// End this browser's session, if it has one, without asking: the application showed an ID token of this very session.
  case end(SessionID?, then: Destination)
  /// Ask the person first: anybody may have made the link. `applicationName` is known when the application proved itself by an ID token.
  case ask(applicationName: String?, then: Destination)

  package enum Destination: Sendable, Hashable {
    /// Our own page that says it is done.
    case signedOutPage
    /// A registered address of the application, with its `state`.
    case redirect(String)
  }
}

/// Reads a request to sign out (OpenID Connect RP-Initiated Logout §2, §3).
///
/// Only an ID token of ours proves which application asks; without one nobody is sent anywhere (§3). A request we cannot trust is no error to
/// show: the person came to sign out, so they are asked. Nor is anybody sent to an application that no operator trusts any more (THREATS RED4).
package struct ReadSignOutRequest: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  /// - Parameters:
  ///   - fields: the query or the form.
  ///   - session: the live session of this browser.
  package func callAsFunction(_ fields: FormFields, session: Session?) -> SignOutStep {
    guard fields.duplicatedNames.isEmpty, let hint = hint(fields),
      let application = env.policy.activeApplication(hint.application)
    else {
      return .ask(applicationName: nil, then: .signedOutPage)
    }
    let destination = destination(fields, application)
    // The hint may be old; what counts is whether it names the session of this browser.
    guard let session else { return .end(nil, then: destination) }
    guard hint.session == session.id else { return .ask(applicationName: application.name, then: destination) }
    return .end(session.id, then: destination)
  }

  private func hint(_ fields: FormFields) -> IDTokenHint? {
    guard let token = fields.first("id_token_hint"),
      let hint = IDTokenHint.read(token, issuer: env.settings.publicAddress, env.keys)
    else { return nil }
    // §2: a client_id must be the one the ID token was issued to.
    if let named = fields.first("client_id"), !named.isEmpty, !named.isExactly(hint.application.text) { return nil }
    return hint
  }

  private func destination(_ fields: FormFields, _ application: Application) -> SignOutStep.Destination {
    guard application.isTrusted, let wanted = fields.first("post_logout_redirect_uri"),
      application.postSignOutRedirectURIs.contains(where: { RedirectURI.isSame(registered: $0, presented: wanted) })
    else { return .signedOutPage }
    let state = fields.first("state").flatMap { $0.isEmpty ? nil : $0 }
    return .redirect(state.map { AnswerAddress.adding([(name: "state", value: $0)], to: wanted) } ?? wanted)
  }
}
