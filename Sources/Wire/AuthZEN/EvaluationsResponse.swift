/// The answers to a batch of evaluations (Authorization API 1.0 §7.2).
public struct EvaluationsResponse: Codable, Hashable, Sendable {
  /// In the order of the questions; fewer where one of them ended the batch.
  public var evaluations: [EvaluationResponse]

  /// The answers.
  public init(evaluations: [EvaluationResponse]) { self.evaluations = evaluations }
}
