internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives

/// Signing up for a personal account, and proving the mailbox. What the pages say is the same whether or not the address has an account.
struct SignUpRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [
      pages.get("/sign-up") { visit in
        visit.show(page(visit, PersonEntry(), path(visit.exchange.query)))
      },
      pages.post("/sign-up", submit),
      pages.get("/sign-up/check-mail", checkMail),
      pages.get("/confirm/{secret}", showConfirmation),
      pages.post("/confirm/{secret}", confirm),
    ]
  }

  private func page(
    _ visit: Visit, _ entry: PersonEntry, _ path: ContinuePath, problems: [String: FieldProblem] = [:], delay: FormDelay? = nil
  ) -> SignUpPage {
    SignUpPage(
      frame: visit.frame(visit.exchange.method == .post ? path.signUpAddress : nil), continueTo: path.text,
      signIn: path.signInAddress, entry: entry, minimumPassword: PasswordPolicy.minimumLength, problems: problems, delay: delay)
  }

  /// Where to go on once the address is confirmed.
  private func path(_ fields: FormFields) -> ContinuePath { ContinuePath(fields.first(FormName.continueTo)).afterSignUp }

  private func submit(_ visit: Visit) async throws -> Answer {
    let form = visit.exchange.form
    let path = path(form)
    let typed = TypedPerson(form)
    let entry = PersonEntry(typed)
    var problems = typed.problems.merging(NewPassword.problems(form)) { first, _ in first }
    guard problems.isEmpty, let email = typed.readEmail, let name = typed.readName, let language = typed.readLanguage else {
      return visit.show(page(visit, entry, path, problems: problems), .unprocessableContent)
    }
    do {
      try await SignUp()(
        SignUp.Request(
          email: email, name: name, language: language, country: typed.readCountry,
          wayBack: path.isAuthorization ? WayBack(path: path.text, browser: visit.browser.digest) : nil),
        password: NewPassword.read(form), visit.occasion, env: visit.env)
      return visit.saying(.signedUp, email.text, then: .seeOther(path.checkMailAddress))
    } catch SignUp.Refusal.passwordRefused(let reason) {
      problems[FormName.password] = FieldProblem(reason)
      return visit.show(page(visit, entry, path, problems: problems), .unprocessableContent)
    } catch let refusal as TooManyLetters {
      let wait = refusal.until - visit.occasion.now
      return visit.show(page(visit, entry, path, delay: .throttled(wait)), failing: .tooManyRequests(retryAfter: wait))
    } catch let full as HashingPool.Full {
      return visit.show(page(visit, entry, path, delay: .busy), failing: Failure(full))
    }
  }

  /// Opened again later, it has forgotten which address it was about.
  private func checkMail(_ visit: Visit) async throws -> Answer {
    let path = path(visit.exchange.query)
    guard let said = visit.flash, said.word == .signedUp else { return .seeOther(path.signUpAddress) }
    let hours = visit.env.settings.lifetimes.addressConfirmation.wholeSeconds / 3_600
    return visit.show(
      CheckMailPage(
        frame: visit.frame(), email: said.name, hours: Int(hours), signUp: path.signUpAddress, signIn: path.signInAddress))
  }

  /// Opening the link uses nothing up.
  private func showConfirmation(_ visit: Visit) async throws -> Answer {
    do {
      return visit.show(try await confirmation(visit))
    } catch let end as ConfirmAddress.DeadEnd {
      return visit.linkEnded(.confirmation, LinkEndedPage.Reason(end))
    }
  }

  private func confirm(_ visit: Visit) async throws -> Answer {
    do {
      return try await confirmOrAskAgain(visit)
    } catch let end as ConfirmAddress.DeadEnd {
      return visit.linkEnded(.confirmation, LinkEndedPage.Reason(end))
    }
  }

  /// - Throws: `ConfirmAddress.DeadEnd`.
  private func confirmOrAskAgain(_ visit: Visit) async throws -> Answer {
    let password = visit.exchange.form.first(FormName.password) ?? ""
    guard !password.isEmpty else {
      return visit.show(try await confirmation(visit, problems: [FormName.password: .required]), .unprocessableContent)
    }
    do {
      let confirmed = try await ConfirmAddress()(
        secret(visit), password: Password(password), after: visit.resumed?.session, browser: visit.signingInBrowser,
        visit.occasion, env: visit.env)
      let path = ContinuePath(confirmed.path).afterSignUp
      return visit.signIn(confirmed.session, then: visit.saying(.accountCreated, then: visit.goOn(to: path)))
    } catch ConfirmAddress.Refusal.wrongPassword {
      return visit.show(
        try await confirmation(visit, problems: [FormName.password: .signUpPasswordWrong]), .unprocessableContent)
    } catch ConfirmAddress.Refusal.throttled(let until) {
      let wait = until - visit.occasion.now
      return visit.show(
        try await confirmation(visit, delay: .throttled(wait)), failing: .tooManyRequests(retryAfter: wait))
    } catch let full as HashingPool.Full {
      return visit.show(try await confirmation(visit, delay: .busy), failing: Failure(full))
    }
  }

  /// - Throws: `ConfirmAddress.DeadEnd`.
  private func confirmation(
    _ visit: Visit, problems: [String: FieldProblem] = [:], delay: FormDelay? = nil
  ) async throws -> ConfirmAddressPage {
    let offer = try await ConfirmAddress().open(secret(visit), visit.occasion, env: visit.env)
    return ConfirmAddressPage(
      frame: visit.speaking(offer.language).frame(), email: offer.email.text, problems: problems, delay: delay)
  }

  private func secret(_ visit: Visit) throws(Failure) -> SecretToken {
    SecretToken(presented: try visit.exchange.parameter("secret"))
  }
}

extension LinkEndedPage.Reason {
  init(_ end: ConfirmAddress.DeadEnd) {
    switch end {
    case .unknown, .expired: self = .expired
    case .used: self = .used
    }
  }
}
