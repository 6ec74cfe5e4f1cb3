internal import AccessControl

/// A request for decisions that was read: one question, or many with their defaults.
package struct PresentedEvaluations: Sendable {
  let body: BodyReader
  let options: EvaluationOptions
  /// Empty where the body asks its own question alone.
  let items: [PresentedQuestion]

  /// Reads one question.
  package init(one bytes: [UInt8]) throws(EvaluationRefusal) {
    guard bytes.count <= EvaluationLimits.questionBytes else { throw .tooLarge }
    body = try BodyReader(bytes, of: .question)
    options = try EvaluationOptions(body.body.options)
    items = []
  }

  /// Reads many questions. Without items it is the one question that the body asks (§7.1).
  package init(many bytes: [UInt8]) throws(EvaluationRefusal) {
    guard bytes.count <= EvaluationLimits.batchBytes else { throw .tooLarge }
    body = try BodyReader(bytes, of: .batch)
    options = try EvaluationOptions(body.body.options)
    switch body.body.evaluations {
    case .value(let items): self.items = items
    case .missing: items = []
    case .otherType: throw .malformed("evaluations is not an array of objects.")
    case .tooLarge: throw .malformed("evaluations has more than \(EvaluationLimits.evaluations) elements.")
    }
    if !items.isEmpty { try Self.check(defaults: body.body.question) }
  }

  /// Whether the answer tells more than memory holds, so that the store has to be asked: why, or what was.
  package var asksTheStore: Bool {
    options.detail == .explained || body.body.question.asksAboutThePast || items.contains(where: \.asksAboutThePast)
  }

  /// A default may be incomplete or missing where nobody inherits it. One of the wrong type is no default at all.
  private static func check(defaults: PresentedQuestion) throws(EvaluationRefusal) {
    if case .otherType = defaults.subject { throw .malformed("subject is not an object.") }
    if case .otherType = defaults.action { throw .malformed("action is not an object.") }
    if case .otherType = defaults.resource { throw .malformed("resource is not an object.") }
    if case .otherType = defaults.context { throw .malformed("context is not an object.") }
  }

  /// Asks the questions in their order, until an answer ends the batch.
  ///
  /// - Parameter answer: is given each question, or what is wrong with it; tells whether it is allowed.
  func ask<Failure: Error>(
    _ answer: (Result<ReadQuestion, QuestionReader.Flaw>) throws(Failure) -> Bool
  ) throws(Failure) {
    let questions = QuestionReader(body.body.question)
    guard !items.isEmpty else {
      _ = try answer(Result { () throws(QuestionReader.Flaw) in try questions.question() })
      return
    }
    for item in items {
      let isAllowed = try answer(Result { () throws(QuestionReader.Flaw) in try questions.question(item) })
      if options.semantic.ends(after: isAllowed) { return }
    }
  }
}
