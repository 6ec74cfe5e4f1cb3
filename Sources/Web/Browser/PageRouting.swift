internal import HTTPTypes
internal import Identity

/// Declares routes for browsers. What every such route needs is done here, so that none can forget it: the browser and the person are recognized,
/// a form is checked before its handler sees it, and what only a signed-in person may open asks everybody else to sign in first.
struct PageRouting: Sendable {
  /// Somebody who is signed in, where a route is for nobody else.
  struct SignedIn: Sendable {
    let visit: Visit
    let resumed: ResumedSession

    var session: Session { resumed.session }
    var account: Account { resumed.account }
  }

  let web: WebEnvironment

  /// A page anybody may open.
  func get(_ pattern: String, _ show: @escaping @Sendable (Visit) async throws -> Answer) -> Route {
    .get(pattern) { exchange in try await answer(exchange, show) }
  }

  /// A form anybody may send.
  ///
  /// - Parameter expired: what to show in place of the error page when the form was not from this browser, or too old. Nothing of it counts.
  func post(
    _ pattern: String, expired: (@Sendable (Visit) async throws -> Answer)? = nil,
    _ submit: @escaping @Sendable (Visit) async throws -> Answer
  ) -> Route {
    .post(pattern, .form) { exchange in
      try await answer(exchange) { visit in
        do { try visit.checkForm() } catch {
          guard let expired else { throw error }
          return try await expired(visit)
        }
        return try await submit(visit)
      }
    }
  }

  /// A page of a signed-in person.
  func getSignedIn(_ pattern: String, _ show: @escaping @Sendable (SignedIn) async throws -> Answer) -> Route {
    get(pattern) { visit in
      guard let resumed = visit.resumed else { return visit.askToSignIn(continuing: visit.exchange.target) }
      return try await show(SignedIn(visit: visit, resumed: resumed))
    }
  }

  /// A form of a signed-in person. Whoever is not signed in any more is asked to, and nothing else happens.
  ///
  /// - Parameter page: where the form stands, to be opened again after signing in.
  func postSignedIn(
    _ pattern: String, from page: String, _ submit: @escaping @Sendable (SignedIn) async throws -> Answer
  ) -> Route {
    postSignedIn(pattern, from: { _ in page }, submit)
  }

  /// The same for a form that stands on different pages: the request tells on which.
  func postSignedIn(
    _ pattern: String, from page: @escaping @Sendable (Exchange) -> String,
    _ submit: @escaping @Sendable (SignedIn) async throws -> Answer
  ) -> Route {
    .post(pattern, .form) { exchange in
      try await answer(exchange) { visit in
        guard let resumed = visit.resumed else { return visit.askToSignIn(continuing: page(exchange)) }
        try visit.checkForm()
        return try await submit(SignedIn(visit: visit, resumed: resumed))
      }
    }
  }

  /// Recognizes browser and person, and shows what a handler refuses in the person's own frame and language. A fault is left to the front, which
  /// logs it.
  private func answer(_ exchange: Exchange, _ handle: @Sendable (Visit) async throws -> Answer) async throws -> Answer {
    let visit = try await Visit.begin(exchange, web)
    do {
      return visit.leave(try await handle(visit))
    } catch {
      let failure = Failure(error)
      guard failure != .fault else { throw error }
      return visit.leave(visit.show(failure))
    }
  }
}

extension Visit {
  /// To the sign-in page, and from there back to a page of ours.
  func askToSignIn(continuing path: String) -> Answer {
    let path = ContinuePath(path)
    return .seeOther(path == .start ? "/sign-in" : "/sign-in?" + FormName.continueTo + "=" + path.encoded)
  }
}
