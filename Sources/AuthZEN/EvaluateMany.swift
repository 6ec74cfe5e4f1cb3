package import Identity
package import Localization
package import Primitives

/// The Access Evaluations endpoint (Authorization API 1.0 §7): many questions in one request, answered in their order and all from one state of the
/// policy.
///
/// What is wrong with the request as a whole refuses it; what is wrong with one question is its answer (§7.2.1).
package struct EvaluateMany: Sendable {
  private let tables: SentenceTables

  /// - Parameter tables: what is said to people.
  package init(saying tables: SentenceTables) { self.tables = tables }

  /// The answers, and what they rest on.
  package struct Answer: Sendable {
    /// JSON, to be sent with status 200.
    package let bytes: [UInt8]
    /// The revision of the policy from which every one of them was made.
    package let revision: Int64
  }

  /// - Parameters:
  ///   - bytes: the request as it came, JSON.
  ///   - asker: the application that asks.
  ///   - policy: what is known.
  ///   - now: the moment for which all of it is asked.
  package func callAsFunction(
    _ bytes: [UInt8], askedBy asker: Application, knowing policy: PolicySnapshot, at now: Timestamp
  ) throws(EvaluationRefusal) -> Answer {
    guard bytes.count <= EvaluationLimits.batchBytes else { throw .tooLarge }
    let body = try BodyReader(bytes, of: .batch)
    let options = try EvaluationOptions(body.body.options)
    let items = try items(of: body)
    let setting = try Setting(askedBy: asker, knowing: policy, at: now, options.detail)
    // §7.1: without items it is the one question that the body asks, and answered like one.
    guard !items.isEmpty else {
      return Answer(bytes: try EvaluateAccess(saying: tables).answer(body, setting), revision: setting.policy.revision)
    }
    try Self.check(defaults: body.body.question)
    let outcomes = Self.outcomes(of: items, QuestionReader(body), options.semantic, setting)
    return Answer(
      bytes: EvaluationWriter.write(outcomes, options.detail, saying: tables), revision: setting.policy.revision)
  }

  private func items(of body: BodyReader) throws(EvaluationRefusal) -> [PresentedQuestion] {
    switch body.body.evaluations {
    case .value(let items): return items
    case .missing: return []
    case .otherType: throw .malformed("evaluations is not an array of objects.")
    case .tooLarge: throw .malformed("evaluations has more than \(EvaluationLimits.evaluations) elements.")
    }
  }

  /// A default may be incomplete or missing where nobody inherits it. One of the wrong type is no default at all.
  private static func check(defaults: PresentedQuestion) throws(EvaluationRefusal) {
    if case .otherType = defaults.subject { throw .malformed("subject is not an object.") }
    if case .otherType = defaults.action { throw .malformed("action is not an object.") }
    if case .otherType = defaults.resource { throw .malformed("resource is not an object.") }
    if case .otherType = defaults.context { throw .malformed("context is not an object.") }
  }

  private static func outcomes(
    of items: [PresentedQuestion], _ questions: QuestionReader, _ semantic: EvaluationOptions.Semantic, _ setting: Setting
  ) -> [Outcome] {
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(items.count)
    for item in items {
      let outcome = Outcome(setting) { () throws(QuestionReader.Flaw) in try questions.question(item) }
      outcomes.append(outcome)
      if semantic.ends(after: outcome.isAllowed) { break }
    }
    return outcomes
  }
}
