internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives

/// *My profile*: what a person sees of themselves, and the few things they change there.
struct ProfileRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [
      pages.getSignedIn("/profile") { person in person.visit.saidOnce(person.visit.show(try await page(person))) },
      pages.postSignedIn("/profile/language", from: "/profile", changeLanguage),
      pages.postSignedIn("/profile/password", from: "/profile", changePassword),
      pages.postSignedIn("/profile/sessions", from: "/profile", endSession),
    ]
  }

  private func changeLanguage(_ person: PageRouting.SignedIn) async throws -> Answer {
    guard let language = person.visit.exchange.form.first(FormName.language).flatMap({ Language($0) }) else {
      throw Failure.badRequest
    }
    _ = try await ChangeProfile()(
      ChangeProfile.Change(language: language), of: person.account, person.visit.occasion, env: person.visit.env)
    return person.visit.followingTheAccount(person.visit.saying(.languageSaved, then: .seeOther("/profile")))
  }

  private func changePassword(_ person: PageRouting.SignedIn) async throws -> Answer {
    let visit = person.visit
    let form = visit.exchange.form
    func again(_ problems: [String: FieldProblem], _ status: HTTPResponse.Status) async throws -> Answer {
      visit.show(try await page(person, problems: problems), status)
    }
    var problems = NewPassword.problems(form)
    let current = form.first(FormName.currentPassword) ?? ""
    if current.isEmpty { problems[FormName.currentPassword] = .required }
    // Without the present password it is no proof; what else is wrong is told besides (THREATS PWD11).
    guard problems.isEmpty else { return try await again(problems, current.isEmpty ? .forbidden : .unprocessableContent) }
    do {
      try await ChangePassword()(
        from: Password(current), to: NewPassword.read(form),
        in: person.resumed, visit.occasion, env: visit.env)
      return visit.saying(.passwordChanged, then: .seeOther("/profile"))
    } catch let refusal as ChangePassword.Refusal {
      switch refusal {
      // The sign-in page says that a proof is asked for although somebody is signed in.
      case .reauthenticationNeeded:
        return visit.show(visit.signInPage(SignInContext(ContinuePath("/profile"), visit), notice: .confirmAgain), .forbidden)
      case .wrongPassword: return try await again([FormName.currentPassword: .currentPasswordWrong], .forbidden)
      case .passwordRefused(let reason): return try await again([FormName.password: FieldProblem(reason)], .unprocessableContent)
      case .throttled(let until):
        let wait = until - visit.occasion.now
        return visit.show(try await page(person, throttled: wait), failing: .tooManyRequests(retryAfter: wait))
      case .changedMeanwhile: return .seeOther("/profile")
      }
    }
  }

  private func endSession(_ person: PageRouting.SignedIn) async throws -> Answer {
    guard let id = person.visit.exchange.form.first(FormName.session).flatMap({ SessionID($0) }) else { throw Failure.badRequest }
    _ = try await EndOwnSessions()(id, from: person.session, person.visit.occasion, env: person.visit.env)
    return person.visit.saying(.sessionEnded, then: .seeOther("/profile"))
  }

  private func page(
    _ person: PageRouting.SignedIn, problems: [String: FieldProblem] = [:], throttled: Duration? = nil
  ) async throws -> ProfilePage {
    let visit = person.visit
    let profile = try await ViewProfile()(visit.occasion, env: visit.env)
    let sessions = try await ListOwnSessions()(of: person.account, visit.occasion, env: visit.env)
    let home = profile.places.first { $0.organization.id == profile.account.home }
    return ProfilePage(
      frame: visit.frame(visit.exchange.method == .post ? "/profile" : nil), name: profile.account.name.full,
      email: profile.account.email.text, organization: home?.organization.name, roles: home?.roles.map(visit.label) ?? [],
      language: profile.account.language, country: profile.account.country?.text, agreements: try await agreements(home, visit),
      memberships: profile.places.filter { $0.organization.id != profile.account.home }.map { place in
        ProfilePage.Membership(organization: place.organization.name, roles: place.roles.map(visit.label))
      },
      sessions: sessions.map { session in
        ProfilePage.Session(
          id: session.id.text, device: BrowserName.text(session.userAgent), since: session.createdAt,
          lastSeen: session.lastSeenAt,
          isThisOne: session.id == person.session.id)
      }, minimumPassword: PasswordPolicy.minimumLength, problems: problems, throttled: throttled, notice: notice(visit))
  }

  /// The agreements of the home organization, for those whose roles show them.
  private func agreements(_ home: Profile.Place?, _ visit: Visit) async throws -> [ProfilePage.Agreement] {
    guard let home, home.permissions.contains(.agreementView) else { return [] }
    let id = home.organization.id
    let page = PageRequest(limit: PageRequest.maximumLimit)
    let agreements = try await ListAgreements()(.of(id), page, visit.occasion, env: visit.env).items
    let accounts = try await ListPurchasingAccounts()(.of(id), page, visit.occasion, env: visit.env).items
    return agreements.map { agreement in
      ProfilePage.Agreement(
        number: agreement.number, purchasingAccounts: accounts.filter { $0.agreement == agreement.id }.map(\.number))
    }
  }

  private func notice(_ visit: Visit) -> ProfilePage.Notice? {
    switch visit.flash?.word {
    case .languageSaved: .languageSaved
    case .passwordChanged: .passwordChanged
    case .sessionEnded: .sessionEnded
    default: nil
    }
  }
}
