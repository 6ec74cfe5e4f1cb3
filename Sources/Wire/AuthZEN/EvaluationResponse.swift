/// The answer to an evaluation (Authorization API 1.0 §6.2).
public struct EvaluationResponse: Codable, Hashable, Sendable {
  /// What Usher tells besides yes and no (§5.5.1).
  public struct Context: Codable, Hashable, Sendable {
    /// The one organization in which the decision was made; missing when it was denied before that was settled.
    public var organization: String?
    /// A stable code: `permission_granted`, `no_role_grants_permission`, `organization_required`, …
    public var reason: String
    /// The roles that grant the permission, where the full reason was asked for; missing in a denial.
    public var roles: [String]?
    /// The reason for the person who wanted to act, by the tag of the language, where the full reason was asked for.
    public var reasonUser: [String: String]?
    /// Why, for administrators, where that was asked for and the asker may see who holds what in the organization of the decision.
    public var reasonAdmin: AccessExplanation?
    /// Why a question of a batch could not be asked; then the reason is `invalid_request`.
    public var error: Flaw?

    /// Why, and where.
    public init(
      organization: String?, reason: String, roles: [String]? = nil, reasonUser: [String: String]? = nil,
      reasonAdmin: AccessExplanation? = nil, error: Flaw? = nil
    ) {
      self.organization = organization
      self.reason = reason
      self.roles = roles
      self.reasonUser = reasonUser
      self.reasonAdmin = reasonAdmin
      self.error = error
    }

    enum CodingKeys: String, CodingKey {
      case organization, reason, roles, error
      case reasonUser = "reason_user"
      case reasonAdmin = "reason_admin"
    }
  }

  /// What is wrong with one question of a batch (§7.2.1).
  public struct Flaw: Codable, Hashable, Sendable {
    /// The HTTP status that the question would have had by itself.
    public var status: Int
    /// Which member is wrong, and how.
    public var message: String

    /// Describes a flaw.
    public init(status: Int, message: String) {
      self.status = status
      self.message = message
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
