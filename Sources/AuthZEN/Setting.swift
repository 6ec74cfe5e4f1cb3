internal import AccessControl
internal import Identity
internal import Primitives

/// What all questions of one request have in common: who asks, from which state of the policy they are answered, and for which moment.
struct Setting {
  let asker: OrganizationRule.Asker
  let policy: PolicyState
  let now: Timestamp
  let detail: EvaluationOptions.Detail

  /// - Throws: `unavailable` while nobody knows whether what we know is still so.
  init(
    askedBy asker: Application, knowing policy: PolicySnapshot, at now: Timestamp, _ detail: EvaluationOptions.Detail
  ) throws(EvaluationRefusal) {
    guard let state = policy.currentState else { throw .unavailable }
    self.asker = asker.decisionAsker
    self.policy = state
    self.now = now
    self.detail = detail
  }

  /// - Parameter budget: what the conditions of all questions of the request may still take.
  func decide(
    _ question: ReadQuestion, of body: BodyReader, within budget: inout RequestBudget
  ) throws(DecideAccess.Refusal) -> Decision {
    let decide = DecideAccess(naming: detail == .code ? .oneRole : .everyRole)
    let place = try body.place(question)
    let decision = body.withNames(question) { names in
      Result { () throws(DecideAccess.Refusal) in
        try decide(names, place, askedFrom: asker, knowing: policy, at: now, within: &budget) { body.request(question) }
      }
    }
    return try decision.get()
  }
}
