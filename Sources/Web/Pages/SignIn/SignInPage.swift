package import Localization

/// *Sign in.* Sends `csrf`, `continue`, `kind`, `email`, `password` to `/sign-in`.
///
/// Where both kinds of account are admitted both are always offered, preselected by the service or the last choice in this browser and
/// never by what exists: that would tell strangers who has an account.
package struct SignInPage: Page {
  package enum Kind: String, Sendable { case work, personal }

  /// Which kinds the application admits; both when somebody signs in to Usher itself.
  package enum Admitted: Sendable { case both, only(Kind) }

  package enum Problem: Sendable {
    /// Unknown, wrong, without a password, not usable: one answer for all of them.
    case incorrect
    case throttled(Duration)
    case busy
    /// Said only after the right password.
    case suspended
    /// The form was not from this browser, or too old.
    case formExpired
  }

  package enum Notice: Sendable {
    /// A proof of presence is asked although a session exists.
    case confirmAgain
    case addressConfirmed
    case signInToAccept
    case passwordChanged
  }

  package static let template = "sign-in"
  package var frame: PageFrame
  package var continueTo: String
  /// Path and query of the form to sign up with.
  package var signUp: String
  /// The application this sign-in leads to, by its name; nil for Usher itself.
  package var application: String?
  package var admitted: Admitted
  package var kind: Kind
  package var email: String
  package var problem: Problem?
  package var notice: Notice?

  package init(
    frame: PageFrame, continueTo: String = "", signUp: String = "/sign-up", application: String? = nil,
    admitted: Admitted = .both,
    kind: Kind = .work, email: String = "", problem: Problem? = nil, notice: Notice? = nil
  ) {
    self.frame = frame
    self.continueTo = continueTo
    self.signUp = signUp
    self.application = application
    self.admitted = admitted
    self.kind = kind
    self.email = email
    self.problem = problem
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { say.signIn.title }

  package func view(_ say: Sentences) -> View {
    var form = Form(say)
    form.line(FormName.email, say.fields.email, type: "email", value: email, autocomplete: "username", maximum: 254)
    form.password(FormName.password, say.fields.password, new: false)
    return [
      "continueTo": continueTo, "signUp": signUp, "toApplication": application.map(say.signIn.toApplication),
      "fields": form.fields,
      "both": both ? ["work": kind == .work, "personal": kind == .personal] as View : nil, "onlyKind": onlyKind?.rawValue,
      "onlyWork": onlyKind == .work, "onlyPersonal": onlyKind == .personal, "offersSignUp": onlyKind != .work,
      "offersInvitation": onlyKind != .personal, "alert": problem.map { text(of: $0, say) },
      "notice": notice.map { text(of: $0, say) },
    ]
  }

  private var onlyKind: Kind? {
    if case .only(let kind) = admitted { kind } else { nil }
  }

  private var both: Bool { onlyKind == nil }

  private func text(of problem: Problem, _ say: Sentences) -> String {
    switch problem {
    case .incorrect: say.signIn.incorrect
    case .throttled(let span): say.signIn.throttled(say.wait(span))
    case .busy: say.signIn.busy
    case .suspended: say.signIn.suspended
    case .formExpired: say.signIn.expired
    }
  }

  private func text(of notice: Notice, _ say: Sentences) -> String {
    switch notice {
    case .confirmAgain: say.signIn.confirmAgain
    case .addressConfirmed: say.signIn.confirmed
    case .signInToAccept: say.signIn.signInToAccept
    case .passwordChanged: say.signIn.passwordChanged
    }
  }
}
