extension Management {
  /// Who holds a role.
  public struct Principal: Codable, Hashable, Sendable {
    /// `user`, `application`, `group`, or the type of a registered subject.
    public var type: String
    /// The id of the account or group, the `client_id` of the application, or the id of the subject.
    public var id: String

    /// All members, in the order of the document.
    public init(type: String, id: String) {
      self.type = type
      self.id = id
    }
  }

  /// How a role comes to somebody.
  public struct RoleOrigin: Codable, Hashable, Sendable {
    /// The assignment it comes by.
    public var assignment: String
    /// The role that was assigned.
    public var assignedRole: String
    /// The roles by which it is inherited: a parent of the assigned role first, the role itself last; empty when it is the assigned one.
    public var through: [String]
    /// The group that holds it, when they hold it by belonging to one.
    public var group: String?
    /// The resource for which it counts, with everything that lies in it; absent when it counts for everything.
    public var scope: ResourceName?
    /// From when on it counts.
    public var startsAt: String?
    /// The first moment at which it does not count any more.
    public var endsAt: String?
    /// Whether it counts at this moment: it has begun, has not ended, and its holder can act here.
    public var inForce: Bool

    /// All members, in the order of the document.
    public init(
      assignment: String, assignedRole: String, through: [String], group: String? = nil, scope: ResourceName? = nil,
      startsAt: String? = nil, endsAt: String? = nil, inForce: Bool
    ) {
      self.assignment = assignment
      self.assignedRole = assignedRole
      self.through = through
      self.group = group
      self.scope = scope
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.inForce = inForce
    }

    enum CodingKeys: String, CodingKey {
      case assignment, through, group, scope
      case assignedRole = "assigned_role"
      case startsAt = "starts_at"
      case endsAt = "ends_at"
      case inForce = "in_force"
    }
  }

  /// A role that somebody has, assigned or inherited.
  public struct HeldRole: Codable, Hashable, Sendable {
    /// The role.
    public var role: String
    /// How it comes to them.
    public var origin: RoleOrigin

    /// All members, in the order of the document.
    public init(role: String, origin: RoleOrigin) {
      self.role = role
      self.origin = origin
    }
  }

  /// Somebody who has a role.
  public struct RoleHolder: Codable, Hashable, Sendable {
    /// Who has it.
    public var holder: Principal
    /// How it comes to them.
    public var origin: RoleOrigin

    /// All members, in the order of the document.
    public init(holder: Principal, origin: RoleOrigin) {
      self.holder = holder
      self.origin = origin
    }
  }

  /// A permission that somebody has.
  public struct HeldPermission: Codable, Hashable, Sendable {
    /// `type:action`.
    public var permission: String
    /// How the role comes to them that gives it by itself.
    public var origin: RoleOrigin
    /// It counts only where this is met, in the Common Expression Language.
    public var condition: String?

    /// All members, in the order of the document.
    public init(permission: String, origin: RoleOrigin, condition: String? = nil) {
      self.permission = permission
      self.origin = origin
      self.condition = condition
    }
  }

  /// A permission that a role gives.
  public struct RolePermission: Codable, Hashable, Sendable {
    /// `type:action`.
    public var permission: String
    /// The roles by which it is inherited: a parent first, the one that gives it by itself last; empty for its own.
    public var through: [String]
    /// It counts only where this is met, in the Common Expression Language.
    public var condition: String?

    /// All members, in the order of the document.
    public init(permission: String, through: [String], condition: String? = nil) {
      self.permission = permission
      self.through = through
      self.condition = condition
    }
  }
}
