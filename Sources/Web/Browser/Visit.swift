internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives

/// One request of a browser: what it remembers for us, who is signed in there, and in which language to answer.
struct Visit: Sendable {
  let web: WebEnvironment
  let exchange: Exchange
  let occasion: Occasion
  let resumed: ResumedSession?
  private(set) var language: Language
  /// What this browser is known by; made now for one that is here for the first time.
  let browser: SecretToken
  var memory: BrowserMemory

  /// Recognizes the browser and the person.
  static func begin(_ exchange: Exchange, _ web: WebEnvironment) async throws -> Visit {
    let env = web.identity
    var memory = BrowserMemory(exchange, web.settings)
    let browser = memory.secret ?? SecretToken.make(from: env.randomness)
    memory.secret = browser
    let stranger = env.occasion(of: web.actor(.anonymous, exchange))
    var resumed: ResumedSession?
    if let token = exchange.cookie(.session, web.settings) { resumed = try await ResumeSession()(token, stranger, env: env) }
    if let chosen = exchange.query.first(FormName.language).flatMap({ Language($0) }) {
      memory.chosenLanguage = chosen
      memory.overridesAccount = resumed != nil
    }
    return Visit(
      web: web, exchange: exchange, occasion: resumed.map { stranger.acting(as: .account($0.account.id, via: nil)) } ?? stranger,
      resumed: resumed, language: memory.language(exchange, account: resumed?.account), browser: browser, memory: memory)
  }

  var env: Environment { web.identity }

  /// What comes along when somebody signs in from here.
  var signingInBrowser: Browser {
    Browser(
      userAgent: exchange.headers[.userAgent] ?? "",
      device: exchange.cookie(.device, web.settings).map { SecretToken(presented: $0) }, digest: browser.digest)
  }

  /// The person's work account, where that is how they are signed in.
  var workAccount: Account? { resumed.flatMap { $0.account.home == nil ? nil : $0.account } }

  /// Checks that the form of this request came from a page of ours in this browser.
  func checkForm() throws(Failure) {
    try formGuard.check(exchange, memoryAsSent.secret, resumed?.session.id, at: occasion.now)
  }

  /// The same request, answered in the language that somebody chose for this person, unless they chose one here themselves.
  func speaking(_ language: Language) -> Visit {
    guard resumed == nil, memory.chosenLanguage == nil else { return self }
    var visit = self
    visit.language = language
    return visit
  }

  /// What surrounds the page that answers.
  ///
  /// - Parameter address: path and query to open this page again; where a form is answered, of the page that has the form.
  func frame(_ address: String? = nil) -> PageFrame {
    PageFrame(
      language: language, address: address ?? (exchange.method == .post ? exchange.path : exchange.target),
      csrf: formGuard.token(for: browser, resumed?.session.id, at: occasion.now), person: resumed.map { person($0.account) })
  }

  private func person(_ account: Account) -> PageFrame.Person {
    PageFrame.Person(
      name: account.name.full, organization: account.home.flatMap { env.policy.organization($0)?.name },
      seesUsers: !Workplace.all(of: account, where: .userView, env).isEmpty)
  }

  /// Renders a page.
  func show(_ page: some Page, _ status: HTTPResponse.Status = .ok) -> Answer { .html(page.html(web.renderer), status) }

  /// Renders a page that says why something failed, with the status and the headers of that.
  func show(_ page: some Page, failing failure: Failure) -> Answer { show(page, failure.status).adding(failure.headers) }

  /// The error page of a failure inside the person's own frame.
  func show(_ failure: Failure) -> Answer { show(failure.shown, failure.status).adding(failure.headers) }

  /// An error page inside the person's own frame. It repeats nothing of the request's address, so it has no links to other languages.
  func show(_ failure: ErrorPage.Failure, _ status: HTTPResponse.Status) -> Answer {
    show(ErrorPage(frame: frame(""), failure: failure, requestID: exchange.requestID), status)
  }

  /// Adds to the answer what the browser is to remember, where that changed.
  func leave(_ answer: Answer) -> Answer {
    guard memory != memoryAsSent, let cookie = memory.cookie(web.settings), !answer.hasSet(.browser, web.settings) else {
      return answer
    }
    var answer = answer
    answer.set(cookie)
    return answer
  }

  private var memoryAsSent: BrowserMemory { BrowserMemory(exchange, web.settings) }

  private var formGuard: FormGuard { FormGuard(keys: env.keys, publicOrigin: web.settings.publicOrigin) }
}

extension Visit {
  /// Keeps a new session in the browser.
  func signIn(_ started: StartedSession, then answer: Answer) -> Answer {
    var answer = answer
    let settings = web.settings
    // A work session ends with the browser, as it may stand in an office; a personal one outlives it.
    let lifetime: Duration? = started.session.kind == .work ? nil : started.session.expiresAt - occasion.now
    answer.set(SetCookie(.session, started.token, lifetime: lifetime, settings))
    answer.set(SetCookie(.device, started.device.reveal(), lifetime: BrowserMemory.lifetime, settings))
    var memory = memory
    memory.kind = started.session.kind
    memory.overridesAccount = false
    if let cookie = memory.cookie(settings) { answer.set(cookie) }
    return answer
  }

  /// Lets the pages in this browser speak the account's language from now on, whatever was chosen by hand.
  func followingTheAccount(_ answer: Answer) -> Answer {
    var answer = answer
    var memory = memory
    memory.overridesAccount = false
    if let cookie = memory.cookie(web.settings) { answer.set(cookie) }
    return answer
  }

  /// Takes the session out of the browser.
  func signOut(then answer: Answer) -> Answer {
    var answer = answer
    answer.set(.removing(.session, web.settings))
    return answer
  }
}

extension Answer {
  fileprivate func hasSet(_ name: CookieName, _ settings: WebSettings) -> Bool {
    headers[values: .setCookie].contains { $0.hasPrefix(name.text(isSecure: settings.isSecure) + "=") }
  }
}
