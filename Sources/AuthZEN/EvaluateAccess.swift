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
    let outcomes = evaluations.outcomes { (question) throws(Never) in Outcome(setting, question) }
    return Answer(bytes: try write(outcomes, of: evaluations), revision: setting.policy.revision)
  }

  /// Answers from the store, with the reasons for administrators where the asker may see who holds what.
  ///
  /// - Throws: `EvaluationRefusal`, and what the store throws.
  package func explained(
    _ evaluations: PresentedEvaluations, askedBy asker: Application, at now: Timestamp, env: Environment
  ) async throws -> Answer {
    // Who asks was recognized from memory.
    guard env.policy.isCurrent else { throw EvaluationRefusal.unavailable }
    let (outcomes, revision) = try await ExplainDecision()(askedBy: asker, at: now, env: env) { decisions in
      (try evaluations.outcomes { question in try Outcome(&decisions, question) }, try decisions.revision())
    }
    return Answer(bytes: try write(outcomes, of: evaluations), revision: revision)
  }

  private func write(_ outcomes: [Outcome], of evaluations: PresentedEvaluations) throws(EvaluationRefusal) -> [UInt8] {
    let detail = evaluations.options.detail
    // §7.1: without items it is answered like the one question that it is.
    guard evaluations.items.isEmpty, let only = outcomes.first else {
      return EvaluationWriter.write(outcomes, detail, saying: tables)
    }
    if case .flawed(let sentence) = only { throw .malformed(sentence) }
    return EvaluationWriter.write(only, detail, saying: tables)
  }
}
