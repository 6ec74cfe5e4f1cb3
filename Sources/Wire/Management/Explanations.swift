public import Primitives

extension Management {
  /// A question to be explained: as at the decision endpoint, in the organization of the path.
  public struct ExplainedQuestion: Codable, Hashable, Sendable {
    /// Who wants to act.
    public var subject: EvaluationRequest.Subject
    /// What is to be done.
    public var action: EvaluationRequest.Action
    /// What it is to be done to.
    public var resource: EvaluationRequest.Resource
    /// For conditions.
    public var context: JSONObject?

    /// Asks why.
    public init(
      subject: EvaluationRequest.Subject, action: EvaluationRequest.Action, resource: EvaluationRequest.Resource,
      context: JSONObject? = nil
    ) {
      self.subject = subject
      self.action = action
      self.resource = resource
      self.context = context
    }
  }

  /// A decision, and why.
  public struct Explanation: Codable, Hashable, Sendable {
    /// Whether the action is allowed.
    public var decision: Bool
    /// The stable code that an application is told.
    public var reason: String
    /// The same in the words of people, by the tag of the language.
    public var reasonUser: [String: String]
    /// The same in full.
    public var reasonAdmin: AccessExplanation

    /// All members, in the order of the document.
    public init(decision: Bool, reason: String, reasonUser: [String: String], reasonAdmin: AccessExplanation) {
      self.decision = decision
      self.reason = reason
      self.reasonUser = reasonUser
      self.reasonAdmin = reasonAdmin
    }

    enum CodingKeys: String, CodingKey {
      case decision, reason
      case reasonUser = "reason_user"
      case reasonAdmin = "reason_admin"
    }
  }
}
