internal import HTTPTypes
internal import Identity
internal import Primitives

/// Signing in by address and password, and signing out.
struct SignInRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [
      pages.get("/sign-in", show),
      pages.post("/sign-in", expired: showAgain, submit),
      pages.get("/sign-out", askToSignOut),
      pages.post("/sign-out", signOut),
      pages.get("/signed-out") { visit in visit.show(SignedOutPage(frame: visit.frame())) },
    ]
  }

  private func show(_ visit: Visit) async throws -> Answer {
    let path = ContinuePath(visit.exchange.query.first(FormName.continueTo))
    let context = SignInContext(path, visit)
    // Whoever is signed in already goes on, unless what they go on to would send them back here.
    if let resumed = visit.resumed, !path.isAuthorization, context.kinds.contains(resumed.session.kind) {
      return .seeOther(path.text)
    }
    let notice: SignInPage.Notice? =
      switch visit.exchange.query.first("after") {
      case "confirmation": .addressConfirmed
      case "password": .passwordChanged
      default: visit.resumed == nil ? nil : .confirmAgain
      }
    return visit.show(visit.signInPage(context, notice: notice))
  }

  private func showAgain(_ visit: Visit) async throws -> Answer {
    let form = visit.exchange.form
    let context = SignInContext(ContinuePath(form.first(FormName.continueTo)), visit)
    let kind = form.first(FormName.kind).flatMap(Account.KindName.init(rawValue:))
    // What stood in a form of somebody else is not repeated here.
    return visit.show(visit.signInPage(context, typed: (kind, ""), problem: .formExpired), .forbidden)
  }

  private func submit(_ visit: Visit) async throws -> Answer {
    let form = visit.exchange.form
    let context = SignInContext(ContinuePath(form.first(FormName.continueTo)), visit)
    let typed = (
      kind: form.first(FormName.kind).flatMap(Account.KindName.init(rawValue:)), address: form.first(FormName.email) ?? ""
    )
    func page(_ problem: SignInPage.Problem) -> SignInPage { visit.signInPage(context, typed: typed, problem: problem) }
    guard let kind = typed.kind, context.kinds.contains(kind), let password = form.first(FormName.password) else {
      return visit.show(page(.incorrect), .unprocessableContent)
    }
    do {
      let started = try await SignIn()(
        SignIn.Request(
          kind: kind, address: typed.address, password: Password(password), browser: visit.signingInBrowser,
          current: visit.resumed?.session), visit.occasion, env: visit.env)
      return visit.signIn(started, then: visit.goOn(to: context.continuePath))
    } catch let refusal as SignIn.Refusal {
      switch refusal {
      case .wrong: return visit.show(page(.incorrect), .unprocessableContent)
      case .suspended: return visit.show(page(.suspended), .forbidden)
      case .throttled(let until):
        let wait = until - visit.occasion.now
        return visit.show(page(.throttled(wait)), failing: .tooManyRequests(retryAfter: wait))
      }
    } catch let full as HashingPool.Full {
      return visit.show(page(.busy), failing: Failure(full))
    }
  }

  private func askToSignOut(_ visit: Visit) async throws -> Answer {
    visit.resumed == nil ? .seeOther("/signed-out") : visit.show(SignOutPage(frame: visit.frame()))
  }

  /// Ends the session and everything that came from it.
  private func signOut(_ visit: Visit) async throws -> Answer {
    if let resumed = visit.resumed { try await EndSession()(resumed.session, visit.occasion, env: visit.env) }
    let wanted = visit.exchange.form.first(FormName.continueTo)
    return visit.signOut(then: .seeOther(wanted.map { ContinuePath($0).text } ?? "/signed-out"))
  }
}

extension Visit {
  /// After a form: to the next page of ours by a redirect, but back into an authorization request by a page that carries the browser on. There
  /// the last hop is an application's, and Chromium would hold it against `form-action` (THREATS WEB1).
  func goOn(to path: ContinuePath) -> Answer {
    path.isAuthorization ? show(CarryOnPage(frame: frame(""), address: path.text)) : .seeOther(path.text)
  }
}

extension Answer {
  func adding(_ fields: HTTPFields) -> Answer {
    var answer = self
    for field in fields { answer.headers[field.name] = field.value }
    return answer
  }
}
