package import Identity
package import Localization
package import Primitives

/// The Access Evaluation endpoint (Authorization API 1.0 §6): may this subject do this action to this resource?
///
/// Reads, asks `DecideAccess`, writes; decides nothing itself. Who asks has been authenticated before; whether they may ask here is part of
/// the decision.
package struct EvaluateAccess: Sendable {
  private let tables: SentenceTables

  /// - Parameter tables: what is said to people.
  package init(saying tables: SentenceTables) { self.tables = tables }

  /// - Parameters:
  ///   - bytes: the request as it came, JSON.
  ///   - asker: the application that asks.
  ///   - policy: what is known.
  ///   - now: the moment for which it is asked.
  /// - Returns: the answer, JSON, to be sent with status 200: a denial is an answer like any other.
  package func callAsFunction(
    _ bytes: [UInt8], askedBy asker: Application, knowing policy: PolicySnapshot, at now: Timestamp
  ) throws(EvaluationRefusal) -> [UInt8] {
    guard bytes.count <= EvaluationLimits.questionBytes else { throw .tooLarge }
    let body = try BodyReader(bytes, of: .question)
    let options = try EvaluationOptions(body.body.options)
    return try answer(body, Setting(askedBy: asker, knowing: policy, at: now, options.detail))
  }

  /// Answers the body's own question.
  func answer(_ body: BodyReader, _ setting: Setting) throws(EvaluationRefusal) -> [UInt8] {
    let outcome = Outcome(setting) { () throws(QuestionReader.Flaw) in try QuestionReader(body).question() }
    if case .flawed(let sentence) = outcome { throw .malformed(sentence) }
    return EvaluationWriter.write(outcome, setting.detail, saying: tables)
  }
}
