/// What `/.well-known/authzen-configuration` answers (Authorization API 1.0 §9.1).
public struct DecisionPointMetadata: Codable, Hashable, Sendable {
  /// The address of the decision point; the same as the issuer's.
  public var policyDecisionPoint: String
  /// Where single decisions are asked for.
  public var accessEvaluationEndpoint: String
  /// Where batches of decisions are asked for.
  public var accessEvaluationsEndpoint: String

  /// Describes a decision point.
  public init(policyDecisionPoint: String, accessEvaluationEndpoint: String, accessEvaluationsEndpoint: String) {
    self.policyDecisionPoint = policyDecisionPoint
    self.accessEvaluationEndpoint = accessEvaluationEndpoint
    self.accessEvaluationsEndpoint = accessEvaluationsEndpoint
  }

  enum CodingKeys: String, CodingKey {
    case policyDecisionPoint = "policy_decision_point"
    case accessEvaluationEndpoint = "access_evaluation_endpoint"
    case accessEvaluationsEndpoint = "access_evaluations_endpoint"
  }
}
