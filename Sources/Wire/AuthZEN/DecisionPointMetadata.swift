/// What `/.well-known/authzen-configuration` answers (Authorization API 1.0 §9.1).
public struct DecisionPointMetadata: Codable, Hashable, Sendable {
  /// The address of the decision point; the same as the issuer's.
  public var policyDecisionPoint: String
  /// Where single decisions are asked for.
  public var accessEvaluationEndpoint: String
  /// Where batches of decisions are asked for.
  public var accessEvaluationsEndpoint: String
  /// Where it is asked who may do something.
  public var searchSubjectEndpoint: String
  /// Where it is asked to what somebody may do something.
  public var searchResourceEndpoint: String
  /// Where it is asked what somebody may do.
  public var searchActionEndpoint: String
  /// A JWT with the other members as its claims, signed by a key of the issuer (§9.1.3).
  public var signedMetadata: String?

  /// Describes a decision point.
  public init(
    policyDecisionPoint: String, accessEvaluationEndpoint: String, accessEvaluationsEndpoint: String,
    searchSubjectEndpoint: String, searchResourceEndpoint: String, searchActionEndpoint: String, signedMetadata: String? = nil
  ) {
    self.policyDecisionPoint = policyDecisionPoint
    self.accessEvaluationEndpoint = accessEvaluationEndpoint
    self.accessEvaluationsEndpoint = accessEvaluationsEndpoint
    self.searchSubjectEndpoint = searchSubjectEndpoint
    self.searchResourceEndpoint = searchResourceEndpoint
    self.searchActionEndpoint = searchActionEndpoint
    self.signedMetadata = signedMetadata
  }

  enum CodingKeys: String, CodingKey {
    case policyDecisionPoint = "policy_decision_point"
    case accessEvaluationEndpoint = "access_evaluation_endpoint"
    case accessEvaluationsEndpoint = "access_evaluations_endpoint"
    case searchSubjectEndpoint = "search_subject_endpoint"
    case searchResourceEndpoint = "search_resource_endpoint"
    case searchActionEndpoint = "search_action_endpoint"
    case signedMetadata = "signed_metadata"
  }
}
