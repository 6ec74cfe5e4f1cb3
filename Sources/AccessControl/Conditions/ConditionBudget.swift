/// The steps that the conditions of one decision may still take together.
///
/// Each condition is bounded by itself, but a subject may hold any number of roles that give the same permission under different ones. Whatever decides
/// anew begins with a new budget: each question of a batch, each candidate of a search.
package struct ConditionBudget: Sendable {
  /// Nothing counts as met any more once it is 0.
  private var left: Int

  package init() { self.init(steps: ConditionLimits.decisionCost) }

  init(steps: Int) { left = steps }

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
