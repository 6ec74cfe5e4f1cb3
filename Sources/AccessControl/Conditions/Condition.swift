package import Primitives

/// A question about one request, in the Common Expression Language (docs/conditions.md): `resource.properties.amount < 1000.0`.
///
/// Made of a text that is parsed and type-checked once; evaluating it is bounded in time and memory whatever it is asked about.
package struct Condition: Sendable {
  /// As it was written.
  package let text: String
  private let program: Program

  /// - Throws: what is wrong with the text and where.
  package init(_ text: String) throws(ConditionFault) {
    let expression = try Parser.parse(text)
    let type = try TypeChecker.type(
      of: expression, text: text,
      declarations: Dictionary(uniqueKeysWithValues: ConditionInput.variables.map { ($0.name, $0.type) }))
    guard type == .bool || type == .dyn else {
      throw ConditionFault(
        .type, at: expression.offsets[expression.root], in: text, "a condition is true or false, and this is a \(type)")
    }
    self.text = text
    program = Program(expression, variables: ConditionInput.variables)
  }

  /// What the condition says of these circumstances.
  package func evaluate(_ input: ConditionInput) -> ConditionOutcome {
    var cost = Cost(left: ConditionLimits.cost)
    return outcome(input, lookups: nil, within: &cost)
  }

  /// The same for one of several conditions that a decision asks. When what they may take together does not suffice, it fails (`decisionTooCostly`, or
  /// `requestTooCostly` where the request left less to the decision), and so does every one after it.
  package func evaluate(_ input: ConditionInput, within budget: inout ConditionBudget) -> ConditionOutcome {
    guard let steps = budget.begin() else { return .failed(budget.exhaustion) }
    var cost = Cost(left: steps)
    let outcome = outcome(input, lookups: nil, within: &cost)
    budget.end(steps - cost.left)
    return outcome == .failed(.tooCostly) && steps < ConditionLimits.cost ? .failed(budget.exhaustion) : outcome
  }

  /// What the condition says, and what it looked at to say so: for the reason of a decision, not for its way. Where the request has few steps left it is not
  /// asked to its end.
  package func explain(
    _ input: ConditionInput, within request: inout RequestBudget
  ) -> (outcome: ConditionOutcome, lookups: [ConditionLookup]) {
    let lookups = Lookups()
    let steps = min(request.left, ConditionLimits.cost)
    var cost = Cost(left: steps)
    let outcome = outcome(input, lookups: lookups, within: &cost)
    request.end(steps - max(0, cost.left) + ConditionLimits.begin)
    return (outcome, lookups.found)
  }

  private func outcome(_ input: ConditionInput, lookups: Lookups?, within cost: inout Cost) -> ConditionOutcome {
    do {
      guard case .bool(let value) = try Evaluator.evaluate(program, input, lookups: lookups, within: &cost) else {
        return .failed(.noSuchOverload)
      }
      return value ? .met : .notMet
    } catch {
      return .failed(error)
    }
  }
}

/// What an evaluation came to. Only `met` allows anything.
package enum ConditionOutcome: Hashable, Sendable {
  case met
  case notMet
  case failed(EvaluationFault)
}

/// One thing that a condition looked at.
package struct ConditionLookup: Hashable, Sendable {
  /// As a condition names it: `resource.properties.amount`.
  package let path: String
  /// Nil when it was not there.
  package let value: JSON?
}

extension Condition: Hashable {
  /// Two conditions are equal when they were written alike.
  package static func == (left: Condition, right: Condition) -> Bool { left.text.isExactly(right.text) }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
