public import Primitives

/// The questions put to `POST /access/v1/evaluations` (Authorization API 1.0 §7.1).
public struct EvaluationsRequest: Codable, Hashable, Sendable {
  /// One question. What it lacks it has, whole, from the request.
  public struct Item: Codable, Hashable, Sendable {
    /// Who wants to act.
    public var subject: EvaluationRequest.Subject?
    /// What they want to do.
    public var action: EvaluationRequest.Action?
    /// To what.
    public var resource: EvaluationRequest.Resource?
    /// Whatever else there is to say.
    public var context: JSONObject?

    /// Asks one question.
    public init(
      subject: EvaluationRequest.Subject? = nil, action: EvaluationRequest.Action? = nil,
      resource: EvaluationRequest.Resource? = nil, context: JSONObject? = nil
    ) {
      self.subject = subject
      self.action = action
      self.resource = resource
      self.context = context
    }
  }

  /// How the questions are answered (§7.1.2).
  public struct Options: Codable, Hashable, Sendable {
    /// `execute_all` (as without it), `deny_on_first_deny` or `permit_on_first_permit`.
    public var evaluationsSemantic: String?
    /// `code` (as without it), `full` or `explained`: how much each answer says of its reason. An extension of ours.
    public var reason: String?

    /// Chooses how.
    public init(evaluationsSemantic: String? = nil, reason: String? = nil) {
      self.evaluationsSemantic = evaluationsSemantic
      self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
      case evaluationsSemantic = "evaluations_semantic"
      case reason
    }
  }

  /// The subject of every question that names none.
  public var subject: EvaluationRequest.Subject?
  /// The action of every question that names none.
  public var action: EvaluationRequest.Action?
  /// The resource of every question that names none.
  public var resource: EvaluationRequest.Resource?
  /// The context of every question that has none.
  public var context: JSONObject?
  /// The questions, answered in this order. Without any, the request is itself the only one and answered as a single evaluation is.
  public var evaluations: [Item]?
  /// How they are answered.
  public var options: Options?

  /// Asks many questions at once.
  public init(
    subject: EvaluationRequest.Subject? = nil, action: EvaluationRequest.Action? = nil,
    resource: EvaluationRequest.Resource? = nil, context: JSONObject? = nil, evaluations: [Item]? = nil, options: Options? = nil
  ) {
    self.subject = subject
    self.action = action
    self.resource = resource
    self.context = context
    self.evaluations = evaluations
    self.options = options
  }
}
