package import Localization

/// Every page that says no: what happened, what to do, and the request's number for those who can look it up. Never a path, a query or a
/// stack.
package struct ErrorPage: Page {
  package enum Failure: Sendable {
    /// 400
    case badRequest
    /// 403: the form was not from this browser, or too old.
    case formExpired
    /// 403
    case forbidden
    /// 404, also for what the reader may not know of.
    case notFound
    /// 405
    case methodNotAllowed
    /// 413, 414, 431
    case tooLarge
    /// 429
    case tooManyRequests(Duration)
    /// 503
    case unavailable(Duration?)
    /// 500
    case fault
    /// 400: no application has this `client_id` (RFC 6749 §4.1.2.1: shown here, never redirected).
    case unknownApplication
    /// 400: the application did not register the address it wants the answer at.
    case redirectAddressNotRegistered
    /// 403: the application of that name does not admit this kind of account.
    case accountKindNotAdmitted(application: String)
  }

  package static let template = "error"
  package var frame: PageFrame
  package var failure: Failure
  package var requestID: String

  package init(frame: PageFrame, failure: Failure, requestID: String) {
    self.frame = frame
    self.failure = failure
    self.requestID = requestID
  }

  package func title(_ say: Sentences) -> String { wording(say).title }

  package func view(_ say: Sentences) -> View {
    ["explanation": wording(say).explanation, "requestID": requestID.isEmpty ? nil : requestID]
  }

  private func wording(_ say: Sentences) -> (title: String, explanation: String) {
    let errors = say.errors
    return switch failure {
    case .badRequest: (errors.badRequestTitle, errors.badRequest)
    case .formExpired: (errors.formExpiredTitle, errors.formExpired)
    case .forbidden: (errors.forbiddenTitle, errors.forbidden)
    case .notFound: (errors.notFoundTitle, errors.notFound)
    case .methodNotAllowed: (errors.methodTitle, errors.method)
    case .tooLarge: (errors.tooLargeTitle, errors.tooLarge)
    case .tooManyRequests(let span): (errors.tooManyTitle, errors.tooMany(say.wait(span)))
    case .unavailable(let span):
      (errors.unavailableTitle, span.map { errors.unavailableFor(say.wait($0)) } ?? errors.unavailable)
    case .fault: (errors.faultTitle, errors.fault)
    case .unknownApplication: (errors.unknownApplicationTitle, errors.unknownApplication)
    case .redirectAddressNotRegistered: (errors.wrongReturnTitle, errors.wrongReturn)
    case .accountKindNotAdmitted(let application): (errors.notAdmittedTitle, errors.notAdmitted(application))
    }
  }
}
