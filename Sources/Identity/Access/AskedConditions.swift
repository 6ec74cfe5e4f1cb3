internal import AccessControl

/// The conditions of one decision: each is asked once, however many assignments lead to it, and all of them within one `ConditionBudget`. So what a
/// decision found is what whoever explains it finds.
struct AskedConditions {
  /// Made at most once, and only where a role gives the permission under a condition.
  private var input: ConditionInput?
  private var budget: ConditionBudget
  private var outcomes: [UInt32: ConditionOutcome] = [:]

  /// - Parameter request: what is left of the request that the decision answers. What is taken here is not taken there: see `taken`.
  init(within request: RequestBudget = RequestBudget()) { budget = ConditionBudget(within: request) }

  /// The steps that were taken so far.
  var taken: Int { budget.taken }

  /// Whether some condition was not asked to its end because of what other decisions of the request took.
  var isCutShort: Bool { outcomes.values.contains(.failed(.requestTooCostly)) }

  /// Whether a condition holds; one that fails does not.
  mutating func holds(_ condition: UInt32, knowing policy: PolicyState, for input: () -> ConditionInput) -> Bool {
    outcome(of: condition, knowing: policy, for: input) == .met
  }

  /// What a condition says of the circumstances, which are the same for all.
  mutating func outcome(of condition: UInt32, knowing policy: PolicyState, for makeInput: () -> ConditionInput)
    -> ConditionOutcome
  {
    if let known = outcomes[condition] { return known }
    let input = input ?? makeInput()
    self.input = input
    let outcome = policy.condition(condition).evaluate(input, within: &budget)
    outcomes[condition] = outcome
    return outcome
  }
}
