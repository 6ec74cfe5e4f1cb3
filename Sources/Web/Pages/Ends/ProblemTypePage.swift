internal import Localization

/// What the address in a problem document's `type` leads to (RFC 9457 §3.1.1): what the problem means and what to do about it.
struct ProblemTypePage: Page {
  static let template = "problem-type"
  let frame: PageFrame
  let kind: ManagementRefusal.Kind

  func title(_ say: Sentences) -> String { kind.wording(say).title }

  func view(_ say: Sentences) -> View {
    let wording = kind.wording(say)
    return ["about": say.problemTypes.about(String(kind.status)), "meaning": wording.meaning, "advice": wording.advice]
  }
}

extension ManagementRefusal.Kind {
  /// Every kind has its words here, or this does not compile.
  fileprivate func wording(_ say: Sentences) -> (title: String, meaning: String, advice: String) {
    let types = say.problemTypes
    return switch self {
    case .malformed: (types.malformedTitle, types.malformed, types.malformedAdvice)
    case .tokenRefused: (types.tokenRefusedTitle, types.tokenRefused, types.tokenRefusedAdvice)
    case .insufficientScope: (types.insufficientScopeTitle, types.insufficientScope, types.insufficientScopeAdvice)
    case .denied: (types.deniedTitle, types.denied, types.deniedAdvice)
    case .unknown: (types.unknownTitle, types.unknown, types.unknownAdvice)
    case .taken: (types.takenTitle, types.taken, types.takenAdvice)
    case .lastAdministrator: (types.lastAdministratorTitle, types.lastAdministrator, types.lastAdministratorAdvice)
    case .dutiesNotSeparated: (types.dutiesNotSeparatedTitle, types.dutiesNotSeparated, types.dutiesNotSeparatedAdvice)
    case .roleLimitExceeded: (types.roleLimitExceededTitle, types.roleLimitExceeded, types.roleLimitExceededAdvice)
    case .state: (types.stateTitle, types.state, types.stateAdvice)
    case .changedMeanwhile: (types.changedMeanwhileTitle, types.changedMeanwhile, types.changedMeanwhileAdvice)
    case .versionMismatch: (types.versionMismatchTitle, types.versionMismatch, types.versionMismatchAdvice)
    case .planChanged: (types.planChangedTitle, types.planChanged, types.planChangedAdvice)
    case .notAccepted: (types.notAcceptedTitle, types.notAccepted, types.notAcceptedAdvice)
    }
  }

  /// What the problem document calls it: the page's heading, in the language of the API.
  var title: String { wording(Sentences(.english)).title }
}
