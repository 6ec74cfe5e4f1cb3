internal import AccessControl
package import Identity
package import Localization
package import Primitives

/// The Access Evaluation and Access Evaluations endpoints (Authorization API 1.0 §6, §7): may this subject do this action to this resource? Many
/// questions of one request are answered in their order and all from one state of the policy.
///
/// Reads, asks `DecideAccess`, writes; decides nothing itself. Who asks has been authenticated before; whether they may ask here is part of
/// the decision. What is wrong with a request as a whole refuses it; what is wrong with one question of many is its answer (§7.2.1).
package struct EvaluateAccess: Sendable {
  private let tables: SentenceTables

  /// - Parameter tables: what is said to people.
  package init(saying tables: SentenceTables) { self.tables = tables }

  /// The answers, and what they rest on.
  package struct Answer: Sendable {
    /// JSON, to be sent with status 200: a denial is an answer like any other.
    package let bytes: [UInt8]
    /// The revision of the policy from which every one of them was made.
    package let revision: Int64
  }

  /// Answers from memory.
  ///
  /// - Parameters:
  ///   - evaluations: what is asked; what only the store could tell is left out.
  ///   - asker: the application that asks.
  ///   - policy: what is known.
  ///   - now: the moment for which all of it is asked.
  package func callAsFunction(
    _ evaluations: PresentedEvaluations, askedBy asker: Application, knowing policy: PolicySnapshot, at now: Timestamp
  ) throws(EvaluationRefusal) -> Answer {
    let setting = try Setting(askedBy: asker, knowing: policy, at: now, evaluations.options.detail)
    var answers = EvaluationWriter(for: evaluations, saying: tables)
    var budget = RequestBudget()
    evaluations.ask { (question) throws(Never) in
      answers.write(Outcome(setting, question, of: evaluations.body, within: &budget))
    }
    return Answer(bytes: try answers.finish(), revision: setting.policy.revision)
  }

  /// Answers from the store, with the reasons for administrators where the asker may see who holds what.
  ///
  /// - Throws: `EvaluationRefusal`, and what the store throws.
  package func explained(
    _ evaluations: PresentedEvaluations, askedBy asker: Application, at now: Timestamp, env: Environment
  ) async throws -> Answer {
    // Who asks was recognized from memory.
    guard env.policy.isCurrent else { throw EvaluationRefusal.unavailable }
    return try await ExplainDecision()(askedBy: asker, at: now, env: env) { decisions in
      var answers = EvaluationWriter(for: evaluations, saying: tables)
      try evaluations.ask { question in answers.write(try Outcome(&decisions, question, of: evaluations.body)) }
      return Answer(bytes: try answers.finish(), revision: try decisions.revision())
    }
  }
}
