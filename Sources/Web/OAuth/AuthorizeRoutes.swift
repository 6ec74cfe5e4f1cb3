internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives

/// The authorization endpoint for browsers. It is asked the first time by the application's redirect and again after each step of ours; what comes
/// next is decided in one place (`Authorize`).
struct AuthorizeRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    [
      PageRouting(web: web).get(EndpointPath.authorize, answer),
      // OpenID Connect Core §3.1.2.1 wants POST too. Another site's form comes without our cookies (`SameSite`), so it is turned into the address it
      // could have been. Nothing is changed by it, so it needs no token.
      .post(EndpointPath.authorize, .form) { exchange in .seeOther("\(EndpointPath.authorize)?\(exchange.form.encoded)") },
    ]
  }

  private func answer(_ visit: Visit) async throws -> Answer {
    let outcome = try await Authorize(visit.env)(
      visit.exchange.query, session: visit.resumed?.session, browser: visit.browser.digest, visit.occasion.actor)
    switch outcome {
    case .page(let refusal): return visit.show(Self.failure(refusal), .badRequest)
    case .notApproved(let application):
      return visit.show(
        NotApprovedPage(
          frame: visit.frame(), application: application.name, host: application.host, wayBack: application.wayBack),
        .forbidden)
    case .redirect(let address): return Answer(.found, headers: [.location: address])
    case .signIn(let prompt): return visit.show(page(prompt, visit))
    }
  }

  private func page(_ prompt: SignInPrompt, _ visit: Visit) -> SignInPage {
    var context = SignInContext(ContinuePath(prompt.continuePath), visit)
    context.application = prompt.applicationName
    context.kinds = prompt.kinds
    context.preselected = prompt.preselected
    var page = visit.signInPage(context, notice: prompt.reason == .proveAgain ? .confirmAgain : nil)
    page.frame.address = visit.exchange.target
    return page
  }

  private static func failure(_ refusal: AuthorizationRefusal) -> ErrorPage.Failure {
    switch refusal {
    case .repeatedParameter: .badRequest
    case .applicationMissing, .applicationUnknown: .unknownApplication
    case .redirectMissing, .redirectNotRegistered: .redirectAddressNotRegistered
    }
  }
}
