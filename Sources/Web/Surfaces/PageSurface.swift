internal import HTTPTypes

/// Failures as pages, in the language the browser asks for.
struct PageSurface: Surface {
  let web: WebEnvironment

  func answer(to failure: Failure, _ exchange: Exchange) -> Answer {
    let language = BrowserMemory(exchange, web.settings).language(exchange, account: nil)
    let page = ErrorPage(frame: PageFrame(language: language), failure: failure.shown, requestID: exchange.requestID)
    return .html(page.html(web.renderer), failure.status)
  }
}

extension Failure {
  /// Which of the error pages says it.
  var shown: ErrorPage.Failure {
    switch self {
    case .badRequest, .unsupportedMediaType, .revisionUnknown: .badRequest
    case .formExpired: .formExpired
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .contentTooLarge, .targetTooLong, .headersTooLarge: .tooLarge
    case .tooManyRequests(let wait): .tooManyRequests(wait)
    case .unavailable(let wait): .unavailable(wait)
    case .fault: .fault
    }
  }
}
