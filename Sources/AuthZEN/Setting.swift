internal import AccessControl
internal import Identity
internal import Primitives

/// What all questions of one request have in common: who asks, from which state of the policy they are answered, and for which moment.
struct Setting {
  let asker: Application
  let policy: PolicyState
  let now: Timestamp
  let detail: EvaluationOptions.Detail

  /// - Throws: `unavailable` while nobody knows whether what we know is still so.
  init(
    askedBy asker: Application, knowing policy: PolicySnapshot, at now: Timestamp, _ detail: EvaluationOptions.Detail
  ) throws(EvaluationRefusal) {
    guard let state = policy.currentState else { throw .unavailable }
    self.asker = asker
    self.policy = state
    self.now = now
    self.detail = detail
  }

  func decide(_ request: AccessRequest) throws(DecideAccess.Refusal) -> Decision {
    try DecideAccess(naming: detail == .code ? .oneRole : .everyRole)(request, askedBy: asker, knowing: policy, at: now)
  }
}
