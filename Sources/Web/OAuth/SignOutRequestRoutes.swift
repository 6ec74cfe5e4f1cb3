internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives

/// Signing out by an application's wish (OpenID Connect RP-Initiated Logout).
///
/// An application that shows an ID token of this very session is obeyed at once; everybody else's link only asks the person.
struct SignOutRequestRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    [
      PageRouting(web: web).get(EndpointPath.signOut, answer),
      .post(EndpointPath.signOut, .form) { exchange in
        // §2 allows an application to send a form. It comes without our cookies, so it is turned into the address it could have been; our own form
        // has a token.
        guard exchange.form.first(FormName.csrf) != nil else {
          return .seeOther("\(EndpointPath.signOut)?\(exchange.form.encoded)")
        }
        let visit = try await Visit.begin(exchange, web)
        try visit.checkForm()
        return visit.leave(try await agreed(visit))
      },
    ]
  }

  private func answer(_ visit: Visit) async throws -> Answer {
    switch ReadSignOutRequest(visit.env)(visit.exchange.query, session: visit.resumed?.session) {
    case .ask(_, let destination):
      // Without a session there is nothing to ask about.
      guard visit.resumed != nil else { return leave(to: destination) }
      let carried = visit.exchange.query.pairs.filter { $0.name != FormName.csrf && $0.name != FormName.language }
      return visit.show(SignOutPage(frame: visit.frame(), action: EndpointPath.signOut, carried: carried))
    case .end(let session, let destination):
      if session != nil, let resumed = visit.resumed { try await EndSession()(resumed.session, visit.occasion, env: visit.env) }
      return visit.signOut(then: leave(to: destination))
    }
  }

  /// The person pressed the button. The way back to the application is a link: after a form no redirect may leave our origin.
  private func agreed(_ visit: Visit) async throws -> Answer {
    let step = ReadSignOutRequest(visit.env)(visit.exchange.form, session: visit.resumed?.session)
    if let resumed = visit.resumed { try await EndSession()(resumed.session, visit.occasion, env: visit.env) }
    var back: SignedOutPage.Return?
    if case .ask(let name?, .redirect(let address)) = step { back = SignedOutPage.Return(application: name, address: address) }
    return visit.signOut(then: visit.show(SignedOutPage(frame: PageFrame(language: visit.language), back: back)))
  }

  private func leave(to destination: SignOutStep.Destination) -> Answer {
    switch destination {
    case .signedOutPage: .seeOther("/signed-out")
    case .redirect(let address): Answer(.found, headers: [.location: address])
    }
  }
}
