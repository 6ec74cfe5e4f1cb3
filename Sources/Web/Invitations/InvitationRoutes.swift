internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Primitives

/// Where an invitation's link leads.
///
/// Opening it uses nothing up, whoever opens it; only the form does (THREATS LNK10). The secret stands in this one address and in no later one: even
/// the sign-in page that a known person needs is shown right here (LNK14).
struct InvitationRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [pages.get("/invitation/{secret}", show), pages.post("/invitation/{secret}", accept)]
  }

  private func show(_ visit: Visit) async throws -> Answer {
    let secret = SecretToken(presented: try visit.exchange.parameter("secret"))
    let view = try await OpenInvitation()(secret, signedIn: visit.workAccount?.id, visit.occasion, env: visit.env)
    return page(view, visit)
  }

  private func page(_ view: OpenInvitation.View, _ visit: Visit) -> Answer {
    switch view {
    case .deadEnd(let reason): return visit.linkEnded(.invitation, LinkEndedPage.Reason(reason))
    case .create(let offer): return visit.show(createPage(offer, visit))
    case .signIn(let offer):
      let visit = visit.speaking(offer.invitation.language)
      var context = SignInContext(ContinuePath(visit.exchange.path), visit)
      context.only(.work)
      context.address = offer.invitation.email.text
      var page = visit.signInPage(context, notice: .signInToAccept)
      page.frame.address = visit.exchange.target
      return visit.show(page)
    case .join(let offer):
      return visit.show(
        AcceptInvitationPage(
          frame: visit.frame(), organization: offer.organization.name, roles: visit.labels(offer.invitation.roles),
          step: .accept))
    case .otherPerson:
      return visit.show(
        OtherPersonPage(frame: visit.frame(), name: visit.workAccount?.name.full ?? "", continueTo: visit.exchange.path),
        .forbidden)
    }
  }

  private func createPage(
    _ offer: OpenInvitation.Offer, _ visit: Visit, problems: [String: FieldProblem] = [:], busy: Bool = false
  ) -> CreateAccountPage {
    let visit = visit.speaking(offer.invitation.language)
    return CreateAccountPage(
      frame: visit.frame(), name: offer.invitation.name.full, email: offer.invitation.email.text,
      organization: offer.organization.name, agreement: offer.agreementNumber,
      roles: visit.labels(offer.invitation.roles),
      minimumPassword: PasswordPolicy.minimumLength, problems: problems, busy: busy)
  }

  private func accept(_ visit: Visit) async throws -> Answer {
    let secret = SecretToken(presented: try visit.exchange.parameter("secret"))
    do {
      if let account = visit.workAccount { return try await join(secret, as: account, visit) }
      return try await createAccount(secret, visit)
    } catch let refusal as AcceptInvitation.Refusal {
      switch refusal {
      case .linkNotUsable(let reason): return visit.linkEnded(.invitation, LinkEndedPage.Reason(reason))
      case .accountExists, .otherPerson: return .seeOther(visit.exchange.path)
      case .passwordRefused(let reason): return try await again(secret, visit, [FormName.password: FieldProblem(reason)])
      }
    } catch let full as HashingPool.Full {
      return try await again(secret, visit, [:], busy: true).adding(Failure(full).headers)
    }
  }

  private func createAccount(_ secret: SecretToken, _ visit: Visit) async throws -> Answer {
    let form = visit.exchange.form
    let problems = NewPassword.problems(form)
    guard problems.isEmpty else { return try await again(secret, visit, problems) }
    let started = try await AcceptInvitation()(
      secret, password: NewPassword.read(form), after: visit.resumed?.session, browser: visit.signingInBrowser, visit.occasion,
      env: visit.env)
    return visit.signIn(started, then: visit.saying(.accountCreated, then: .seeOther(ContinuePath.start.text)))
  }

  private func join(_ secret: SecretToken, as account: Account, _ visit: Visit) async throws -> Answer {
    let organization = try await JoinByInvitation()(secret, as: account.id, visit.occasion, env: visit.env)
    let done = Answer.seeOther(ContinuePath.start.text)
    return account.home == organization.id
      ? visit.saying(.agreementAdded, then: done) : visit.saying(.joined, organization.name, then: done)
  }

  /// The page once more, with what was wrong. The link may have died meanwhile; then its end is shown.
  private func again(
    _ secret: SecretToken, _ visit: Visit, _ problems: [String: FieldProblem], busy: Bool = false
  ) async throws -> Answer {
    let view = try await OpenInvitation()(secret, signedIn: nil, visit.occasion, env: visit.env)
    guard case .create(let offer) = view else { return page(view, visit) }
    return visit.show(
      createPage(offer, visit, problems: problems, busy: busy), busy ? .serviceUnavailable : .unprocessableContent)
  }
}

extension LinkEndedPage.Reason {
  /// A link that was never sent looks like one that is over.
  init(_ reason: OpenInvitation.DeadEnd) {
    switch reason {
    case .unknown, .expired: self = .expired
    case .used: self = .used
    case .replaced: self = .replaced
    case .withdrawn: self = .withdrawn
    }
  }
}

extension Visit {
  /// What a link shows when it no longer works.
  func linkEnded(_ kind: LinkEndedPage.Kind, _ reason: LinkEndedPage.Reason) -> Answer {
    show(LinkEndedPage(frame: frame(), kind: kind, reason: reason), .gone)
  }
}
