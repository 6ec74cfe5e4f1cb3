/// The steps that the conditions of one request may still take: of all questions of a batch, of all candidates that a page of a search looks at.
package struct RequestBudget: Sendable {
  package private(set) var left = ConditionLimits.requestCost

  package init() {}

  /// Whether the next decision can have all the steps that one may take.
  package var hasDecision: Bool { left >= ConditionLimits.decisionCost }

  package mutating func end(_ taken: Int) { left = max(0, left - taken) }
}

/// The steps that the conditions of one decision may still take together.
///
/// Each condition is bounded by itself, but a subject may hold any number of roles that give the same permission under different ones. Whatever decides
/// anew begins with a new budget: each question of a batch, each candidate of a search; all those of a request within its own (`RequestBudget`).
package struct ConditionBudget: Sendable {
  /// How many the decision began with.
  private let all: Int
  /// Nothing counts as met any more once it is 0.
  private var left: Int
  /// What it is when they do not suffice: who asked too much.
  let exhaustion: EvaluationFault

  /// - Parameter request: what is left of the request that the decision answers; only it is asked where there is no other.
  package init(within request: RequestBudget = RequestBudget()) {
    self.init(
      steps: min(request.left, ConditionLimits.decisionCost), request.hasDecision ? .decisionTooCostly : .requestTooCostly)
  }

  init(steps: Int, _ exhaustion: EvaluationFault = .decisionTooCostly) {
    (all, left) = (steps, steps)
    self.exhaustion = exhaustion
  }

  /// How many were taken.
  package var taken: Int { all - left }

  /// The steps for the next condition; nil when there are none.
  mutating func begin() -> Int? {
    left -= ConditionLimits.begin
    guard left > 0 else {
      left = 0
      return nil
    }
    return min(left, ConditionLimits.cost)
  }

  mutating func end(_ taken: Int) { left = max(0, left - taken) }
}
