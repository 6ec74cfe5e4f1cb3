internal import AccessControl
package import Identity
package import Primitives

/// The authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2).
///
/// Nothing is kept between the steps: each returns to this one place, which decides from the request and from stored state what comes next.
package struct Authorize: Sendable {
  private let env: Environment

  package init(_ env: Environment) { self.env = env }

  /// Answers one authorization request, the first time and each time the person comes back from a step of ours.
  ///
  /// - Parameters:
  ///   - session: the live session of this browser, as resumed by its cookie.
  ///   - browser: the digest of the secret this browser is known by (`__Host-usher_browser`).
  package func callAsFunction(
    _ fields: FormFields, session: Session?, browser: SecretDigest, _ actor: Actor
  ) async throws -> AuthorizationOutcome {
    let occasion = env.occasion(of: actor)
    let parameters = AuthorizationParameters(fields)
    let trusted: TrustedRequest
    do { trusted = try identify(parameters) } catch { return .page(error) }
    do { try TrustRule.check(trusted) } catch { return .notApproved(UnapprovedApplication(trusted, error, issuer: issuer)) }
    do {
      let request = try validate(trusted, browser, at: occasion.now)
      let person = session.flatMap { SignedInPerson($0, env.policy) }
      switch Self.decide(request, person, at: occasion.now) {
      case .refuse(let code): throw OAuthError(code, Self.description(of: code))
      case .signIn(let kinds, let reason): return .signIn(prompt(request, kinds, reason, browser, at: occasion.now))
      case .respond(let approval):
        guard let session else { throw OAuthError(.loginRequired, Self.description(of: .loginRequired)) }
        return .redirect(try await respond(to: request, approval, session, occasion))
      }
    } catch let error as OAuthError {
      return .redirect(AuthorizationResponse.failure(error, to: trusted, issuer: issuer))
    }
  }

  /// Proves who asks and where the answer may go. Failures are shown on a page, never redirected (RFC 6749 §4.1.2.1).
  package func identify(_ parameters: AuthorizationParameters) throws(AuthorizationRefusal) -> TrustedRequest {
    guard parameters.repeated.isDisjoint(with: ["client_id", "redirect_uri"]) else { throw .repeatedParameter }
    guard let name = parameters["client_id"] else { throw .applicationMissing }
    guard let id = ApplicationID(name), let application = env.policy.activeApplication(id) else { throw .applicationUnknown }
    let (uri, wasSent) = try RedirectRule.check(parameters, application)
    return TrustedRequest(application: application, redirectURI: uri, redirectURIWasSent: wasSent, parameters: parameters)
  }

  /// Checks everything else, for an application that is trusted. Failures travel back to the proved redirect URI.
  package func validate(
    _ trusted: TrustedRequest, _ browser: SecretDigest, at now: Timestamp
  ) throws(OAuthError) -> AuthorizationRequest {
    try RepeatedParameterRule.check(trusted)  // RFC 6749 §3.1
    try UnsupportedParameterRule.check(trusted)  // OpenID Connect Core §3.1.2.6
    try ResponseTypeRule.check(trusted)  // RFC 6749 §3.1.1
    try ResponseModeRule.check(trusted)
    try CodeGrantRule.check(trusted)
    let scopes = try ScopeRule.check(trusted)  // RFC 6749 §3.3
    let audience = try AudienceRule.check(
      resources: trusted.parameters.fields.all("resource"), scopes, trusted.application, env)  // RFC 8707 §2
    let challenge = try PKCERule.check(trusted)  // RFC 7636 §4.4.1, RFC 9700 §2.1.1
    let admitted = try AccountKindRule.check(trusted)
    let prompt = try PromptRule.check(trusted)
    let maximumAge = try MaximumAgeRule.check(trusted)
    let nonce = try NonceRule.check(trusted)
    let expected = try ExpectedPersonRule.check(trusted, issuer: issuer, env.keys)
    return AuthorizationRequest(
      trusted: trusted, scopes: scopes, audience: audience, organization: admitted.organization, kinds: admitted.kinds,
      preselected: admitted.preselected, prompt: prompt, maximumAge: maximumAge, challenge: challenge, nonce: nonce,
      expected: expected,
      markedAt: SignInMark.moment(in: trusted.parameters, at: now, in: browser, env.keys),
      loginHint: trusted.parameters["login_hint"],
      uiLocales: trusted.parameters["ui_locales"])
  }

  /// What must happen next, from stored state alone. The whole of single sign-on is this table.
  package static func decide(_ request: AuthorizationRequest, _ person: SignedInPerson?, at now: Timestamp) -> Interaction {
    func signIn(_ reason: SignInPrompt.Reason) -> Interaction {
      request.prompt == .none ? .refuse(.loginRequired) : .signIn(kinds: request.kinds, reason: reason)
    }
    guard let person else { return signIn(.notSignedIn) }
    guard request.kinds.contains(person.kind) else { return signIn(.otherKind) }
    if let expected = request.expected, expected != person.account { return signIn(.otherPerson) }
    guard request.isSatisfied(byProofAt: person.authenticatedAt, at: now) else { return signIn(.proveAgain) }
    switch person.kind {
    case .personal:
      return .respond(Approval(account: person.account, kind: .personal, organization: nil))
    case .work:
      guard let organization = request.organization ?? person.home, person.organizations.contains(organization) else {
        return .refuse(.accessDenied)
      }
      return .respond(Approval(account: person.account, kind: .work, organization: organization))
    }
  }

  private func respond(
    to request: AuthorizationRequest, _ approval: Approval, _ session: Session, _ occasion: Occasion
  ) async throws -> String {
    do {
      let code = try await StartGrant()(
        StartGrant.Terms(
          application: request.application.id, session: session, organization: approval.organization, scopes: request.scopes,
          audience: request.audience, isOffline: request.isOffline, redirectURI: request.trusted.redirectURI,
          redirectURIWasSent: request.trusted.redirectURIWasSent, challenge: request.challenge, nonce: request.nonce),
        occasion, env: env)
      return AuthorizationResponse.success(code, to: request.trusted, issuer: issuer)
    } catch StartGrant.Refusal.notInForce(let reason) {
      throw OAuthError(.accessDenied, Self.description(of: .accessDenied), detail: reason.rawValue)
    } catch StartGrant.Refusal.tooMany(let wait) {
      throw OAuthError(
        .temporarilyUnavailable, "Too many sign-ins of this person. Please try again in a moment.",
        detail: "\(wait.wholeSeconds) seconds to wait")
    }
  }

  private func prompt(
    _ request: AuthorizationRequest, _ kinds: [Account.KindName], _ reason: SignInPrompt.Reason, _ browser: SecretDigest,
    at now: Timestamp
  ) -> SignInPrompt {
    let parameters = request.trusted.parameters
    // The first asking counts: a mark that is there already stays, whatever sends the person back here.
    let mark =
      request.asksForNewProof ? SignInMark.make(at: request.markedAt ?? now, for: parameters, in: browser, env.keys) : nil
    return SignInPrompt(
      applicationName: request.application.name, kinds: kinds, preselected: request.preselected, reason: reason,
      continuePath: parameters.path(markedBy: mark), loginHint: request.loginHint, uiLocales: request.uiLocales)
  }

  private var issuer: String { env.settings.publicAddress }

  private static func description(of code: OAuthError.Code) -> String {
    switch code {
    case .loginRequired: "The person must sign in, and the request allows no page."
    default: "The person may not sign in here."
    }
  }
}
