internal import AuthZEN

/// The endpoints that decide (Authorization API 1.0 §6, §7): where they are, and what they read.
enum EvaluationEndpoint: CaseIterable {
  /// One question.
  case one
  /// A batch.
  case many

  init?(path: String) {
    guard let endpoint = Self.allCases.first(where: { $0.path == path }) else { return nil }
    self = endpoint
  }

  var path: String {
    switch self {
    case .one: DescribeDecisionPoint.evaluationPath
    case .many: DescribeDecisionPoint.evaluationsPath
    }
  }

  /// How long a body may be, in bytes.
  var bodyLimit: Int {
    switch self {
    case .one: EvaluationLimits.questionBytes
    case .many: EvaluationLimits.batchBytes
    }
  }

  func read(_ body: [UInt8]) throws(EvaluationRefusal) -> PresentedEvaluations {
    switch self {
    case .one: try PresentedEvaluations(one: body)
    case .many: try PresentedEvaluations(many: body)
    }
  }
}
