internal import AccessControl
package import Identity
internal import Primitives

/// What one question comes to.
enum Outcome {
  case decided(Decision)
  indirect case explained(Decision, Explanation)
  /// It cannot be asked like this. The sentence says which member is wrong, and repeats nothing of what was sent.
  case flawed(String)

  /// An error is never a yes.
  var isAllowed: Bool {
    switch self {
    case .decided(let decision), .explained(let decision, _): decision.allowed
    case .flawed: false
    }
  }

  init(
    _ setting: Setting, _ question: Result<ReadQuestion, QuestionReader.Flaw>, of body: BodyReader,
    within budget: inout RequestBudget
  ) {
    switch question {
    case .failure(let flaw): self = .flawed(flaw.sentence)
    case .success(let question):
      do {
        self = .decided(try setting.decide(question, of: body, within: &budget))
      } catch {
        self = .flawed(error.sentence)
      }
    }
  }

  /// The same, decided from the store and explained where the asker may see why.
  ///
  /// - Throws: what the store throws.
  init(_ decisions: inout ExplainedDecisions, _ question: Result<ReadQuestion, QuestionReader.Flaw>, of body: BodyReader) throws {
    do {
      let (decision, explanation) = try decisions.decide(body.request(try question.get()))
      self = explanation.map { .explained(decision, $0) } ?? .decided(decision)
    } catch let flaw as QuestionReader.Flaw {
      self = .flawed(flaw.sentence)
    } catch let refusal as DecideAccess.Refusal {
      self = .flawed(refusal.sentence)
    } catch let refusal as PastRefusal {
      self = .flawed(refusal.sentence)
    }
  }
}

extension PastRefusal {
  package var sentence: String {
    switch self {
    case .malformed: "context.at is not a time as in RFC 3339."
    case .future: "context.at has not been yet."
    case .before(let beginning): "Nothing is known of context.at: the history begins at \(beginning.rfc3339)."
    }
  }
}

extension DecideAccess.Refusal {
  fileprivate var sentence: String {
    switch self {
    case .activeRolesMalformed:
      "context.active_roles is no array of at most \(RoleActivation.maximumActive) ids of roles."
    case .contradiction: "resource.properties.organization and context.organization differ."
    }
  }
}
