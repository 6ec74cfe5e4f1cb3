internal import HTTPTypes
internal import Identity
internal import Primitives

/// "Didn't get the invitation?": the answer is the same whether or not the three things belonged together (THREATS LNK4).
struct AskForInvitationRoutes: Sendable {
  private static let longest = 60

  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [
      pages.get("/invitation-again") { visit in visit.show(AskForInvitationPage(frame: visit.frame())) },
      pages.get("/invitation-again/asked") { visit in visit.show(InvitationAskedForPage(frame: visit.frame())) },
      pages.post("/invitation-again", submit),
    ]
  }

  private func submit(_ visit: Visit) async throws -> Answer {
    let form = visit.exchange.form
    let email = form.first(FormName.email) ?? ""
    let agreement = form.first(FormName.agreementNumber) ?? ""
    let account = form.first(FormName.purchasingAccountNumber) ?? ""
    // Only what can be seen in what was typed; never what it means.
    var problems: [String: FieldProblem] = [:]
    if email.isEmpty {
      problems[FormName.email] = .required
    } else if EmailAddress(email) == nil {
      problems[FormName.email] = .emailMalformed
    }
    for (name, value) in [(FormName.agreementNumber, agreement), (FormName.purchasingAccountNumber, account)] {
      if value.isEmpty {
        problems[name] = .required
      } else if value.count > Self.longest {
        problems[name] = .tooLong(Self.longest)
      }
    }
    func page(delay: FormDelay? = nil) -> AskForInvitationPage {
      AskForInvitationPage(
        frame: visit.frame(), email: email, agreementNumber: agreement, purchasingAccountNumber: account, problems: problems,
        delay: delay)
    }
    guard problems.isEmpty else { return visit.show(page(), .unprocessableContent) }
    do {
      try await AskForInvitationAgain()(
        email: email, agreementNumber: agreement, purchasingAccountNumber: account, visit.occasion, env: visit.env)
      return .seeOther("/invitation-again/asked")
    } catch let refusal as TooManyLetters {
      let wait = refusal.until - visit.occasion.now
      return visit.show(page(delay: .throttled(wait)), failing: .tooManyRequests(retryAfter: wait))
    }
  }
}
