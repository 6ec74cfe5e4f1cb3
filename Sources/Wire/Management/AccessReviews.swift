extension Management {
  /// A review of who holds what in an organization, and how far it is.
  public struct AccessReview: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Whose assignments it is about.
    public var organization: String
    /// What it is called.
    public var name: String
    /// Who opened it, as the audit trail names actors.
    public var openedBy: String
    /// When it was opened; it is about what was held then.
    public var openedAt: String
    /// Who closed it; absent while it is open.
    public var closedBy: String?
    /// When it was closed.
    public var closedAt: String?
    /// How many assignments it is about.
    public var items: Int
    /// Of how many it was decided that they stay.
    public var kept: Int
    /// Of how many it was decided that they go.
    public var removed: Int
    /// How many are held and wait for a decision.
    public var open: Int
    /// Grows with every change of the review itself.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      id: String, organization: String, name: String, openedBy: String, openedAt: String, closedBy: String? = nil,
      closedAt: String? = nil, items: Int, kept: Int, removed: Int, open: Int, version: Int64
    ) {
      self.id = id
      self.organization = organization
      self.name = name
      self.openedBy = openedBy
      self.openedAt = openedAt
      self.closedBy = closedBy
      self.closedAt = closedAt
      self.items = items
      self.kept = kept
      self.removed = removed
      self.open = open
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, organization, name, items, kept, removed, open, version
      case openedBy = "opened_by"
      case openedAt = "opened_at"
      case closedBy = "closed_by"
      case closedAt = "closed_at"
    }
  }

  /// Opens a review.
  public struct NewAccessReview: Codable, Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Only assignments of these roles; all when absent.
    public var roles: [String]?
    /// Only what was given before this moment and not used since.
    public var unusedSince: String?

    /// All members, in the order of the document.
    public init(name: String, roles: [String]? = nil, unusedSince: String? = nil) {
      self.name = name
      self.roles = roles
      self.unusedSince = unusedSince
    }

    enum CodingKeys: String, CodingKey {
      case name, roles
      case unusedSince = "unused_since"
    }
  }

  /// An assignment as it was when a review was opened, and what was decided about it.
  public struct ReviewedAssignment: Codable, Hashable, Sendable {
    /// As it was.
    public var assignment: RoleAssignment
    /// When it was last used before, to the hour; absent when nobody knows of any use.
    public var lastUsedAt: String?
    /// Whether it is still held.
    public var isHeld: Bool
    /// `keep` or `remove`; absent before there is a decision.
    public var verdict: String?
    /// Why, in the words of who decided.
    public var reason: String?
    /// Who decided, as the audit trail names actors.
    public var decidedBy: String?
    /// When.
    public var decidedAt: String?

    /// All members, in the order of the document.
    public init(
      assignment: RoleAssignment, lastUsedAt: String? = nil, isHeld: Bool, verdict: String? = nil, reason: String? = nil,
      decidedBy: String? = nil, decidedAt: String? = nil
    ) {
      self.assignment = assignment
      self.lastUsedAt = lastUsedAt
      self.isHeld = isHeld
      self.verdict = verdict
      self.reason = reason
      self.decidedBy = decidedBy
      self.decidedAt = decidedAt
    }

    enum CodingKeys: String, CodingKey {
      case assignment, verdict, reason
      case lastUsedAt = "last_used_at"
      case isHeld = "is_held"
      case decidedBy = "decided_by"
      case decidedAt = "decided_at"
    }
  }

  /// Decides about assignments under review: all of it, or nothing.
  public struct AccessReviewDecisions: Codable, Hashable, Sendable {
    /// What becomes of one assignment.
    public struct Decision: Codable, Hashable, Sendable {
      /// The assignment.
      public var assignment: String
      /// `keep` or `remove`.
      public var verdict: String
      /// Why.
      public var reason: String?

      /// All members, in the order of the document.
      public init(assignment: String, verdict: String, reason: String? = nil) {
        self.assignment = assignment
        self.verdict = verdict
        self.reason = reason
      }
    }

    /// The decisions.
    public var decisions: [Decision]

    /// The only member.
    public init(decisions: [Decision]) {
      self.decisions = decisions
    }
  }

  /// An assignment that nobody used for a while.
  public struct UnusedAssignment: Codable, Hashable, Sendable {
    /// What is held.
    public var assignment: RoleAssignment
    /// When it was last used, to the hour; absent when nobody knows of any use.
    public var lastUsedAt: String?

    /// All members, in the order of the document.
    public init(assignment: RoleAssignment, lastUsedAt: String? = nil) {
      self.assignment = assignment
      self.lastUsedAt = lastUsedAt
    }

    enum CodingKeys: String, CodingKey {
      case assignment
      case lastUsedAt = "last_used_at"
    }
  }
}
