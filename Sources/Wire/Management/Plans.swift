extension Management {
  /// What a change would do, without having done it.
  public struct Plan: Codable, Hashable, Sendable {
    /// Names the plan; sent as `plan` with the same request, the change is made if it still does exactly this.
    public var digest: String
    /// Who could do what then, and cannot now.
    public var gains: PlannedRights
    /// Who can do what now, and could not then.
    public var losses: PlannedRights
    /// Open sessions of people whose rights would change, or who would be signed out.
    public var sessions: Int64
    /// Those among them that would end.
    public var endedSessions: Int64
    /// Grants to applications that would end, with their tokens.
    public var endedGrants: Int64
    /// Waiting invitations that would give something else.
    public var invitations: PlannedInvitations
    /// How many people, applications and subjects were looked at.
    public var examined: Int64
    /// Whether these are all whom the change could concern.
    public var complete: Bool

    /// All members, in the order of the document.
    public init(
      digest: String, gains: PlannedRights, losses: PlannedRights, sessions: Int64, endedSessions: Int64, endedGrants: Int64,
      invitations: PlannedInvitations, examined: Int64, complete: Bool
    ) {
      self.digest = digest
      self.gains = gains
      self.losses = losses
      self.sessions = sessions
      self.endedSessions = endedSessions
      self.endedGrants = endedGrants
      self.invitations = invitations
      self.examined = examined
      self.complete = complete
    }

    enum CodingKeys: String, CodingKey {
      case digest, gains, losses, sessions, invitations, examined, complete
      case endedSessions = "ended_sessions"
      case endedGrants = "ended_grants"
    }
  }

  /// Rights that would come or go.
  public struct PlannedRights: Codable, Hashable, Sendable {
    /// How many.
    public var count: Int64
    /// The first thousand.
    public var items: [PlannedRight]

    /// All members, in the order of the document.
    public init(count: Int64, items: [PlannedRight]) {
      self.count = count
      self.items = items
    }
  }

  /// One thing that somebody may do. Exactly one of `account`, `application` and `subject` says who.
  public struct PlannedRight: Codable, Hashable, Sendable {
    /// A person.
    public var account: String?
    /// The `client_id` of an application that acts for itself.
    public var application: String?
    /// A registered subject, by the id Usher gave it.
    public var subject: String?
    /// Where.
    public var organization: String
    /// `type:action`.
    public var permission: String
    /// For this resource alone, and for what lies in it.
    public var scope: PlannedScope?
    /// Where this condition is true.
    public var condition: String?
    /// From when on.
    public var startsAt: String?
    /// The first moment at which no more.
    public var endsAt: String?

    /// All members, in the order of the document.
    public init(
      account: String? = nil, application: String? = nil, subject: String? = nil, organization: String, permission: String,
      scope: PlannedScope? = nil, condition: String? = nil, startsAt: String? = nil, endsAt: String? = nil
    ) {
      self.account = account
      self.application = application
      self.subject = subject
      self.organization = organization
      self.permission = permission
      self.scope = scope
      self.condition = condition
      self.startsAt = startsAt
      self.endsAt = endsAt
    }

    enum CodingKeys: String, CodingKey {
      case account, application, subject, organization, permission, scope, condition
      case startsAt = "starts_at"
      case endsAt = "ends_at"
    }
  }

  /// The resource for which a right counts.
  public struct PlannedScope: Codable, Hashable, Sendable {
    /// Its type.
    public var type: String
    /// Its id.
    public var id: String

    /// All members, in the order of the document.
    public init(type: String, id: String) {
      self.type = type
      self.id = id
    }
  }

  /// Waiting invitations that would give something else.
  public struct PlannedInvitations: Codable, Hashable, Sendable {
    /// How many.
    public var count: Int64
    /// The first thousand.
    public var items: [PlannedInvitation]

    /// All members, in the order of the document.
    public init(count: Int64, items: [PlannedInvitation]) {
      self.count = count
      self.items = items
    }
  }

  /// One waiting invitation that would give something else when it is accepted.
  public struct PlannedInvitation: Codable, Hashable, Sendable {
    /// Its id.
    public var invitation: String
    /// To which organization.
    public var organization: String
    /// Roles that it would give now, and not then.
    public var withheld: [String]
    /// Roles that it would give then, and not now.
    public var restored: [String]
    /// Roles that it gives now and then, and that give something else then.
    public var changed: [String]

    /// All members, in the order of the document.
    public init(invitation: String, organization: String, withheld: [String], restored: [String], changed: [String]) {
      self.invitation = invitation
      self.organization = organization
      self.withheld = withheld
      self.restored = restored
      self.changed = changed
    }
  }
}
