package import Identity
package import Localization
internal import Primitives

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
  ///   - policy: what is known now.
  package func callAsFunction(_ bytes: [UInt8], askedBy asker: Application, knowing policy: PolicySnapshot)
    throws(EvaluationRefusal) -> Answer
  {
    guard bytes.count <= EvaluationLimits.batchBytes else { throw .tooLarge }
    let body = try BodyReader(bytes, isBatch: true)
    let options = try EvaluationOptions(body.body.options)
    let items = try items(of: body)
    // §7.1: without items it is the one question that the body asks, and answered like one.
    guard !items.isEmpty else {
      let revision = policy.revision
      return Answer(
        bytes: try EvaluateAccess(saying: tables).answer(body, options, askedBy: asker, knowing: policy), revision: revision)
    }
    try Self.check(defaults: body.body.question)
    let questions = QuestionReader(body)
    let looked: (value: Result<[Outcome], EvaluationRefusal>, revision: Int64)
    do {
      looked = try policy.inOneState {
        Result { () throws(EvaluationRefusal) in
          try Self.outcomes(of: items, questions, options.semantic, askedBy: asker, knowing: policy)
        }
      }
    } catch { throw .unavailable }
    return Answer(
      bytes: EvaluationWriter.write(try looked.value.get(), options.detail, saying: tables), revision: looked.revision)
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
    of items: [PresentedQuestion], _ questions: QuestionReader, _ semantic: EvaluationOptions.Semantic,
    askedBy asker: Application, knowing policy: PolicySnapshot
  ) throws(EvaluationRefusal) -> [Outcome] {
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(items.count)
    for item in items {
      let outcome = try Outcome(askedBy: asker, knowing: policy) { () throws(QuestionReader.Flaw) in try questions.question(item)
      }
      outcomes.append(outcome)
      if semantic.ends(after: outcome.isAllowed) { break }
    }
    return outcomes
  }
}
