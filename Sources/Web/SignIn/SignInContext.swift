internal import Identity
internal import Localization
internal import OAuth
internal import Primitives

/// What the sign-in page needs to know about where it leads: which kinds of account are asked for, and on whose behalf.
///
/// It follows from the `continue` path alone and is read anew each time, so that nothing is kept on the server and nothing a browser sends back
/// has to be believed.
struct SignInContext: Sendable {
  var continuePath: ContinuePath
  /// The application's name, inside an authorization request.
  var application: String?
  var kinds = Account.KindName.allCases
  /// What the application would choose first.
  var preselected: Account.KindName?
  /// An address to fill in; a hint of the application and nothing more.
  var address = ""
  /// The first of the languages the application wishes for that we speak.
  var language: Language?

  init(_ path: ContinuePath, _ visit: Visit) {
    continuePath = path
    guard path.isAuthorization else { return }
    let authorize = Authorize(visit.env)
    guard let trusted = try? authorize.identify(AuthorizationParameters(path.query)), trusted.application.isTrusted else {
      return
    }
    application = trusted.application.name
    kinds = Account.KindName.allCases.filter(trusted.application.admits.admits)
    guard let request = try? authorize.validate(trusted, visit.browser.digest, at: visit.occasion.now) else { return }
    kinds = request.kinds
    preselected = request.preselected
    address = request.loginHint.map { String($0.prefix(254)) } ?? ""
    language = request.uiLocales.flatMap(Language.first(wishedFor:))
  }

  /// Narrows to one kind, for a step of ours that needs it.
  mutating func only(_ kind: Account.KindName) { if kinds.contains(kind) { kinds = [kind] } }
}

extension Visit {
  /// The sign-in page. The kind is preselected by what was just typed, by the application, or by the last choice here, never by what exists.
  func signInPage(
    _ context: SignInContext, typed: (kind: Account.KindName?, address: String)? = nil, problem: SignInPage.Problem? = nil,
    notice: SignInPage.Notice? = nil
  ) -> SignInPage {
    let chosen = typed?.kind ?? context.preselected ?? memory.kind ?? .work
    let kind = context.kinds.contains(chosen) ? chosen : context.kinds.first ?? .work
    let path = context.continuePath
    let visit = context.language.map(speaking) ?? self
    return SignInPage(
      frame: visit.frame(path.signInAddress),
      continueTo: path.text, signUp: path.signUpAddress, application: context.application,
      admitted: context.kinds.count == 1 ? .only(SignInPage.Kind(kind)) : .both, kind: SignInPage.Kind(kind),
      email: typed?.address ?? context.address, problem: problem, notice: notice)
  }
}

extension ContinuePath {
  /// Where the sign-in page that leads here can be opened again. Authorization requests and invitations show it themselves; the secret of an
  /// invitation must not come into another address.
  var signInAddress: String {
    if self == .start { return "/sign-in" }
    return isAuthorization || text.hasPrefix("/invitation/") ? text : "/sign-in?\(FormName.continueTo)=\(encoded)"
  }
}

extension SignInPage.Kind {
  init(_ kind: Account.KindName) {
    switch kind {
    case .work: self = .work
    case .personal: self = .personal
    }
  }
}
