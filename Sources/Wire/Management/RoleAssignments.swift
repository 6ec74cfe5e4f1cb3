extension Management {
  /// One role held in one organization by a person, by an application that acts for itself, by a group or by a registered subject.
  public struct RoleAssignment: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Where it is held.
    public var organization: String
    /// The role.
    public var role: String
    /// The person who holds it.
    public var account: String?
    /// The `client_id` of the application that holds it.
    public var application: String?
    /// The group that holds it for everybody who belongs to it.
    public var group: String?
    /// The registered subject that holds it.
    public var subject: SubjectName?
    /// The resource for which it counts, with everything that lies in it; absent when it counts for everything.
    public var scope: ResourceName?
    /// From when on it counts.
    public var startsAt: String?
    /// The first moment at which it does not count any more.
    public var endsAt: String?
    /// Why it is given.
    public var reason: String?
    /// Who gave it, as the audit trail names actors.
    public var grantedBy: String
    /// When it was given.
    public var createdAt: String

    /// All members, in the order of the document.
    public init(
      id: String, organization: String, role: String, account: String? = nil, application: String? = nil, group: String? = nil,
      subject: SubjectName? = nil, scope: ResourceName? = nil, startsAt: String? = nil, endsAt: String? = nil,
      reason: String? = nil, grantedBy: String, createdAt: String
    ) {
      self.id = id
      self.organization = organization
      self.role = role
      self.account = account
      self.application = application
      self.group = group
      self.subject = subject
      self.scope = scope
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.reason = reason
      self.grantedBy = grantedBy
      self.createdAt = createdAt
    }

    enum CodingKeys: String, CodingKey {
      case id, organization, role, account, application, group, subject, scope, reason
      case startsAt = "starts_at"
      case endsAt = "ends_at"
      case grantedBy = "granted_by"
      case createdAt = "created_at"
    }
  }

  /// A role assignment that ended, and how.
  public struct PastRoleAssignment: Codable, Hashable, Sendable {
    /// As it was.
    public var assignment: RoleAssignment
    /// What the group or application that held it was called then.
    public var holderName: String?
    /// When it was taken, or its holder deleted.
    public var endedAt: String
    /// Who did that, as the audit trail names actors.
    public var endedBy: String?

    /// All members, in the order of the document.
    public init(assignment: RoleAssignment, holderName: String? = nil, endedAt: String, endedBy: String? = nil) {
      self.assignment = assignment
      self.holderName = holderName
      self.endedAt = endedAt
      self.endedBy = endedBy
    }

    enum CodingKeys: String, CodingKey {
      case assignment
      case holderName = "holder_name"
      case endedAt = "ended_at"
      case endedBy = "ended_by"
    }
  }

  /// Gives a role. Exactly one of `account`, `application`, `group` and `subject` says to whom.
  public struct NewRoleAssignment: Codable, Hashable, Sendable {
    /// The role; it must be one the caller may grant.
    public var role: String
    /// A member of the organization.
    public var account: String?
    /// The `client_id` of an application of the organization or of the portal.
    public var application: String?
    /// A group of the organization.
    public var group: String?
    /// A registered subject of the organization.
    public var subject: SubjectName?
    /// The resource for which it counts, with everything that lies in it; absent when it counts for everything.
    public var scope: ResourceName?
    /// From when on it counts.
    public var startsAt: String?
    /// The first moment at which it does not count any more.
    public var endsAt: String?
    /// Why it is given.
    public var reason: String?

    /// All members, in the order of the document.
    public init(
      role: String, account: String? = nil, application: String? = nil, group: String? = nil, subject: SubjectName? = nil,
      scope: ResourceName? = nil, startsAt: String? = nil, endsAt: String? = nil, reason: String? = nil
    ) {
      self.role = role
      self.account = account
      self.application = application
      self.group = group
      self.subject = subject
      self.scope = scope
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
      case role, account, application, group, subject, scope, reason
      case startsAt = "starts_at"
      case endsAt = "ends_at"
    }
  }

  /// For what and for how long a role is to count, and why.
  public struct AssignmentTerms: Codable, Hashable, Sendable {
    /// The resource for which it counts, with everything that lies in it; absent when it counts for everything.
    public var scope: ResourceName?
    /// From when on it counts.
    public var startsAt: String?
    /// The first moment at which it does not count any more.
    public var endsAt: String?
    /// Why it is given.
    public var reason: String?

    /// All members, in the order of the document.
    public init(scope: ResourceName? = nil, startsAt: String? = nil, endsAt: String? = nil, reason: String? = nil) {
      self.scope = scope
      self.startsAt = startsAt
      self.endsAt = endsAt
      self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
      case scope, reason
      case startsAt = "starts_at"
      case endsAt = "ends_at"
    }
  }
}
