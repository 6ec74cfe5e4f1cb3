public import Primitives

/// Why a decision is what it is, for whoever may see who holds what (`role:view`): `reason_admin` of an evaluation, and of an explanation in the
/// management API.
public struct AccessExplanation: Codable, Hashable, Sendable {
  /// Something with a type and an id.
  public struct Name: Codable, Hashable, Sendable {
    /// `account`, `application`, `group` or `subject` for holders; the type of a resource.
    public var type: String
    /// Its id.
    public var id: String

    /// Names something.
    public init(type: String, id: String) {
      self.type = type
      self.id = id
    }
  }

  /// One thing a condition looked at.
  public struct Value: Codable, Hashable, Sendable {
    /// As the condition names it.
    public var path: String
    /// Missing when it was not there, or is longer than 1 024 bytes.
    public var value: JSON?

    /// What stood where.
    public init(path: String, value: JSON? = nil) {
      self.path = path
      self.value = value
    }
  }

  /// A condition, and what it said.
  public struct Condition: Codable, Hashable, Sendable {
    /// In the Common Expression Language.
    public var text: String
    /// `met`, `not_met` or `failed`.
    public var outcome: String
    /// What it looked at; the first 20.
    public var values: [Value]

    /// A condition that was asked.
    public init(text: String, outcome: String, values: [Value]) {
      self.text = text
      self.outcome = outcome
      self.values = values
    }
  }

  /// A role assignment that has to do with the permission.
  public struct Grant: Codable, Hashable, Sendable {
    /// The assignment.
    public var assignment: String
    /// The role.
    public var role: String
    /// What people call the role.
    public var roleName: String
    /// Who holds it: the subject, or a group of theirs.
    public var holder: Name
    /// What people call the group.
    public var groupName: String?
    /// The resource for which it counts, and for everything in it; missing: for everything in the organization.
    public var scope: Name?
    /// From when on it counts; missing: since it was given.
    public var startsAt: String?
    /// The first moment at which it does not count any more; missing: it ends when somebody takes it.
    public var endsAt: String?
    /// Who gave it, as the audit trail names actors.
    public var grantedBy: String?
    /// When it was given.
    public var grantedAt: String?
    /// Why, in the words of who gave it.
    public var why: String?
    /// The roles by which the permission comes to the role: a parent first, the one that gives it by itself last. Missing when that is the role.
    public var through: [String]?
    /// The conditions that were asked, until one was met; of many the first and the last. Missing where the role gives the permission without, or
    /// does not count anyway.
    public var conditions: [Condition]?
    /// How many more were asked; missing where all are told.
    public var moreConditions: Int?
    /// Why it does not count: `cannot_act`, `role_not_active`, `roles_exclude_each_other`, `condition_not_met`, `conditions_too_costly`,
    /// `other_resource`, `not_yet_valid` or `no_longer_valid`. Missing where it does.
    public var obstacle: String?

    /// All members, in the order of the document.
    public init(
      assignment: String, role: String, roleName: String, holder: Name, groupName: String? = nil, scope: Name? = nil,
      startsAt: String? = nil, endsAt: String? = nil, grantedBy: String? = nil, grantedAt: String? = nil, why: String? = nil,
      through: [String]? = nil, conditions: [Condition]? = nil, moreConditions: Int? = nil, obstacle: String? = nil
    ) {
      self.assignment = assignment
      self.role = role
      self.roleName = roleName
      self.holder = holder
      self.groupName = groupName
      self.scope = scope
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.grantedBy = grantedBy
      self.grantedAt = grantedAt
      self.why = why
      self.through = through
      self.conditions = conditions
      self.moreConditions = moreConditions
      self.obstacle = obstacle
    }

    enum CodingKeys: String, CodingKey {
      case assignment, role, holder, scope, why, through, conditions, obstacle
      case roleName = "role_name"
      case groupName = "group_name"
      case startsAt = "starts_at"
      case endsAt = "ends_at"
      case moreConditions = "more_conditions"
      case grantedBy = "granted_by"
      case grantedAt = "granted_at"
    }
  }

  /// A role that would give what is missing.
  public struct Missing: Codable, Hashable, Sendable {
    /// The role.
    public var role: String
    /// What people call it.
    public var roleName: String
    /// Whether it gives the permission only under a condition.
    public var conditional: Bool
    /// The roles whose holders may give it.
    public var mayBeGivenBy: [String]

    /// A role that is not held.
    public init(role: String, roleName: String, conditional: Bool, mayBeGivenBy: [String]) {
      self.role = role
      self.roleName = roleName
      self.conditional = conditional
      self.mayBeGivenBy = mayBeGivenBy
    }

    enum CodingKeys: String, CodingKey {
      case role, conditional
      case roleName = "role_name"
      case mayBeGivenBy = "may_be_given_by"
    }
  }

  /// The moment for which it was decided.
  public var at: String
  /// What was asked for, written `type:action`; missing when there is no such permission.
  public var permission: String?
  /// What the subject holds that gives the permission at least sometimes: what counts first, then the nearest misses. At most 20.
  public var grants: [Grant]
  /// How many more there are.
  public var moreGrants: Int
  /// For a member who is denied for want of a role: the roles that would give it. At most 20.
  public var missing: [Missing]
  /// How many more there are.
  public var moreMissing: Int
  /// Some people who may give one of them, at most 10.
  public var people: [String]

  /// All members, in the order of the document.
  public init(
    at: String, permission: String? = nil, grants: [Grant], moreGrants: Int = 0, missing: [Missing] = [], moreMissing: Int = 0,
    people: [String] = []
  ) {
    self.at = at
    self.permission = permission
    self.grants = grants
    self.moreGrants = moreGrants
    self.missing = missing
    self.moreMissing = moreMissing
    self.people = people
  }

  enum CodingKeys: String, CodingKey {
    case at, permission, grants, missing, people
    case moreGrants = "more_grants"
    case moreMissing = "more_missing"
  }
}
