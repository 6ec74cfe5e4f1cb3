/// The answer to an evaluation (Authorization API 1.0 §6.2).
public struct EvaluationResponse: Codable, Hashable, Sendable {
  /// What Usher tells besides yes and no (§5.5.1).
  public struct Context: Codable, Hashable, Sendable {
    /// The one organization in which the decision was made; missing when it was denied before that was settled.
    public var organization: String?
    /// A stable code: `permission_granted`, `no_role_grants_permission`, `organization_required`, …
    public var reason: String
    /// The roles that grant the permission; missing in a denial.
    public var roles: [String]?

    /// Why, and where.
    public init(organization: String?, reason: String, roles: [String]? = nil) {
      self.organization = organization
      self.reason = reason
      self.roles = roles
    }
  }

  /// Whether the action is allowed. Everything but `true` is a no.
  public var decision: Bool
  /// Why, and in which organization; Usher always sends it.
  public var context: Context?

  /// An answer.
  public init(decision: Bool, context: Context? = nil) {
    self.decision = decision
    self.context = context
  }
}
